"""When an order is with its customer: a promise of the delivery method, told as long as it has not passed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from catalog.shipping.dates import delivery_window, in_words, working_day_after
from catalog.shipping.models import DeliveryMethod

from . import states
from .models import Order, Shipment


def arrival_words(order: Order, shipment: Shipment | None, *, now: datetime) -> str:
    """ "Thursday 26 to Friday 27 November", or "" where nothing is brought or no day can be told."""
    if order.status not in (states.PAID, states.PACKED, states.SHIPPED):
        return ""
    method = DeliveryMethod.objects.filter(code=order.shipping_code, price__gt=0).first()
    if method is None:
        return ""
    first, last = _window(method, order, shipment)
    today = timezone.localtime(now, timezone.get_default_timezone()).date()
    return in_words(max(first, today), last) if last >= today else ""


def _window(method: DeliveryMethod, order: Order, shipment: Shipment | None) -> tuple[date, date]:
    """A parcel that has left counts from the day it left."""
    if shipment is None:
        return delivery_window(method, ordered_at=order.date_placed)
    left_on = timezone.localtime(shipment.shipped_at, timezone.get_default_timezone()).date()
    return working_day_after(left_on, method.days_min), working_day_after(left_on, method.days_max)
