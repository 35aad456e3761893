"""What the search knows of tools and techniques. A variant is found through its parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.search import index
from catalog.texts.body import Body

if TYPE_CHECKING:
    from .models import Category, Product


def write_product(product: Product) -> None:
    if product.parent_id:
        write_product(product.parent)
        return
    if not product.is_public:
        index.remove("product", product.pk)
        return
    index.write(
        "product",
        product.pk,
        title=product.title,
        url=product.get_absolute_url(),
        summary=product.summary,
        text=Body.from_json(product.body).plain(),
        keywords=" ".join(_keywords(product)),
    )


def _keywords(product: Product) -> list[str]:
    """SKUs, variants, ranges, materials and parts of the hand: what people type beside names."""
    from .facts import values_of

    variants = list(product.children.filter(is_public=True).only("pk", "upc", "variant_label", "parent"))
    words = [str(product.upc or ""), *(f"{variant.upc} {variant.variant_label}" for variant in variants)]
    words += product.categories.filter(is_public=True).values_list("name", flat=True)
    for values in values_of([product.pk, *(variant.pk for variant in variants)]).values():
        for code in ("material", "hand_area", "colour"):
            words += values.get(code, [])
    return list(dict.fromkeys(word for word in words if word))


def write_category(category: Category) -> None:
    """Techniques have pages that are read; ranges are reached through their tools."""
    if not (category.is_technique and category.is_public and category.ancestors_are_public):
        index.remove("technique", category.pk)
        return
    index.write(
        "technique",
        category.pk,
        title=category.name,
        url=category.get_absolute_url(),
        summary=category.summary,
        text=Body.from_json(category.body).plain(),
    )
