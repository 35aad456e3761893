"""Oscar's dashboard may look at orders; it may not say that one is paid, packed or sent."""

from typing import Any

from django.utils.translation import gettext as _
from oscar.apps.order.processing import EventHandler as OscarEventHandler
from oscar.apps.payment.exceptions import PaymentError


class NotFromHere(PaymentError):
    """A kind of error that Oscar's views show as a message."""


class EventHandler(OscarEventHandler):
    def handle_order_status_change(self, order: Any, new_status: str, note_msg: str | None = None) -> None:
        raise NotFromHere(_("Stripe alone says that an order is paid; pack and send orders on the desk."))
