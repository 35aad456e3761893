from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TextsConfig(AppConfig):
    name = "catalog.texts"
    label = "texts"
    verbose_name = _("Texts")

    def ready(self) -> None:
        # Models are ready only now.
        from . import links, shop_links

        links.register("category", "technique", resolver=shop_links.category_addresses)
