from typing import Any

from django.urls import path
from oscar.apps.basket.apps import BasketConfig as BaseBasketConfig


class BasketConfig(BaseBasketConfig):
    name = "catalog.basket"

    def ready(self) -> None:
        """Oscar's own views are not used."""

    def get_urls(self) -> list[Any]:
        from . import saved_views, shared_views, views, voucher_views

        urls = [
            path("", views.summary, name="summary"),
            path("add/<int:pk>/", views.add, name="add"),
            path("lines/<int:pk>/", views.change, name="change"),
            path("lines/<int:pk>/removal/", views.remove, name="remove"),
            path("lines/<int:pk>/saving/", saved_views.save, name="save"),
            path("undo/", views.undo, name="undo"),
            path("saved/<int:pk>/", saved_views.take, name="take"),
            path("saved/<int:pk>/removal/", saved_views.drop, name="drop"),
            path("shared/", shared_views.shared, name="shared"),
            path("vouchers/add/", voucher_views.add, name="vouchers-add"),
            path("vouchers/<int:pk>/remove/", voucher_views.remove, name="vouchers-remove"),
        ]
        return list(self.post_process_urls(urls))
