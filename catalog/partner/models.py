"""Stock: Oscar's records, which can't be allocated beyond what is there."""

from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from oscar.apps.partner.abstract_models import AbstractStockRecord

from .allocation import allocate_or_refuse


def pieces_left() -> Combinable:
    """For queries over stock records: what `net_stock_level` says of one."""
    return Coalesce(F("num_in_stock"), Value(0)) - Coalesce(F("num_allocated"), Value(0))


class StockRecord(AbstractStockRecord):
    def allocate(self, quantity: int) -> None:
        """Allocate in one conditional UPDATE. Raises NotEnoughStock when fewer than `quantity` are free."""
        if self.can_track_allocations:
            allocate_or_refuse(self, quantity)


from oscar.apps.partner.models import *  # noqa: E402, F403, TID251
from oscar.apps.partner.models import Partner  # noqa: E402, F401, TID251
