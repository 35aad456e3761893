"""Everything that lists and product pages show of products, gathered in a fixed number of queries.

One query each for stock (with the variants it belongs to), photographs and attributes, however many products there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from catalog.partner.models import StockRecord

from . import facts
from .models import Product, ProductImage


@dataclass
class Shelf:
    """`variants`: public ones by their parent's key, in the order staff gave them."""

    records: dict[int, StockRecord] = field(default_factory=dict)
    variants: dict[int, list[Product]] = field(default_factory=dict)
    images: dict[int, list[ProductImage]] = field(default_factory=dict)
    values: dict[int, dict[str, Any]] = field(default_factory=dict)

    def image_of(self, product: Product) -> ProductImage | None:
        """Its own first photograph, else its parent's."""
        images = self.images.get(product.pk) or self.images.get(product.parent_id or 0) or []
        return images[0] if images else None

    def values_of(self, product: Product) -> facts.Values:
        return facts.inherited(product, self.values)

    def length_of(self, product: Product) -> int | None:
        """In millimetres; of a product with variants, of the first that tells it."""
        for one in (product, *self.variants.get(product.pk, [])):
            if length := self.values_of(one).get("length_mm"):
                return int(length)
        return None

    def offers_of(self, product: Product) -> list[Product]:
        """What a visitor can choose from: the variants of a parent, or the product alone."""
        return self.variants.get(product.pk, []) if product.is_parent else [product]


def gather(products: Iterable[Product]) -> Shelf:
    """`products` come from `Product.objects.for_cards()`."""
    rows = list(products)
    if not rows:
        return Shelf()
    shelf = Shelf()
    _put_stock(shelf, rows)
    wanted = {pk for row in rows for pk in (row.pk, row.parent_id) if pk}
    wanted |= {variant.pk for variants in shelf.variants.values() for variant in variants}
    shelf.images = _images(wanted)
    shelf.values = facts.values_of(wanted)
    return shelf


def _put_stock(shelf: Shelf, products: list[Product]) -> None:
    known = {product.pk: product for product in products}
    # As a question of its own: an "or" over the join would read every stock record of the shop.
    offers = Product.objects.filter(Q(pk__in=known) | Q(parent__in=known, is_public=True))
    records = (
        StockRecord.objects.filter(product__in=offers.values("pk"))
        .select_related("product")
        .defer("product__description", "product__body", "product__cost")
    )
    for record in records.order_by("product_id", "pk"):
        if record.product_id in shelf.records:
            continue
        record.product = known.get(record.product_id, record.product)
        shelf.records[record.product_id] = record
        if parent := known.get(record.product.parent_id or 0):
            record.product.parent = parent
            shelf.variants.setdefault(parent.pk, []).append(record.product)


def _images(product_ids: set[int]) -> dict[int, list[ProductImage]]:
    images: defaultdict[int, list[ProductImage]] = defaultdict(list)
    rows = ProductImage.objects.filter(product_id__in=product_ids)
    for image in rows.order_by("product_id", "display_order", "pk"):
        images[image.product_id].append(image)
    return dict(images)
