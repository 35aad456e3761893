from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    label = "blog"
    verbose_name = _("Journal")

    def ready(self) -> None:
        # Models are ready only now.
        from catalog.texts import links

        from . import search_entries
        from .addresses import article_addresses

        search_entries.connect()
        links.register("article", resolver=article_addresses)
