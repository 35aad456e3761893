from typing import Any

from django.contrib.auth.decorators import login_required
from django.urls import path
from oscar.apps.basket.apps import BasketConfig as BaseBasketConfig


class BasketConfig(BaseBasketConfig):
    name = "catalog.basket"

    def ready(self) -> None:
        from oscar.apps.basket import views as oscar_views

        self.add_voucher_view = oscar_views.VoucherAddView
        self.remove_voucher_view = oscar_views.VoucherRemoveView
        self.saved_view = oscar_views.SavedView

    def get_urls(self) -> list[Any]:
        from . import views

        urls = [
            path("", views.summary, name="summary"),
            path("add/<int:pk>/", views.add, name="add"),
            path("lines/<int:pk>/", views.change, name="change"),
            path("lines/<int:pk>/removal/", views.remove, name="remove"),
            path("vouchers/add/", self.add_voucher_view.as_view(), name="vouchers-add"),
            path("vouchers/<int:pk>/remove/", self.remove_voucher_view.as_view(), name="vouchers-remove"),
            path("saved/", login_required(self.saved_view.as_view()), name="saved"),
        ]
        return list(self.post_process_urls(urls))
