"""The few things of a catalogue that texts point to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalog.catalogue.models import Category, Product, ProductClass
from catalog.partner.models import Partner, StockRecord


def make_tool(sku: str, *, price: str = "29.00", stock: int = 10, **fields: Any) -> Product:
    """Something with a price, and ten of it."""
    kind, _ = ProductClass.objects.get_or_create(name="Tool")
    product = Product.objects.create(upc=sku, **{"product_class": kind, "title": f"Tool {sku}", **fields})
    lay_in(product, price=price, stock=stock)
    return product


def lay_in(product: Product, *, price: str, stock: int) -> None:
    partner, _ = Partner.objects.get_or_create(name="Stillhand")
    StockRecord.objects.create(
        product=product,
        partner=partner,
        partner_sku=product.upc,
        price=Decimal(price),
        price_currency="GBP",
        num_in_stock=stock,
    )


def make_range(slug: str, *, parent: Category | None = None, **fields: Any) -> Category:
    category = Category(name=slug.replace("-", " ").capitalize(), slug=slug, **fields)
    if parent:
        Category.objects.add_child(parent, instance=category)
    else:
        Category.objects.add_root(instance=category)
    return category


def make_technique(slug: str, **fields: Any) -> Category:
    return make_range(slug, kind=Category.Kind.TECHNIQUE, **fields)
