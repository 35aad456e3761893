"""What the search knows of tools and techniques, in a fixed number of queries. A variant is found by its parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from catalog.search.engine import Entry
from catalog.texts.body import Body

from .facts import capital, values_of
from .models import Category, Product, ProductCategory, TechniqueProduct

PRODUCT = "product"
TECHNIQUE = "technique"
#: Attribute → group of choices.
GROUPS = {"hand_area": "hand", "pressure": "pressure", "material": "material"}
_TYPED = ("material", "hand_area", "pressure", "colour", "firmness")


def product_entries(keys: Collection[int]) -> list[Entry]:
    products = list(Product.objects.filter(pk__in=keys).listed().select_related("product_class").order_by("pk"))
    around = _Around.of([product.pk for product in products])
    return [_product_entry(product, around) for product in products]


def product_keys() -> Iterable[int]:
    return Product.objects.exclude(structure=Product.CHILD).order_by("pk").values_list("pk", flat=True)


@dataclass
class _Around:
    """What belongs to some products, by their key."""

    variants: dict[int, list[Product]] = field(default_factory=lambda: defaultdict(list))
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    categories: dict[int, list[Category]] = field(default_factory=lambda: defaultdict(list))
    techniques: dict[int, list[Category]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, keys: list[int]) -> _Around:
        around = cls()
        if not keys:
            return around
        variants = Product.objects.filter(parent__in=keys, is_public=True).only("upc", "variant_label", "parent")
        for variant in variants.order_by("pk"):
            around.variants[variant.parent_id].append(variant)
        around.values = values_of([*keys, *(v.pk for found in around.variants.values() for v in found)])
        for link in (
            ProductCategory.objects.filter(product__in=keys).select_related("category").order_by("category__path")
        ):
            around.categories[link.product_id].append(link.category)
        for tool in TechniqueProduct.objects.filter(product__in=keys).select_related("category").order_by("pk"):
            around.techniques[tool.product_id].append(tool.category)
        return around

    def told(self, product: Product, code: str) -> list[str]:
        """What the product and its variants say, each once."""
        found: dict[str, None] = {}
        for row in (product, *self.variants[product.pk]):
            value = self.values.get(row.pk, {}).get(code)
            # A choice without a value is one that is just being written.
            found |= dict.fromkeys(one for one in (value if isinstance(value, list) else [value]) if one)
        return list(found)

    def public_categories(self, product: Product) -> list[Category]:
        return [category for category in self.categories[product.pk] if _is_public(category)]

    def public_techniques(self, product: Product) -> list[Category]:
        """Those it was put into, and those whose page shows it."""
        named = [category for category in self.categories[product.pk] if category.is_technique]
        both = {category.pk: category for category in (*named, *self.techniques[product.pk])}
        return [category for category in both.values() if category.is_technique and _is_public(category)]

    def length(self, product: Product) -> int | None:
        lengths = (self.values.get(one.pk, {}).get("length_mm") for one in (product, *self.variants[product.pk]))
        return next((int(length) for length in lengths if length), None)


def _product_entry(product: Product, around: _Around) -> Entry:
    variants = around.variants[product.pk]
    sold = [variant.pk for variant in variants] if product.is_parent else [product.pk]
    return Entry(
        kind=PRODUCT,
        object_id=product.pk,
        title=product.title,
        url=product.get_absolute_url(),
        text=Body.from_json(product.body).plain(),
        summary=product.summary,
        keywords=" ".join(_keywords(product, around)),
        skus=tuple(str(one.upc) for one in (product, *variants) if one.upc),
        terms=tuple(_terms(product, around)),
        category_ids=tuple(category.pk for category in around.categories[product.pk]),
        offer_ids=tuple(sold),
        priority=product.priority,
        length_mm=around.length(product),
    )


def _keywords(product: Product, around: _Around) -> list[str]:
    """Variants, ranges, materials and parts of the hand: what people type beside names."""
    words = [variant.variant_label for variant in around.variants[product.pk]]
    words += [category.name for category in around.public_categories(product)]
    words += [technique.name for technique in around.public_techniques(product)]
    for code in _TYPED:
        words += [str(value) for value in around.told(product, code)]
    return list(dict.fromkeys(word for word in words if word))


def _terms(product: Product, around: _Around) -> Iterator[tuple[str, str, str]]:
    for technique in around.public_techniques(product):
        yield technique_term(technique)
    for code, group in GROUPS.items():
        for name in around.told(product, code):
            if value := slugify(name):
                yield group, value, capital(name)


def technique_term(technique: Category) -> tuple[str, str, str]:
    return "technique", technique.slug, technique.name


def technique_entries(keys: Collection[int]) -> list[Entry]:
    """Techniques have pages that are read; ranges are reached through their tools."""
    techniques = Category.objects.filter(
        Q(pk__in=keys), kind=Category.Kind.TECHNIQUE, is_public=True, ancestors_are_public=True
    )
    return [_technique_entry(technique) for technique in techniques.order_by("pk")]


def technique_keys() -> Iterable[int]:
    return Category.objects.order_by("pk").values_list("pk", flat=True)


def _technique_entry(technique: Category) -> Entry:
    return Entry(
        kind=TECHNIQUE,
        object_id=technique.pk,
        title=technique.name,
        url=technique.get_absolute_url(),
        text=Body.from_json(technique.body).plain(),
        summary=technique.summary,
        terms=(technique_term(technique),),
    )


def _is_public(category: Category) -> bool:
    return bool(category.is_public and category.ancestors_are_public)
