"""Products for search engines (schema.org): nothing that the page does not say to people too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from catalog.shipping.models import DeliveryMethod
from catalog.shipping.structured import delivery_data, return_policy_data
from catalog.texts.structured import brand, part, shop, thing
from supplier.accounts.letters import absolute_url

from .facts import Values, both
from .gtin import public_gtin
from .models import Product, ProductImage
from .offers import Offer
from .opinions import Opinion, Review
from .shelf import Shelf

NO_OPINION = Opinion()
_AVAILABILITY = {"in": "InStock", "few": "LimitedAvailability", "none": "OutOfStock"}
#: What Google knows variants to differ by, and the attribute of ours that tells it.
_VARY = {"color": "colour", "material": "material", "size": "volume_ml"}


def product_data(
    product: Product,
    offers: Sequence[Offer],
    shelf: Shelf,
    images: Sequence[ProductImage],
    *,
    methods: Sequence[DeliveryMethod] = (),
    opinion: Opinion = NO_OPINION,
) -> Any:
    """`methods`: the ways of delivery, for what it costs to have it sent; `opinion`: what buyers say."""
    said = _reviews(opinion)
    if not product.is_parent:
        return thing("Product", **_product(product, offers[0] if offers else None, shelf, images, methods), **said)
    variants = [_variant(product, offer, shelf, methods) for offer in offers]
    return thing(
        "ProductGroup",
        name=product.title,
        productGroupID=product.upc,
        description=product.summary,
        url=absolute_url(product.get_absolute_url()),
        image=_addresses(images),
        brand=brand(),
        variesBy=[f"https://schema.org/{name}" for name in _VARY if len({str(one.get(name)) for one in variants}) > 1],
        hasVariant=variants,
        **said,
    )


def _reviews(opinion: Opinion) -> dict[str, Any]:
    """Nothing where nobody has reviewed it; never more than the page shows."""
    if not opinion.count:
        return {}
    scale = {"bestRating": 5, "worstRating": 1}
    return {
        "aggregateRating": part(
            "AggregateRating", ratingValue=f"{opinion.average:.1f}", reviewCount=opinion.count, **scale
        ),
        "review": [_review(review, scale) for review in opinion.newest],
    }


def _review(review: Review, scale: dict[str, int]) -> dict[str, Any]:
    return part(
        "Review",
        name=review.title,
        reviewBody=review.body,
        author=part("Person", name=review.name),
        datePublished=timezone.localtime(review.date_created).date().isoformat(),
        reviewRating=part("Rating", ratingValue=review.score, **scale),
    )


def _variant(parent: Product, offer: Offer, shelf: Shelf, methods: Sequence[DeliveryMethod]) -> dict[str, Any]:
    images = shelf.images.get(offer.product.pk) or shelf.images.get(parent.pk, [])
    return part("Product", **_product(offer.product, offer, shelf, images, methods))


def _product(
    product: Product,
    offer: Offer | None,
    shelf: Shelf,
    images: Sequence[ProductImage],
    methods: Sequence[DeliveryMethod],
) -> dict[str, Any]:
    values = shelf.values_of(product)
    url = absolute_url(product.page_url)
    return {
        "name": product.get_title(),
        "sku": product.upc,
        "mpn": product.upc,
        "gtin": public_gtin(values.get("gtin")),
        "description": product.summary or (product.parent.summary if product.parent_id else ""),
        "url": url,
        "image": _addresses(images),
        "brand": brand(),
        "manufacturer": _maker(values),
        "material": both(values.get("material") or []),
        "color": both(values.get("colour") or []),
        "size": size_of(values),
        "weight": _grams(values),
        "offers": _offer(offer, url, values, methods) if offer and offer.price else None,
    }


def size_of(values: Values) -> str:
    """Of oils: what is in the bottle. The sides of a tool are no size that one could choose."""
    return f"{values['volume_ml']} ml" if values.get("volume_ml") else ""


def _maker(values: Values) -> dict[str, Any] | None:
    name = str(values.get("maker") or "").partition(",")[0].strip()
    return part("Organization", name=name) if name else None


def _grams(values: Values) -> dict[str, Any] | None:
    grams = values.get("weight_g")
    return part("QuantitativeValue", value=grams, unitCode="GRM") if grams else None


def _offer(offer: Offer, url: str, values: Values, methods: Iterable[DeliveryMethod]) -> dict[str, Any]:
    """The price as the page prints it: with VAT, or the net where the visitor's basket leaves the country."""
    price, currency = offer.price.incl_tax, offer.price.currency
    return part(
        "Offer",
        url=url,
        price=str(price),
        priceCurrency=currency,
        availability=f"https://schema.org/{_AVAILABILITY[offer.stock_state]}",
        itemCondition="https://schema.org/NewCondition",
        seller={name: value for name, value in shop().items() if name != "logo"},
        shippingDetails=delivery_data(
            methods, price=price, currency=currency, weight_g=int(values.get("weight_g") or 0)
        ),
        hasMerchantReturnPolicy=return_policy_data(is_sealed=bool(values.get("sealed_hygiene_good"))),
    )


def _addresses(images: Iterable[ProductImage]) -> list[str]:
    return [absolute_url(image.original.url) for image in images]
