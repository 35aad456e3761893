"""What can be bought on a product's page: the product itself, or each of its variants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.partner.availability import state_of

from .facts import both
from .models import Product
from .shelf import Shelf

#: Cached pages are made anew when a figure up to this one changes (see SHOWN in supplier/pagecache/watching.py).
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Offer:
    product: Product
    label: str
    price: Any
    availability: str
    stock_state: str
    is_available: bool
    #: pieces that can be bought now, None where stock isn't counted
    most: int | None

    @property
    def sku(self) -> str:
        return str(self.product.upc or "")


def offers_of(product: Product, shelf: Shelf, strategy: Any) -> list[Offer]:
    return [_offer(one, shelf, strategy) for one in shelf.offers_of(product)]


def _offer(product: Product, shelf: Shelf, strategy: Any) -> Offer:
    record = shelf.records.get(product.pk)
    price = strategy.pricing_policy(product, record)
    availability = strategy.availability_policy(product, record)
    return Offer(
        product=product,
        label=product.variant_label or product.get_title(),
        price=price if price.exists else None,
        availability=str(availability.message),
        stock_state=state_of(availability),
        is_available=price.exists and availability.is_available_to_buy,
        most=getattr(availability, "num_available", None),
    )


def chosen_of(offers: Sequence[Offer], wanted: str) -> int | None:
    """The variant that the address asks for by SKU or key, else the first that is in stock."""
    for offer in offers:
        if wanted and wanted in (offer.sku, str(offer.product.pk)):
            return offer.product.pk
    return next((offer.product.pk for offer in offers if offer.is_available), None)


def both_in_stock(offers: Sequence[Offer]) -> str:
    """The labels of what can be bought now: "soft and firm"."""
    return both([offer.label for offer in offers if offer.is_available])


def most_of(offers: Sequence[Offer]) -> int | None:
    """The largest quantity that any of them allows; None: no small one. A page doesn't tell how much more there is."""
    figures = [offer.most for offer in offers if offer.is_available]
    most = max((figure for figure in figures if figure is not None), default=None)
    return most if most and None not in figures and most <= MOST_TOLD else None
