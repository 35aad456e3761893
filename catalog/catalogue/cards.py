"""What a page shows of a product in a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.partner.availability import state_of
from catalog.partner.strategy import PublicStrategy

from .facts import card_line
from .models import Product, ProductImage
from .shelf import Shelf, gather


@dataclass(frozen=True, slots=True)
class Card:
    """`price` is one of Oscar's prices, or None: not for sale now. `stock_state`: "in", "few" or "none"."""

    sku: str
    title: str
    url: str
    image: ProductImage | None
    price: Any
    is_from: bool
    availability: str
    stock_state: str
    facts: str
    ruler_mm: int | None


def product_cards(products: Iterable[Product], strategy: Any) -> list[Card]:
    """Cards in the order of the products (from `Product.objects.for_cards()`), in three more queries altogether."""
    products = list(products)
    strategy = strategy or PublicStrategy()  # texts shown outside a request
    shelf = gather(products)
    return [card_of(product, shelf, strategy) for product in products]


def cards_of(keys: Sequence[int], strategy: Any) -> list[Card]:
    """The same for keys, in their order; what is no longer public is left out."""
    if not keys:
        return []
    found = Product.objects.for_cards().listed().in_bulk(keys)
    return product_cards([found[key] for key in keys if key in found], strategy)


def card_of(product: Product, shelf: Shelf, strategy: Any) -> Card:
    offers = [(offer, shelf.records.get(offer.pk)) for offer in shelf.offers_of(product)]
    price = strategy.parent_pricing_policy(product, offers)
    availability = strategy.parent_availability_policy(product, offers)
    values = shelf.values_of(product)
    state = state_of(availability)
    return Card(
        sku=str(product.upc or ""),
        title=product.get_title(),
        url=product.get_absolute_url(),
        image=shelf.image_of(product),
        price=price if price.exists else None,
        is_from=_prices_differ(offers),
        availability="" if state == "in" else str(availability.short_message),
        stock_state=state,
        facts=card_line(values, shelf.variants.get(product.pk, [])),
        ruler_mm=shelf.length_of(product),
    )


def _prices_differ(offers: list[tuple[Product, Any]]) -> bool:
    return len({record.price for _, record in offers if record and record.price is not None}) > 1
