"""Two letters about things that were sold out: one asks for a yes, one says that it is back."""

from __future__ import annotations

from django.urls import reverse

from catalog.catalogue.models import Product
from catalog.customer.models import AlertLink, ProductAlert
from supplier.accounts.letters import absolute_url, make_letter


def send_confirmation(alert: ProductAlert) -> None:
    """To an address that anybody may have typed: it says nothing about who typed it."""
    context = {
        "title": alert.product.get_title(),
        "is_waiting": alert.is_active,
        "alert_url": absolute_url(reverse("alerts:page", args=[AlertLink.objects.issue(alert=alert)])),
    }
    letter = make_letter("stock-alert-confirm", to=[alert.email], context=context)
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    letter.send()


def send_back_again(alert: ProductAlert, *, product: Product, email: str) -> None:
    context = {
        "title": product.get_title(),
        "name": alert.user.get_full_name() if alert.user else "",
        "product_url": absolute_url(product.page_url),
    }
    make_letter("stock-alert-back", to=[email], context=context).send()
