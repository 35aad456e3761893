from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "supplier.demo"
    label = "demo"
    verbose_name = "Demo"
