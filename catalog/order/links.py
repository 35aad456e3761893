"""Guest links of an order: each is a row with the hash of its token."""

from typing import TYPE_CHECKING

from django.urls import reverse

from .models import Order, OrderLink

if TYPE_CHECKING:
    from catalog.payment.models import PaymentAttempt


def new_order_path(order: Order) -> str:
    """A fresh link, for a letter or a redirect; it can't be read again later."""
    return reverse("order:page", kwargs={"token": OrderLink.objects.issue(order=order)})


def order_path(attempt: "PaymentAttempt") -> str:
    """The link that Stripe leads back to: the same for the same attempt, for a repeated request must be the same."""
    return _derived_path(attempt.order, salt="catalog.order.links", secret=str(attempt.key))


def account_order_path(order: Order) -> str:
    """The link that a signed-in customer's account leads to: one for each order, however often it is looked at."""
    return _derived_path(order, salt="catalog.order.links.account", secret=str(order.pk))


def _derived_path(order: Order, *, salt: str, secret: str) -> str:
    return reverse("order:page", kwargs={"token": OrderLink.objects.derive(salt=salt, secret=secret, order=order)})
