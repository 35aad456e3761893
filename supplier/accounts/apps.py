from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "supplier.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        post_migrate.connect(name_the_site, dispatch_uid="accounts.name_the_site")


def name_the_site(*, app_config: AppConfig, **kwargs: Any) -> None:
    """The sites row says what SITE_URL says."""
    if app_config.label != "sites":
        return
    from django.conf import settings
    from django.contrib.sites.models import Site

    domain = settings.SITE_URL.split("//", 1)[1]
    Site.objects.update_or_create(pk=settings.SITE_ID, defaults={"domain": domain, "name": settings.COMPANY["brand"]})
