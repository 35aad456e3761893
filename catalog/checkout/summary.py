"""What is in the basket and what it comes to, for the pages of the checkout."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.checkout.calculators import OrderTotalCalculator
from oscar.templatetags.currency_filters import currency

from catalog.order.summary import Row, delivery_price, things
from catalog.shipping.dates import delivery_window, in_words


@dataclass(frozen=True)
class Offer:
    """A delivery method; its price for this basket and the sum with it, formatted; `when`: on which days it comes."""

    code: str
    name: str
    price: str
    total: str
    note: str
    when: str


def rows(basket: Any, method: Any = None) -> list[Row]:
    """Lines, discounts, delivery if it is chosen, and the sum."""
    money = basket.currency
    shown = [Row(_name(line), currency(line.line_price_incl_tax, money)) for line in basket.all_lines()]
    shown += discount_rows(basket)
    if method is None:
        name = _("Goods, with VAT") if basket.total_tax else _("Goods, without UK VAT")
        return [*shown, Row(name, currency(basket.total_incl_tax, money), is_total=True)]
    return [*shown, *closing_rows(method, total_of(basket, method), basket=basket)]


def discount_rows(basket: Any) -> list[Row]:
    found = (*basket.offer_discounts, *basket.voucher_discounts)
    return [Row(str(one["name"]), f"−{currency(one['discount'], basket.currency)}") for one in found]


def closing_rows(method: Any, total: Any, *, basket: Any) -> list[Row]:
    """Delivery, and what is to pay with it."""
    charge = method.calculate(basket)
    name = _("To pay, with VAT") if total.tax else _("To pay, without UK VAT")
    return [
        Row(_("Delivery, %(method)s") % {"method": method.name}, delivery_price(charge.incl_tax, basket.currency)),
        Row(name, currency(total.incl_tax, basket.currency), is_total=True),
    ]


def short_sum(basket: Any) -> str:
    """All of it in one line: "3 things, £41.80"."""
    words = {"things": things(basket.num_items), "sum": currency(basket.total_incl_tax, basket.currency)}
    return _("%(things)s, %(sum)s") % words


def total_of(basket: Any, method: Any) -> Any:
    return OrderTotalCalculator().calculate(basket, method.calculate(basket))


def offers(basket: Any, methods: list[Any]) -> list[Offer]:
    return [_offer(basket, method) for method in methods]


def _offer(basket: Any, method: Any) -> Offer:
    charge = method.calculate(basket)
    price = delivery_price(charge.incl_tax, basket.currency)
    total = currency(OrderTotalCalculator().calculate(basket, charge).incl_tax, basket.currency)
    when = window_of(method, now=timezone.now())
    return Offer(method.code, str(method.name), price, total, str(method.description), when)


def row_of(method: Any) -> Any:
    """Our row behind a method, also where an offer makes it cheaper; None for one of another kind."""
    return getattr(getattr(method, "method", method), "row", None)


def window_of(method: Any, *, now: datetime) -> str:
    """The days on which it comes if it is ordered now: "Thursday 26 to Friday 27 November"."""
    row = row_of(method)
    return in_words(*delivery_window(row, ordered_at=now)) if row else ""


def _name(line: Any) -> str:
    title = line.product.get_title()
    return f"{line.quantity} × {title}" if line.quantity > 1 else title
