from typing import Any

from django.urls import include, path, re_path
from oscar.apps.catalogue.apps import CatalogueConfig as BaseCatalogueConfig


class CatalogueConfig(BaseCatalogueConfig):
    """Mounted at the root of the site: /products/, /categories/, /techniques/."""

    name = "catalog.catalogue"

    def ready(self) -> None:
        super().ready()
        # Models are ready only now.
        from .search_changes import connect

        connect()

    def get_urls(self) -> list[Any]:
        from catalog.offer import views as offers

        from . import feeds, views

        urls = [
            path("products/", views.index, name="index"),
            re_path(r"^products/(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$", views.product, name="detail"),
            path("products/", include(_review_urls())),
            re_path(r"^categories/(?P<category_slug>[\w-]+(/[\w-]+)*)_(?P<pk>\d+)/$", views.category, name="category"),
            path("techniques/", views.techniques, name="techniques"),
            path("techniques/<slug:slug>/", views.technique, name="technique"),
            path("feeds/google-merchant.xml", feeds.google_merchant, name="merchant-feed"),
            re_path(r"^ranges/(?P<slug>[\w-]+)/$", offers.collection, name="range"),
        ]
        return list(self.post_process_urls(urls))


def _review_urls() -> list[Any]:
    """Oscar's pages let anybody write; ours are for buyers."""
    from catalog.customer.reviews import views

    product = r"^(?P<product_slug>[\w-]*)_(?P<product_pk>\d{1,18})/reviews/"
    return [
        re_path(f"{product}$", views.index, name="reviews-list"),
        re_path(f"{product}write/$", views.write, name="reviews-write"),
        re_path(f"{product}withdrawal/$", views.withdrawal, name="reviews-withdraw"),
    ]
