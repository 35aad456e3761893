from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "supplier.look"
    label = "look"
    verbose_name = "Look"
