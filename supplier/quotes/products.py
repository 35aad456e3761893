"""Our products as a quote sees them: by article number, with the public net price."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q
from oscar.apps.catalogue.models import ProductClass  # noqa: TID251  (not forked)

from catalog.catalogue.models import Product
from catalog.partner.models import Partner, StockRecord
from catalog.partner.prices import PublicPrice

from .models import QuoteLine

CLASS_NAME = "Made for a quote"
MAX_SKU = 64


def products_by_sku(skus: Iterable[str]) -> dict[str, Product]:
    """Published products and variants that can be bought, by article number in capitals."""
    wanted = {normalise(sku) for sku in skus if 0 < len(sku) <= MAX_SKU and "\x00" not in sku}
    visible = Q(is_public=True) & (Q(parent=None) | Q(parent__is_public=True))
    found = Product.objects.filter(visible, upc__in=wanted).exclude(structure=Product.PARENT)
    return {normalise(product.upc): product for product in found.select_related("parent")}


def parents_by_sku(skus: Iterable[str]) -> dict[str, Product]:
    """Products that come in variants, one of which has to be named."""
    wanted = {normalise(sku) for sku in skus if 0 < len(sku) <= MAX_SKU and "\x00" not in sku}
    found = Product.objects.filter(upc__in=wanted, is_public=True, structure=Product.PARENT)
    return {normalise(product.upc): product for product in found.prefetch_related("children")}


def normalise(sku: str) -> str:
    return sku.strip().upper()


def stock_record(product: Any) -> StockRecord | None:
    records = list(product.stockrecords.all())
    return records[0] if records else None


def public_net_price(product: Product) -> Decimal | None:
    """A piece without VAT, as the shop sells it to everybody; None where it does not."""
    record = stock_record(product)
    if record is None or record.price is None or not product.is_public:
        return None
    return PublicPrice(gross=record.price).line(1).net


def cost_of(product: Product) -> Decimal | None:
    """A variant without a cost of its own costs what its parent does."""
    return product.cost if product.cost is not None or product.parent is None else product.parent.cost


def make_product_for(line: QuoteLine, *, title: str, cost: Decimal | None) -> Product:
    """An unpublished product for this one line, with a stock record but no stock to count."""
    product = Product.objects.create(
        title=title,
        upc=f"{line.quote.reference}-{line.position}",
        product_class=_product_class(),
        is_public=False,
        cost=cost,
    )
    StockRecord.objects.create(product=product, partner=_partner(), partner_sku=product.upc, price=None)
    return product


def _product_class() -> ProductClass:
    made, _is_new = ProductClass.objects.get_or_create(
        name=CLASS_NAME, defaults={"requires_shipping": True, "track_stock": False}
    )
    return made


def _partner() -> Partner:
    return Partner.objects.order_by("pk").first() or Partner.objects.create(name="Stillhand", code="stillhand")
