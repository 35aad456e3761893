"""Letters about an order: the confirmation, once the money is there, and a word when a promised payment failed."""

from typing import Any

from supplier.accounts.letters import absolute_url, make_letter

from . import summary
from .links import new_order_path
from .models import Order, Shipment


def send_confirmation(order: Order) -> None:
    make_letter("order-paid", to=[order.email], context=_context(order)).send()


def send_payment_failed(order: Order) -> None:
    make_letter("order-payment-failed", to=[order.email], context=_context(order)).send()


def _context(order: Order) -> dict[str, Any]:
    return {
        "order": order,
        "name": order.shipping_address.name if order.shipping_address else "",
        "items": summary.items(order),
        "sums": summary.sums(order),
        "payment_words": summary.payment_words(order),
        "address_lines": summary.address_lines(order),
        "is_export": bool(order.shipping_address) and order.shipping_address.country_id != "GB",
        "order_url": absolute_url(new_order_path(order)),
    }


def send_shipped(order: Order, shipment: Shipment) -> None:
    make_letter("order-shipped", to=[order.email], context={**_context(order), "shipment": shipment}).send()
