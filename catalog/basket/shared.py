"""A basket as a link: /basket/shared/?add=SH-DHM-01:2,SH-OIL-01-100:1. It names things, neither prices nor a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.templatetags.currency_filters import currency

from catalog.catalogue.models import Product
from supplier.accounts.text import single_line

from .lines import formatted
from .room import MOST

#: So that a link stays one that can be sent, and its page one that can be read.
MOST_LINES, LONGEST_SKU = 100, 255


@dataclass(frozen=True, slots=True)
class SharedLine:
    """`sum` and `each` are formatted, `amount` is not.

    `quantity` is what can be had, `remark` says so where the link asks for more.
    """

    title: str
    url: str
    image: Any
    quantity: int
    each: str
    amount: Decimal
    sum: str
    remark: str
    can_be_had: bool


@dataclass(frozen=True)
class Shared:
    """`missing`: what the link names and can't be put in, by title where we still know it, with the reason."""

    wishes: list[tuple[Product, int]]
    missing: list[str]
    text: str


def share_url(basket: Any) -> str:
    """The whole address; without what has no article number."""
    wishes = [f"{quote(line.product.upc)}:{line.quantity}" for line in basket.all_lines() if line.product.upc]
    return f"{settings.SITE_URL}{reverse('basket:shared')}?add={','.join(wishes[:MOST_LINES])}"


def read(text: str) -> Shared:
    """What a link asks for. Whatever it holds, it raises nothing: what makes no sense is named as missing."""
    entries = [part for part in single_line(text.replace("\x00", "")).split(",") if part.strip()]
    asked = _asked(entries[:MOST_LINES])
    products = {product.upc: product for product in _products(list(asked))}
    wishes, missing = [], []
    for sku, quantity in asked.items():
        product = products.get(sku)
        if product and (why := _why_not(product, quantity)):
            missing.append(why)
        elif product:
            wishes.append((product, quantity))
        else:
            missing.append(sku)
    if (more := len(entries) - MOST_LINES) > 0:
        missing.append(_("%(n)d more, for a link holds %(most)d things") % {"n": more, "most": MOST_LINES})
    return Shared(wishes, missing, ",".join(f"{product.upc}:{quantity}" for product, quantity in wishes))


def _why_not(product: Product, quantity: int) -> str:
    """What keeps a thing that we know out of the basket, with its name; "" where nothing does."""
    title = {"title": product.get_title()}
    if not product.is_in_shop:
        return _("%(title)s: no longer in the shop") % title
    if product.is_parent:
        return _("%(title)s: there are several kinds, choose one on its page") % title
    return "" if quantity else _("%(title)s: the link does not say clearly how many") % title


def line_of(product: Product, wanted: int, *, strategy: Any) -> SharedLine:
    """Of what is wanted as much as is there; all of it where nothing is, for its price."""
    info = strategy.fetch_for_product(product)
    left = getattr(info.availability, "num_available", wanted)
    quantity = min(wanted, left) if left > 0 else wanted
    exists = info.price.exists
    return SharedLine(
        title=product.get_title(),
        url=product.page_url,
        image=product.photograph,
        quantity=quantity,
        each=formatted(info.price, 1) if exists else "",
        amount=info.price.line(quantity).gross if exists else Decimal(0),
        sum=formatted(info.price, quantity) if exists else "",
        remark=_remark(info.availability, wanted=wanted, left=left),
        can_be_had=bool(exists and info.availability.is_purchase_permitted(1)[0]),
    )


def total_of(lines: Iterable[SharedLine]) -> str:
    """Of what can be had now, with VAT, formatted; empty where that is nothing."""
    amounts = [line.amount for line in lines if line.can_be_had]
    return str(currency(sum(amounts, Decimal(0)), settings.OSCAR_DEFAULT_CURRENCY)) if amounts else ""  # type: ignore[misc]


def _remark(availability: Any, *, wanted: int, left: int) -> str:
    permitted, reason = availability.is_purchase_permitted(wanted)
    if permitted:
        return ""
    if left <= 0:
        return str(reason)
    words = ngettext(
        "The link names %(wanted)d; one is in stock.", "The link names %(wanted)d; %(n)d are in stock.", left
    )
    return words % {"wanted": wanted, "n": left}


def _asked(entries: list[str]) -> dict[str, int]:
    """Article number → pieces; the same thing named twice is added up, 0 stands for a number that makes no sense."""
    asked: dict[str, int] = {}
    for entry in entries:
        sku, colon, number = entry.strip().rpartition(":")
        sku, number = (sku, number) if colon else (number, "1")
        pieces = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
        sku = sku.strip()[:LONGEST_SKU]
        asked[sku] = min(MOST, asked.get(sku, 0) + pieces)
    return asked


def _products(skus: list[str]) -> Any:
    rows = Product.objects.filter(upc__in=skus).select_related("product_class", "parent__product_class")
    return rows.prefetch_related("stockrecords", "images", "parent__images").defer("cost")


def words_for_short(short: list[tuple[Any, int, int]]) -> list[str]:
    """One sentence for each thing of which not all could be put in."""
    return [
        _("%(title)s: %(put)d of %(wanted)d; more are not there or do not fit.")
        % {"title": product.get_title(), "put": put, "wanted": wanted}
        for product, wanted, put in short
    ]
