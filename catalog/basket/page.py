"""The data of the basket page: for the page itself and for a form that came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.apps.checkout.calculators import OrderTotalCalculator
from oscar.templatetags.currency_filters import currency

from catalog.checkout.state import CheckoutState
from catalog.order.summary import Row
from catalog.partner.availability import state_of
from catalog.shipping.methods import goods_with_vat
from catalog.shipping.repository import Repository

from .requests import ShopRequest


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


def context_of(request: ShopRequest, *, problems: Mapping[int, Problem] | None = None) -> dict[str, Any]:
    basket = request.basket
    lines = [_line(line, (problems or {}).get(line.pk)) for line in basket.all_lines()]
    if not lines:
        return {"lines": [], "is_empty": True}
    methods = Repository().get_shipping_methods(basket, shipping_addr=_address(request), user=request.user)
    method = methods[0] if methods else None
    return {
        "lines": lines,
        "is_empty": False,
        "rows": _rows(basket, method),
        "delivery_hint": _delivery_hint(basket, method),
        "vat_note": _vat_note(basket),
        "vouchers": list(basket.vouchers.all()),
        "can_check_out": not any(line.warning for line in lines),
    }


def _address(request: ShopRequest) -> Any:
    """Where the basket goes, once that was told at the checkout; else home."""
    state = CheckoutState(request)
    return state.address() if state.address_data else None


def _line(line: Any, problem: Problem | None) -> BasketLine:
    product, info = line.product, line.purchase_info
    exists = info.price.exists
    availability = info.availability
    return BasketLine(
        pk=line.pk,
        title=product.get_title(),
        url=_url(product),
        image=_image(product),
        quantity=line.quantity,
        typed=problem.typed if problem else str(line.quantity),
        each=currency(_shown(info.price, 1), info.price.currency) if exists else "",
        sum=currency(_shown(info.price, line.quantity), info.price.currency) if exists else "",
        availability="" if state_of(availability) == "in" else str(availability.short_message),
        stock_state=state_of(availability),
        note=_price_change(line),
        warning=_warning(line),
        problem=problem.text if problem else "",
    )


def _shown(price: Any, quantity: int) -> Decimal:
    return Decimal(price.line(quantity).gross)


def _url(product: Any) -> str:
    if product.parent_id:
        return f"{product.parent.get_absolute_url()}?variant={product.upc}"
    return str(product.get_absolute_url())


def _image(product: Any) -> Any:
    for owner in (product, product.parent):
        images = list(owner.images.all()) if owner else []
        if images:
            return images[0]
    return None


def _warning(line: Any) -> str:
    """What keeps the line from being ordered as it is."""
    product = line.product
    if not (product.is_public and (not product.parent_id or product.parent.is_public)):
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


def _rows(basket: Any, method: Any) -> list[Row]:
    money = basket.currency
    goods = ngettext("%(n)d thing", "%(n)d things", basket.num_items) % {"n": basket.num_items}
    rows = [Row(goods, currency(basket.total_incl_tax_excl_discounts, money))]
    for found in (*basket.offer_discounts, *basket.voucher_discounts):
        rows.append(Row(str(found["name"]), f"−{currency(found['discount'], money)}"))
    if method is None:
        return [*rows, Row(_("Without delivery"), currency(basket.total_incl_tax, money), is_total=True)]
    charge = method.calculate(basket)
    price = currency(charge.incl_tax, money) if charge.incl_tax else _("Free")
    rows.append(Row(_("Delivery, %(method)s") % {"method": method.name}, price))
    total = OrderTotalCalculator().calculate(basket, charge)
    name = _("To pay, with VAT") if total.tax else _("To pay, without UK VAT")
    return [*rows, Row(name, currency(total.incl_tax, money), is_total=True)]


def _delivery_hint(basket: Any, method: Any) -> str:
    """How much is missing until delivery is free; nothing where it never is, or is already."""
    free_from = getattr(getattr(method, "row", None), "free_from", None)
    missing = free_from - goods_with_vat(basket) if free_from is not None else Decimal(0)
    if missing <= 0:
        return ""
    return _("Add %(sum)s more and delivery is free.") % {"sum": currency(missing, basket.currency)}


def _vat_note(basket: Any) -> str:
    if getattr(basket.strategy, "charges_vat", True):
        return _("Of which VAT on the goods %(sum)s.") % {"sum": currency(basket.total_tax, basket.currency)}
    return _("Without UK VAT, because the goods leave the UK: the carrier collects import VAT on delivery.")
