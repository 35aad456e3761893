"""How far an order has come, as stops on a line."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import states
from .models import Order


@dataclass(frozen=True)
class Stop:
    """`state` is done, now or ahead; `more` is a date or a remark."""

    name: str
    state: str
    more: str = ""


def stops(order: Order) -> list[Stop]:
    """Empty for an order that has come to an end before its end."""
    if order.status not in states.WAY:
        return []
    dates = _dates(order)
    here = states.WAY.index(order.status)
    return [
        Stop(name=_name(state), state=_where(number, here), more=dates.get(state, ""))
        for number, state in enumerate(states.WAY)
    ]


def _name(state: str) -> str:
    return _("Ordered") if state == states.AWAITING_PAYMENT else states.word(state)


def _where(number: int, here: int) -> str:
    if number == here:
        return "now"
    return "done" if number < here else "ahead"


def _dates(order: Order) -> dict[str, str]:
    changes = order.status_changes.order_by("date_created").values_list("new_status", "date_created")
    moments = {states.AWAITING_PAYMENT: order.date_placed, **dict(changes)}
    return {state: date_format(localtime(moment), "D j M, H:i") for state, moment in moments.items()}
