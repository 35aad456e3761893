"""Products with variants, and whole shelves of tools."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from catalog.catalogue.loading.attributes import Classes, write_values
from catalog.catalogue.models import Category, Product, ProductCategory, ProductImage
from tests.factories.texts import lay_in, make_tool

#: label → price and pieces in stock
SPIKY = {"soft": ("8.90", 132), "medium": ("8.90", 158), "firm": ("9.40", 7)}


def make_parent(sku: str = "SH-DHM-03", *, variants: dict[str, tuple[str, int]] = SPIKY, **fields: Any) -> Product:
    parent = make_tool(sku, title=fields.pop("title", "Spiky Palm Ball"), structure=Product.PARENT, **fields)
    parent.stockrecords.all().delete()
    for label, (price, stock) in variants.items():
        make_variant(parent, label, price=price, stock=stock)
    return parent


def make_variant(parent: Product, label: str, *, price: str = "8.90", stock: int = 10, **fields: Any) -> Product:
    variant = Product.objects.create(
        upc=f"{parent.upc}-{label[0].upper()}",
        structure=Product.CHILD,
        parent=parent,
        title=f"{parent.title}, {label}",
        variant_label=label,
        **fields,
    )
    lay_in(variant, price=price, stock=stock)
    return variant


def set_stock(product: Product, pieces: int, *, low_at: int | None = None) -> None:
    product.stockrecords.update(num_in_stock=pieces, low_stock_threshold=low_at)


def put_into(category: Category, *products: Product) -> None:
    for product in products:
        ProductCategory.objects.create(category=category, product=product)


def picture(name: str = "tool.png", *, colour: str = "tan") -> ContentFile[bytes]:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return ContentFile(out.getvalue(), name=name)


def give_facts(product: Product, **facts: Any) -> None:
    """Facts by their code, as the loader writes them: material=["beech"], length_mm=190."""
    write_values(product, product.get_product_class(), wanted=facts, current={}, classes=Classes())


def make_image(product: Product, *, alt: str = "A tool on linen", order: int = 0) -> ProductImage:
    return ProductImage.objects.create(product=product, original=picture(), alt=alt, display_order=order)
