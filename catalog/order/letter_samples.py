"""Letters about an order, with an order made up: for the staff's preview."""

from decimal import Decimal
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supplier.accounts.letters import Sample, absolute_url, make_letter

from .models import Order, Shipment
from .summary import Item, Row

BUYER = "rosa@clinic.example"


def paid() -> EmailMultiAlternatives:
    return make_letter("order-paid", to=[BUYER], context=_context())


def paid_abroad() -> EmailMultiAlternatives:
    address = ["Rosa Whitlock", "Lindenstraße 8", "10969 Berlin", "Germany"]
    sums = [
        Row(_("Goods"), "£80.00"),
        Row(_("Delivery, Europe"), "£14.50"),
        Row(_("Total, without UK VAT"), "£94.50", True),
    ]
    return make_letter(
        "order-paid", to=[BUYER], context=_context(address_lines=address, sums=sums, is_export=True, name="")
    )


def payment_failed() -> EmailMultiAlternatives:
    return make_letter("order-payment-failed", to=[BUYER], context=_context(payment_words=""))


def shipped() -> EmailMultiAlternatives:
    shipment = Shipment(carrier="Royal Mail", tracking_number="AB 1234 5678 9GB")
    return make_letter("order-shipped", to=[BUYER], context=_context(shipment=shipment))


def _context(**changes: Any) -> dict[str, Any]:
    """What letters.py hands to the same templates."""
    context = {
        "order": Order(number="100042", currency="GBP"),
        "name": "Rosa Whitlock",
        "items": [
            Item(_("Deep Hand Massage Roller, beech and steel"), 1, "£34.00", Decimal(34), "", None),
            Item(_("Cork Palm Kneading Ball, 80 mm"), 2, "£31.00", Decimal(31), "", None),
            Item(_("Lavender Hand Oil, 100 ml"), 1, "£31.00", Decimal(31), "", None),
        ],
        "sums": [
            Row(_("Goods"), "£96.00"),
            Row(_("Delivery, Tracked 48"), _("Free")),
            Row(_("Total, with £16.00 VAT"), "£96.00", is_total=True),
        ],
        "payment_words": _("Paid by card 4242"),
        "address_lines": ["Rosa Whitlock", "Harbour Clinic", "12 Quay Street", "Bristol", "BS1 4DJ", "United Kingdom"],
        "is_export": False,
        "order_url": absolute_url("/o/a-link-that-only-the-buyer-gets/"),
    }
    return context | changes


SAMPLES = (
    Sample("order-paid", gettext_lazy("Order paid"), paid),
    Sample("order-paid.abroad", gettext_lazy("Order paid, to leave the country"), paid_abroad),
    Sample("order-payment-failed", gettext_lazy("Payment failed"), payment_failed),
    Sample("order-shipped", gettext_lazy("Order shipped"), shipped),
)
