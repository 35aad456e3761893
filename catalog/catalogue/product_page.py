"""The data of a product's page, in a fixed number of queries: for the page itself and for a form that came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpRequest

from catalog.shipping.iso_countries import COUNTRIES
from catalog.texts.body import Body
from catalog.texts.display import named_skus, show
from catalog.texts.structured import breadcrumbs

from .addresses import branch_of, breadcrumb_steps, tools_step, trail_of
from .cards import card_of
from .facts import Fact, Values, facts, of_all
from .models import Product, ProductImage, ProductRecommendation
from .offers import Offer, chosen_of, most_of, offers_of
from .shelf import Shelf, gather
from .structured import product_data

#: How many tools "go well with" this one.
RELATED = 4


def context_of(
    request: HttpRequest, pk: int, *, variant: str = "", errors: Sequence[str] = (), quantity: str = ""
) -> dict[str, Any]:
    """Raises Http404 where nobody may see the product. A variant is told by its own `product.parent_id`."""
    product = _product(pk)
    if product.parent_id:
        return {"product": product}
    strategy = request.strategy  # type: ignore[attr-defined]
    body = Body.from_json(product.body)
    others = _others(product, named_skus(body))
    shelf = gather([product, *others])
    offers = offers_of(product, shelf, strategy)
    images = _images(product, offers, shelf)
    cards = {card.sku: card for card in (card_of(one, shelf, strategy) for one in others)}
    return {
        "product": product,
        "text": show(body, strategy=strategy, cards=cards),
        "images": images,
        **_offers_context(offers, variant, errors, quantity),
        "facts": _facts(product, offers, shelf),
        "ruler_mm": shelf.length_of(product),
        **_safety_context(shelf.values_of(product)),
        **_trail_context(product),
        "related": [cards[sku] for sku in product.related_skus[:RELATED] if sku in cards],
        "product_data": product_data(product, offers, shelf, images),
    }


def _product(pk: int) -> Product:
    """With `related_skus`: of the tools that staff named beside it, in their order."""
    named = ProductRecommendation.objects.filter(primary=OuterRef("pk")).order_by("-ranking", "pk")
    rows: QuerySet[Product] = Product.objects.annotate(related_skus=ArraySubquery(named.values("recommendation__upc")))
    product = rows.select_related("product_class", "parent").filter(pk=pk, is_public=True).defer("cost").first()
    if product is None or (product.parent_id and not product.parent.is_public):
        raise Http404
    return product


def _others(product: Product, skus: list[str]) -> list[Product]:
    """The products that the page shows or names beside its own."""
    wanted = {sku for sku in (*product.related_skus, *skus) if sku} - {product.upc}
    return list(Product.objects.for_cards().filter(upc__in=wanted, is_public=True)) if wanted else []


def _images(product: Product, offers: Sequence[Offer], shelf: Shelf) -> list[ProductImage]:
    """Its own, then those of its variants: each knows whose it is, so that choosing a variant can show it."""
    images = list(shelf.images.get(product.pk, []))
    for offer in offers:
        for image in shelf.images.get(offer.product.pk, []) if product.is_parent else []:
            image.variant_pk = offer.product.pk
            images.append(image)
    return images


def _offers_context(offers: Sequence[Offer], variant: str, errors: Sequence[str], quantity: str) -> dict[str, Any]:
    return {
        "offers": offers,
        "chosen": chosen_of(offers, variant),
        "can_buy": any(offer.is_available for offer in offers),
        "most": most_of(offers),
        "form_errors": errors,
        "quantity": quantity or "1",
    }


def _facts(product: Product, offers: Sequence[Offer], shelf: Shelf) -> list[Fact]:
    rows = [
        (offer.label, facts(shelf.values_of(offer.product), sku=offer.sku, country_names=COUNTRIES)) for offer in offers
    ]
    if not rows:
        return facts(shelf.values_of(product), sku=product.upc, country_names=COUNTRIES)
    return of_all(rows) if len(rows) > 1 else rows[0][1]


def _safety_context(values: Values) -> dict[str, Any]:
    return {
        "warnings": values.get("warnings") or "",
        "maker": values.get("maker") or "",
        "responsible": [who.strip() for who in str(values.get("responsible_person") or "").split(";") if who.strip()],
        "is_sealed": bool(values.get("sealed_hygiene_good")),
    }


def _trail_context(product: Product) -> dict[str, Any]:
    trail = trail_of(branch_of(product.pk))
    steps = breadcrumb_steps([tools_step(), *trail], name=product.title, url=product.get_absolute_url())
    return {"trail": trail, "breadcrumbs_data": breadcrumbs(steps)}
