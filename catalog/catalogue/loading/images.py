"""images.csv: photographs of products. Those of pages and articles are loaded with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.catalogue.models import Category, Product, ProductImage
from catalog.texts.pictures import make_renditions_of

from .files import photograph_of, replace_if_other
from .outcome import Load, Tell, assign
from .table import Row, Table

COLUMNS = {"file", "used_by", "position", "alt"}


@dataclass
class Item:
    product: Product
    path: Path
    fields: dict[str, Any]

    @property
    def code(self) -> str:
        """A photograph of a product is known again by its name."""
        return f"{self.product.upc}:{self.path.name}"


def load(table: Table, load: Load) -> None:
    products = {str(product.upc): product for product in Product.objects.exclude(upc=None).only("upc", "structure")}
    items = [item for row in table for item in _items(row, products)]
    if table.problems:
        return
    with transaction.atomic():
        existing = {str(image.code): image for image in ProductImage.objects.exclude(code=None)}
        for number, item in enumerate(items, start=1):
            _write(item, existing.get(item.code), load)
            load.tell(_("Photographs"), number=number, total=len(items))


def _items(row: Row, products: dict[str, Product]) -> list[Item]:
    # "home", "article:slug" and "page:slug" are no products.
    skus = [word for word in row.words("used_by") if ":" not in word and word != "home"]
    row.text("file", required=True)
    path = photograph_of(row, "file")
    fields = {
        "alt": row.text("alt", most=300, required=True),
        "credit": row.text("credit", most=120),
        "licence": row.text("licence", most=60),
        "display_order": max((row.whole_number("position", required=True) or 1) - 1, 0),
    }
    for sku in skus:
        if sku not in products:
            row.complain("used_by", _("There is no product “%s”.") % sku)
    return [Item(products[sku], path, fields) for sku in skus if sku in products and path]


def _write(item: Item, image: ProductImage | None, load: Load) -> None:
    is_new = image is None
    if image is None:
        image = ProductImage(product=item.product, code=item.code)
    elif load.new_only:
        load.count(item.code)
        return
    is_changed = assign(image, item.fields)
    is_changed |= replace_if_other(image, "original", item.path)
    if is_changed:
        image.save()
    load.count(item.code, is_new=is_new, is_changed=is_changed)


def make_all_renditions(tell: Tell) -> None:
    """At once, so that the first visitor sees them; for what staff upload a worker makes them."""
    waiting: list[tuple[Any, str]] = [
        *((image, "original") for image in ProductImage.objects.filter(has_renditions=False)),
        *((category, "image") for category in Category.objects.filter(has_renditions=False).exclude(image=None)),
    ]
    for number, (instance, field) in enumerate(waiting, start=1):
        make_renditions_of(instance, field)
        tell(_("Smaller pictures"), number=number, total=len(waiting))
