"""Oscar adds to num_allocated whatever is left, and so sells the last unit several times; this refuses."""

from typing import TYPE_CHECKING

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from oscar.apps.order.exceptions import UnableToPlaceOrder

if TYPE_CHECKING:
    from .models import StockRecord


class NotEnoughStock(UnableToPlaceOrder):
    """Fewer pieces are free than were asked for; nothing was changed."""


def allocate_or_refuse(record: "StockRecord", quantity: int) -> None:
    allocated = Coalesce(F("num_allocated"), Value(0))
    record.pre_save_signal()
    changed = (
        type(record)
        .objects.filter(pk=record.pk, num_in_stock__gte=allocated + quantity)
        .update(num_allocated=allocated + quantity)
    )
    record.refresh_from_db(fields=["num_in_stock", "num_allocated"])
    if not changed:
        raise NotEnoughStock(f"Only {record.net_stock_level} of {record.partner_sku} are left.")
    record.post_save_signal()
