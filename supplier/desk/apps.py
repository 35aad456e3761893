from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "supplier.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        from .groups import make_groups

        post_migrate.connect(make_groups, sender=self, dispatch_uid="desk.make_groups")
