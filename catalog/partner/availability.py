"""What can be bought now, in words that say what to do when it can't."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.apps.partner import availability

#: From here down a visitor is told how many are left, if staff set no low-stock mark.
FEW = 5
#: Never speak of "last 48".
FEW_AT_MOST = 10


class InStock(availability.StockRequired):
    """`state` is "in", "few" or "none": pages choose a sign for it."""

    def __init__(self, num_available: int, *, low_stock_at: int | None = None) -> None:
        super().__init__(num_available)
        self.few = min(FEW if low_stock_at is None else low_stock_at, FEW_AT_MOST)

    @property
    def state(self) -> str:
        if self.num_available <= 0:
            return "none"
        return "few" if self.num_available <= self.few else "in"

    @property
    def short_message(self) -> str:
        if self.state == "few":
            return ngettext("Last one", "Last %(n)d", self.num_available) % {"n": self.num_available}
        return _("In stock") if self.state == "in" else _("Sold out")

    @property
    def message(self) -> str:
        if self.state == "none":
            return _("Sold out. We can write to you when it is back.")
        return self.short_message

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        if self.num_available <= 0:
            return False, _("It is sold out just now. We can write to you when it is back.")
        if quantity > self.num_available:
            return False, ngettext(
                "Only one is in stock. Choose 1, or ask us when more will come.",
                "Only %(n)d are in stock. Choose %(n)d or fewer, or ask us when more will come.",
                self.num_available,
            ) % {"n": self.num_available}
        return True, ""


class NotForSale(availability.Unavailable):
    """Without a price or a stock record: nothing that a visitor can order."""

    state = "none"
    message = _("Not for sale just now")

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        return False, _("It is not for sale just now. Ask us about it, and we answer within one working day.")


def state_of(policy: Any) -> str:
    """ "in", "few" or "none" for any of Oscar's policies."""
    state = getattr(policy, "state", None)
    return str(state) if state else ("in" if policy.is_available_to_buy else "none")
