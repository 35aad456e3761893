from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "supplier.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # Models are ready only now.
        from catalog.texts import links

        from . import search_entries
        from .addresses import page_addresses

        search_entries.connect()
        links.register("page", resolver=page_addresses)
