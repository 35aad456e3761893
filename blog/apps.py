from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    label = "blog"
    verbose_name = _("Journal")

    def ready(self) -> None:
        # Models are ready only now.
        from catalog.texts import links  # noqa: PLC0415

        from .addresses import article_addresses  # noqa: PLC0415

        links.register("article", article_addresses)
