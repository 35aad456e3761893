"""The few things of a catalogue that texts point to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalog.catalogue.models import Category, Product, ProductClass
from catalog.partner.models import Partner, StockRecord


def make_tool(sku: str, *, price: str = "29.00", **fields: Any) -> Product:
    """Something with a price and ten in stock."""
    kind, _ = ProductClass.objects.get_or_create(name="Tool")
    partner, _ = Partner.objects.get_or_create(name="Stillhand")
    product = Product.objects.create(product_class=kind, upc=sku, title=fields.pop("title", f"Tool {sku}"), **fields)
    StockRecord.objects.create(
        product=product, partner=partner, partner_sku=sku, price=Decimal(price), num_in_stock=10, price_currency="GBP"
    )
    return product


def make_range(slug: str, *, parent: Category | None = None, **fields: Any) -> Category:
    category = Category(name=slug.replace("-", " ").capitalize(), slug=slug, **fields)
    if parent:
        Category.objects.add_child(parent, instance=category)
    else:
        Category.objects.add_root(instance=category)
    return category


def make_technique(slug: str, **fields: Any) -> Category:
    return make_range(slug, kind=Category.Kind.TECHNIQUE, **fields)
