"""Products for search engines (schema.org)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.texts.structured import thing
from supplier.accounts.letters import absolute_url

from .facts import Values, both
from .models import Product, ProductImage
from .offers import Offer
from .shelf import Shelf

_AVAILABILITY = {"in": "InStock", "few": "LimitedAvailability", "none": "OutOfStock"}


def product_data(product: Product, offers: Sequence[Offer], shelf: Shelf, images: Sequence[ProductImage]) -> Any:
    if not product.is_parent:
        return _single(product, offers[0] if offers else None, shelf.values_of(product), images)
    return thing(
        "ProductGroup",
        name=product.title,
        productGroupID=product.upc,
        description=product.summary,
        url=absolute_url(product.get_absolute_url()),
        image=_addresses(images),
        hasVariant=[_variant(product, offer, shelf) for offer in offers],
    )


def _variant(parent: Product, offer: Offer, shelf: Shelf) -> dict[str, Any]:
    images = shelf.images.get(offer.product.pk) or shelf.images.get(parent.pk, [])
    data = _single(offer.product, offer, shelf.values_of(offer.product), images)
    data["url"] = absolute_url(f"{parent.get_absolute_url()}?variant={offer.sku}")
    return {name: value for name, value in data.items() if name != "@context"}


def _single(product: Product, offer: Offer | None, values: Values, images: Sequence[ProductImage]) -> dict[str, Any]:
    return thing(
        "Product",
        name=product.get_title(),
        sku=product.upc,
        gtin13=values.get("gtin"),
        description=product.summary,
        url=absolute_url(product.get_absolute_url()),
        image=_addresses(images),
        material=both(values.get("material") or []),
        color=both(values.get("colour") or []),
        offers=_offer(offer) if offer and offer.price else None,
    )


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "price": str(offer.price.incl_tax),
        "priceCurrency": offer.price.currency,
        "availability": f"https://schema.org/{_AVAILABILITY[offer.stock_state]}",
        "itemCondition": "https://schema.org/NewCondition",
    }


def _addresses(images: Sequence[ProductImage]) -> list[str]:
    return [absolute_url(image.original.url) for image in images]
