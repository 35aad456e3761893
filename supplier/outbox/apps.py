from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "supplier.outbox"
    label = "outbox"
    verbose_name = "Outbox"
