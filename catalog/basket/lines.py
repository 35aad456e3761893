"""A line of the open or the saved basket as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from oscar.templatetags.currency_filters import currency

from catalog.partner.availability import state_of


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with a line's form, and what was typed."""

    text: str
    typed: str


@dataclass(frozen=True, slots=True)
class BasketLine:
    """`sum` and `each` are formatted; `warning` keeps it from being ordered; `typed` stands in the form."""

    pk: int
    title: str
    url: str
    image: Any
    quantity: int
    typed: str
    each: str
    sum: str
    availability: str
    stock_state: str
    note: str
    warning: str
    problem: str

    @property
    def said(self) -> str:
        """Read out by a screen reader once its number has changed."""
        return _("%(title)s: %(n)d, %(sum)s.") % {"title": self.title, "n": self.quantity, "sum": self.sum}


def line_of(line: Any, problem: Problem | None = None) -> BasketLine:
    product, info = line.product, line.purchase_info
    exists = info.price.exists
    availability = info.availability
    return BasketLine(
        pk=line.pk,
        title=product.get_title(),
        url=product.page_url,
        image=product.photograph,
        quantity=line.quantity,
        typed=problem.typed if problem else str(line.quantity),
        each=formatted(info.price, 1) if exists else "",
        sum=formatted(info.price, line.quantity) if exists else "",
        availability="" if state_of(availability) == "in" else str(availability.short_message),
        stock_state=state_of(availability),
        note=_price_change(line),
        warning=_warning(line),
        problem=problem.text if problem else "",
    )


def formatted(price: Any, quantity: int) -> str:
    """What so many cost, as money."""
    return str(currency(Decimal(price.line(quantity).gross), price.currency))


def _warning(line: Any) -> str:
    """What keeps the line from being ordered as it is."""
    if not line.product.is_in_shop:
        return _("It is no longer in the shop. Take it out to go on.")
    permitted, reason = line.purchase_info.availability.is_purchase_permitted(line.quantity)
    if permitted:
        return ""
    return _("%(reason)s Or take it out to go on.") % {"reason": reason}


def _price_change(line: Any) -> str:
    """Told once, beside the line, when staff changed the price since it was put into the basket."""
    price = line.purchase_info.price
    if not price.exists or not getattr(price, "charges_vat", True) or line.price_incl_tax in (None, price.incl_tax):
        return ""
    return _("It costs %(now)s now; it was %(before)s when you put it here.") % {
        "now": currency(price.incl_tax, price.currency),
        "before": currency(line.price_incl_tax, line.price_currency),
    }
