"""The data of a product's page, in a fixed number of queries: for the page itself and for a form that came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify

from catalog.shipping.iso_countries import COUNTRIES
from catalog.shipping.models import DeliveryMethod
from catalog.texts.body import Body
from catalog.texts.display import named_skus, show
from catalog.texts.structured import breadcrumbs

from .addresses import branch_of, breadcrumb_steps, tools_step, trail_of
from .cards import card_of
from .facts import Fact, Values, facts, of_all
from .models import Category, Product, ProductCategory, ProductImage, ProductRecommendation, TechniqueProduct
from .offers import Offer, both_in_stock, chosen_of, most_of, offers_of
from .opinions import opinion_of, with_reviews
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
    images, opinion = _images(product, offers, shelf), opinion_of(product)
    methods = list(DeliveryMethod.objects.to_homes()) if any(offer.price for offer in offers) else []
    cards = {card.sku: card for card in (card_of(one, shelf, strategy) for one in others)}
    return {
        "product": product,
        "text": show(body, strategy=strategy, cards=cards),
        "images": _chosen_first(images, offers, variant),
        **_offers_context(offers, variant, errors, quantity),
        "facts": _facts(product, offers, shelf),
        **_use_context(product, [shelf.values_of(one) for one in (product, *(offer.product for offer in offers))]),
        "opinion": opinion,
        "ruler_mm": shelf.length_of(product),
        **_safety_context(shelf.values_of(product)),
        **_trail_context(product),
        "related": [cards[sku] for sku in product.related_skus[:RELATED] if sku in cards],
        "product_data": product_data(product, offers, shelf, images, methods=methods, opinion=opinion),
        "delivery_methods": methods,
    }


def _product(pk: int) -> Product:
    """With `related_skus`: of the tools that staff named beside it, in their order; `used_in`: its techniques; and
    what buyers say of it."""
    named = ProductRecommendation.objects.filter(primary=OuterRef("pk")).order_by("-ranking", "pk")
    rows: QuerySet[Product] = with_reviews(
        Product.objects.annotate(
            related_skus=ArraySubquery(named.values("recommendation__upc")), used_in=ArraySubquery(_techniques())
        )
    )
    product = rows.select_related("product_class", "parent").filter(pk=pk, is_public=True).defer("cost").first()
    if product is None or not product.is_in_shop:
        raise Http404
    return product


def _techniques() -> QuerySet[Any, Any]:
    """Those that the product lies in, and those whose page shows it."""
    product = OuterRef(OuterRef("pk"))  # the inner one would be the category's
    lies_in = ProductCategory.objects.filter(product=product).values("category")
    shown_by = TechniqueProduct.objects.filter(product=product).values("category")
    here = Q(pk__in=lies_in) | Q(pk__in=shown_by)
    techniques = Category.objects.filter(here, kind=Category.Kind.TECHNIQUE, is_public=True, ancestors_are_public=True)
    return techniques.order_by("position", "path").values(told=JSONObject(name="name", slug="slug"))


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


def _chosen_first(images: Sequence[Any], offers: Sequence[Offer], variant: str) -> list[ProductImage]:
    """Whoever comes for one variant sees that one large, also without script."""
    chosen = chosen_of(offers, variant) if variant else None
    return sorted(images, key=lambda image: chosen is None or getattr(image, "variant_pk", None) != chosen)


def _offers_context(offers: Sequence[Offer], variant: str, errors: Sequence[str], quantity: str) -> dict[str, Any]:
    return {
        "offers": offers,
        "chosen": chosen_of(offers, variant),
        "can_buy": any(offer.is_available for offer in offers),
        "most": most_of(offers),
        "in_stock": both_in_stock(offers),
        "sold_out": (sold_out := [offer for offer in offers if not offer.is_available]),
        "lead_time_days": _lead_time(sold_out),
        "form_errors": errors,
        "quantity": quantity or "1",
    }


def _lead_time(sold_out: Sequence[Offer]) -> int | None:
    """The longest of those known, of what is not there; a variant's own, else its parent's."""
    known = [
        offer.product.lead_time_days or getattr(offer.product.parent, "lead_time_days", None) for offer in sold_out
    ]
    return max((days for days in known if days), default=None)


def _facts(product: Product, offers: Sequence[Offer], shelf: Shelf) -> list[Fact]:
    rows = [
        (offer.label, facts(shelf.values_of(offer.product), sku=offer.sku, country_names=COUNTRIES)) for offer in offers
    ]
    if not rows:
        return facts(shelf.values_of(product), sku=product.upc, country_names=COUNTRIES)
    return of_all(rows) if len(rows) > 1 else rows[0][1]


def _use_context(product: Any, values: Sequence[Values]) -> dict[str, Any]:
    """Techniques that use it, and what a visitor may look for next: other tools for this part, of this pressure."""
    return {
        "techniques": [(one["name"], reverse("catalogue:technique", args=[one["slug"]])) for one in product.used_in],
        "hands": [(name, _found_by("hand", name)) for name in _each_once(values, "hand_area")],
        "pressures": [(name, _found_by("pressure", name)) for name in _each_once(values, "pressure")],
    }


def _each_once(values: Sequence[Values], code: str) -> list[str]:
    return list(dict.fromkeys(name for one in values for name in one.get(code) or []))


def _found_by(group: str, name: str) -> str:
    return f"{reverse('catalogue:index')}?{urlencode({group: slugify(name)})}"


def _safety_context(values: Values) -> dict[str, Any]:
    return {
        "warnings": values.get("warnings") or "",
        "maker": values.get("maker") or "",
        "gtin": values.get("gtin") or "",
        "responsible": [who.strip() for who in str(values.get("responsible_person") or "").split(";") if who.strip()],
        "is_sealed": bool(values.get("sealed_hygiene_good")),
    }


def _trail_context(product: Product) -> dict[str, Any]:
    trail = trail_of(branch_of(product.pk))
    steps = breadcrumb_steps([tools_step(), *trail], name=product.title, url=product.get_absolute_url())
    return {"trail": trail, "breadcrumbs_data": breadcrumbs(steps)}
