"""What delivery would cost and when it would come, for the country that was chosen in the basket."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.address.models import Country
from oscar.templatetags.currency_filters import currency

from catalog.checkout.state import HOME, CheckoutState
from catalog.checkout.summary import Offer, offers, row_of, window_of
from catalog.order.models import ShippingAddress
from catalog.shipping.methods import goods_with_vat
from catalog.shipping.repository import Repository
from catalog.shipping.served import served_countries

from .requests import ShopRequest


@dataclass(frozen=True)
class Estimate:
    """`method` is the cheapest one that brings it, or None where the parcel can't go; `offers` are all, formatted."""

    country: str
    country_name: str
    countries: list[Country]
    offers: list[Offer]
    method: Any
    when: str
    hint: str


def estimate_of(request: ShopRequest) -> Estimate:
    countries = list(served_countries())
    country = _known(CheckoutState(request).country, countries)
    basket = request.basket
    where = ShippingAddress(country_id=country)
    methods = Repository().get_shipping_methods(basket, shipping_addr=where, user=request.user, request=request)
    method = _cheapest(basket, methods)
    return Estimate(
        country=country,
        country_name=next((str(row) for row in countries if row.pk == country), country),
        countries=countries,
        offers=offers(basket, methods),
        method=method,
        when=window_of(method, now=timezone.now()) if method else "",
        hint=_until_free(basket, method) if method else _not_there(),
    )


def choose_country(request: ShopRequest, code: str) -> bool:
    """Keep it for this visitor; False, and nothing kept, where we do not deliver."""
    if len(code) != 2 or not served_countries().filter(pk=code.upper()).exists():
        return False
    CheckoutState(request).tell(country=code.upper(), method="")
    return True


def _known(country: str, countries: list[Country]) -> str:
    """A country that staff took off the list since is not estimated for."""
    return country if any(row.pk == country for row in countries) else HOME


def _cheapest(basket: Any, methods: list[Any]) -> Any:
    """Of those that bring it to the door; collecting it costs nothing, but it is not delivery."""
    brought = [method for method in methods if getattr(row_of(method), "price", 1)] or methods
    return min(brought, key=lambda method: method.calculate(basket).incl_tax, default=None)


def _until_free(basket: Any, method: Any) -> str:
    """How much is missing until delivery is free; nothing where it never is, or is already."""
    free_from = getattr(row_of(method), "free_from", None)
    missing = free_from - goods_with_vat(basket) if free_from is not None else Decimal(0)
    if missing <= 0:
        return ""
    return _("Add %(sum)s more and delivery is free.") % {"sum": currency(missing, basket.currency)}


def _not_there() -> str:
    return _("It is too heavy for the carriers of that country. Take something out, or write to us.")
