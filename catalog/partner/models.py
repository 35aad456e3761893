"""Stock: Oscar's records, which can't be allocated beyond what is there."""

from oscar.apps.partner.abstract_models import AbstractStockRecord

from .allocation import allocate_or_refuse


class StockRecord(AbstractStockRecord):
    def allocate(self, quantity: int) -> None:
        """Allocate in one conditional UPDATE. Raises NotEnoughStock when fewer than `quantity` are free."""
        if self.can_track_allocations:
            allocate_or_refuse(self, quantity)


from oscar.apps.partner.models import *  # noqa: E402, F403, TID251
from oscar.apps.partner.models import Partner  # noqa: E402, F401, TID251
