from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "supplier.desk"
    label = "desk"
    verbose_name = "Desk"
