from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PageCacheConfig(AppConfig):
    name = "supplier.pagecache"
    label = "pagecache"
    verbose_name = "Page cache"

    def ready(self) -> None:
        from .triggers import install_triggers

        post_migrate.connect(install_triggers, sender=self, dispatch_uid="pagecache.install_triggers")
