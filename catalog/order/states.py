"""The states of an order and the words that people read for them."""

from django.utils.translation import gettext_lazy as _

AWAITING_PAYMENT = "awaiting-payment"
PAID = "paid"
PACKED = "packed"
SHIPPED = "shipped"
DELIVERED = "delivered"
CANCELLED = "cancelled"
EXPIRED = "expired"

WORDS = {
    AWAITING_PAYMENT: _("Not paid yet"),
    PAID: _("Paid"),
    PACKED: _("Packed"),
    SHIPPED: _("Shipped"),
    DELIVERED: _("Delivered"),
    CANCELLED: _("Cancelled"),
    EXPIRED: _("Not paid in time"),
}

#: Steps on an order's way, in order; the others are ends.
WAY = (AWAITING_PAYMENT, PAID, PACKED, SHIPPED, DELIVERED)


def word(state: str) -> str:
    return str(WORDS.get(state, state))
