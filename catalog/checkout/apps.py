from typing import Any

from django.urls import path
from oscar.core.application import OscarConfig


class CheckoutConfig(OscarConfig):
    """Our own three pages; Oscar takes payment before the order exists, we never do."""

    label = "checkout"
    name = "catalog.checkout"
    verbose_name = "Checkout"
    namespace = "checkout"

    def get_urls(self) -> list[Any]:
        from . import views

        return list(
            self.post_process_urls(
                [
                    path("", views.address, name="index"),
                    path("delivery/", views.delivery, name="delivery"),
                    path("pay/", views.pay, name="pay"),
                    path("return/", views.payment_return, name="return"),
                ]
            )
        )
