"""The one stock record that each thing we sell has."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from .models import Partner, StockRecord

FIELDS = ("price", "num_in_stock", "low_stock_threshold")


def record_of(product: Any) -> StockRecord | None:
    return StockRecord.objects.filter(product=product).order_by("pk").first() if product.pk else None


def save_record(product: Any, **changed: Any) -> None:
    """Writes only what is given: pieces that were sold while a form lay open are not brought back."""
    record = record_of(product)
    if record is None:
        # The firm that keeps the stock: the first one, or one of the shop's own name.
        partner = Partner.objects.order_by("pk").first() or Partner.objects.create(name=settings.COMPANY["brand"])
        values = {"num_in_stock": 0, **{name: value for name, value in changed.items() if value is not None}}
        StockRecord.objects.create(
            product=product,
            partner=partner,
            partner_sku=product.upc,
            price_currency=settings.OSCAR_DEFAULT_CURRENCY,  # type: ignore[misc]
            **values,
        )
        return
    if record.partner_sku != product.upc:
        changed["partner_sku"] = product.upc
    for name, value in changed.items():
        setattr(record, name, value)
    if changed:
        record.save(update_fields=[*changed, "date_updated"])


def promised(product_ids: Any) -> int:
    """Pieces of these products that are allocated to orders."""
    records = StockRecord.objects.filter(product__in=product_ids, num_allocated__gt=0)
    return sum(records.values_list("num_allocated", flat=True))
