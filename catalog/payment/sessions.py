"""What we ask of Stripe for an attempt. It follows from rows that do not change: asking again asks the same."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.order.links import order_path
from supplier.accounts.letters import absolute_url

from .models import PaymentAttempt, to_pence

LINES_AT_MOST = 99
NAME_LENGTH = 250


def session_params(attempt: PaymentAttempt) -> dict[str, Any]:
    order = attempt.order
    metadata = {"attempt": str(attempt.key), "order": order.number}
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": order.number,
        "customer_email": order.email,
        "line_items": _line_items(attempt),
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": _("Order %(number)s") % {"number": order.number}},
        "success_url": absolute_url(reverse("checkout:return")) + "?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": absolute_url(order_path(attempt)),
        "expires_at": int(attempt.expires_at.timestamp()),
    }


def _line_items(attempt: PaymentAttempt) -> list[dict[str, Any]]:
    """The order's lines when they add up to its total; else one line. Never another sum than the order's."""
    order = attempt.order
    items = [_item(attempt, _name(line), line.line_price_incl_tax) for line in order.lines.order_by("pk")]
    if order.shipping_incl_tax:
        items.append(_item(attempt, order.shipping_method or _("Delivery"), order.shipping_incl_tax))
    total = sum(item["price_data"]["unit_amount"] for item in items)
    if total == attempt.pence and len(items) <= LINES_AT_MOST:
        return items
    return [_item(attempt, _("Order %(number)s") % {"number": order.number}, attempt.amount)]


def _name(line: Any) -> str:
    return f"{line.quantity} × {line.title}" if line.quantity > 1 else str(line.title)


def _item(attempt: PaymentAttempt, name: str, amount: Decimal) -> dict[str, Any]:
    """A whole line as one piece: its total need not divide by the quantity."""
    price = {
        "currency": attempt.currency.lower(),
        "unit_amount": to_pence(amount),
        "product_data": {"name": name[:NAME_LENGTH]},
    }
    return {"price_data": price, "quantity": 1}
