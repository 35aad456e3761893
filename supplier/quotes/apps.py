from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "supplier.quotes"
    label = "quotes"
    verbose_name = "Quotes"
