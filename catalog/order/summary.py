"""What an order holds and what it comes to, in words: for its page and its letters."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.templatetags.currency_filters import currency

from . import address_formats
from .models import Order


@dataclass(frozen=True)
class Row:
    """A line of the sum; `value` is formatted."""

    name: str
    value: str
    is_total: bool = False


def things(number: int) -> str:
    return ngettext("%(n)d thing", "%(n)d things", number) % {"n": number}


def delivery_price(amount: Decimal, money: str) -> str:
    return str(currency(amount, money)) if amount else _("Free")


@dataclass(frozen=True)
class Item:
    """A thing ordered; `sum` is formatted, `amount` is not. `image` is a row for the photo tag, or None."""

    name: str
    quantity: int
    sum: str
    amount: Decimal
    url: str
    image: Any


def items(order: Order) -> list[Item]:
    lines = order.lines.select_related("product__parent").prefetch_related("product__images", "product__parent__images")
    return [_item(line, order) for line in lines.order_by("pk")]


def _item(line: Any, order: Order) -> Item:
    product = line.product
    return Item(
        name=line.title,
        quantity=line.quantity,
        sum=currency(line.line_price_incl_tax, order.currency),
        amount=line.line_price_incl_tax,
        url=product.get_absolute_url() if product and product.is_public else "",
        image=product.photograph if product else None,
    )


def sums(order: Order) -> list[Row]:
    goods = order.total_incl_tax - order.shipping_incl_tax
    rows = [Row(_("Goods"), currency(goods, order.currency)), _delivery(order)]
    return [*rows, Row(_total_name(order), currency(order.total_incl_tax, order.currency), is_total=True)]


def _delivery(order: Order) -> Row:
    name = _("Delivery, %(method)s") % {"method": order.shipping_method} if order.shipping_method else _("Delivery")
    return Row(name, delivery_price(order.shipping_incl_tax, order.currency))


def _total_name(order: Order) -> str:
    tax = order.total_incl_tax - order.total_excl_tax
    if not tax:
        return _("Total, without UK VAT")
    return _("Total, with %(tax)s VAT") % {"tax": currency(tax, order.currency)}


def address_lines(order: Order) -> list[str]:
    return address_formats.address_lines(order.shipping_address)


def payment_words(order: Order) -> str:
    """Such as "Paid by card 4242", once it is paid."""
    source = order.sources.order_by("pk").last()
    return _("Paid by %(method)s") % {"method": source.label} if source and source.label else ""
