"""The data of the basket page: for the page itself and for a form that came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from oscar.core.prices import Price
from oscar.templatetags.currency_filters import currency

from catalog.checkout import summary
from catalog.order.summary import Row, things

from .context_processors import may_have_basket
from .estimate import Estimate, estimate_of
from .lines import Problem, line_of
from .requests import ShopRequest
from .saved import may_have_saved, saved_lines
from .shared import share_url
from .vouchers import in_use


def context_of(
    request: ShopRequest, *, problems: Mapping[int, Problem] | None = None, voucher: Problem | None = None
) -> dict[str, Any]:
    """Nothing is asked of the database for a visitor who can have neither basket nor saved things."""
    basket = request.basket if may_have_basket(request) else None
    saved = [line_of(line) for line in saved_lines(request)] if may_have_saved(request) else []
    lines = [line_of(line, (problems or {}).get(line.pk)) for line in (basket.all_lines() if basket else [])]
    if not basket or not lines:
        return {"lines": [], "is_empty": True, "saved": saved}
    estimate = estimate_of(request)
    total = total_of(basket, estimate)
    return {
        "lines": lines,
        "is_empty": False,
        "saved": saved,
        "rows": _rows(basket, estimate.method, total),
        "said_total": _("To pay: %(sum)s.") % {"sum": currency(total.incl_tax, basket.currency)},
        "vat_note": _vat_note(basket, total.tax),
        "estimate": estimate,
        "vouchers": in_use(basket, user=request.user),
        "voucher": voucher,
        "share_url": share_url(basket),
        "can_check_out": not any(line.warning for line in lines),
    }


def total_of(basket: Any, estimate: Estimate) -> Any:
    """With the estimated delivery; of the goods alone where there is none."""
    if estimate.method is None:
        goods, tax = basket.total_incl_tax, basket.total_tax
        return Price(currency=basket.currency, excl_tax=goods - tax, incl_tax=goods)
    return summary.total_of(basket, estimate.method)


def _rows(basket: Any, method: Any, total: Any) -> list[Row]:
    money = basket.currency
    goods = Row(things(basket.num_items), currency(basket.total_incl_tax_excl_discounts, money))
    rows = [goods, *summary.discount_rows(basket)]
    if method is None:
        return [*rows, Row(_("Without delivery"), currency(total.incl_tax, money), is_total=True)]
    return [*rows, *summary.closing_rows(method, total, basket=basket)]


def _vat_note(basket: Any, tax: Any) -> str:
    if getattr(basket.strategy, "charges_vat", True):
        return _("Of which VAT %(sum)s.") % {"sum": currency(tax, basket.currency)}
    return _("Without UK VAT, because the goods leave the UK: the carrier collects import VAT on delivery.")
