"""Packing and shipping a paid order: each once, under the order's lock, whoever presses the button how often."""

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.apps.order.exceptions import InvalidOrderStatus
from oscar.apps.partner.exceptions import InvalidStockAdjustment

from catalog.partner.models import StockRecord
from supplier.accounts.models import User

from . import states
from .letters import send_shipped
from .models import Order, Shipment


class CannotBeDone(Exception):
    """The order is in a state, or the stock is such, that this can't be; the text says why. Nothing was changed."""


@transaction.atomic
def pack_order(order: Order, *, by: User) -> bool:
    """True when it was this call that packed it."""
    order = _locked(order)
    if order.status in (states.PACKED, states.SHIPPED, states.DELIVERED):
        return False
    _move(order, states.PACKED, by=by)
    return True


@transaction.atomic
def ship_order(order: Order, *, by: User, carrier: str, tracking_number: str) -> bool:
    """True when it was this call that shipped it: stock leaves the house and the letter goes out, both once."""
    order = _locked(order)
    if order.status in (states.SHIPPED, states.DELIVERED):
        return False
    _move(order, states.SHIPPED, by=by)
    _take_out_of_stock(order)
    shipment = Shipment.objects.create(order=order, carrier=carrier, tracking_number=tracking_number, shipped_by=by)
    send_shipped(order, shipment)
    return True


def _locked(order: Order) -> Order:
    return Order.objects.select_for_update().get(pk=order.pk)


def _move(order: Order, state: str, *, by: User) -> None:
    """As far as the pipeline of states allows; who did it is kept in a note."""
    before = states.word(order.status)
    try:
        order.set_status(state)
    except InvalidOrderStatus:
        words = {"before": before.lower(), "after": states.word(state).lower()}
        raise CannotBeDone(_("This order is “%(before)s”, so it can’t be marked as “%(after)s” now.") % words) from None
    order.notes.create(user=by, note_type="System", message=states.word(state))


def _take_out_of_stock(order: Order) -> None:
    """In key order, as placing an order does, so that the two never wait for each other."""
    lines = list(order.lines.filter(num_allocated__gt=0, allocation_cancelled=False).order_by("stockrecord_id", "pk"))
    keys = [line.stockrecord_id for line in lines if line.stockrecord_id]
    list(StockRecord.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    for line in lines:
        try:
            line.consume_allocation(line.num_allocated)
        except InvalidStockAdjustment:
            words = {"title": line.title, "n": line.num_allocated}
            text = _("The stock of “%(title)s” is lower than the %(n)s that leave now. Correct its stock first.")
            raise CannotBeDone(text % words) from None
