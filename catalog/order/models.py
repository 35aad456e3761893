"""Orders: Oscar's, with a guest link each and numbers from a sequence of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractOrder

from supplier.accounts.links import AbstractGuestLink

from . import states
from .shipment import Shipment as Shipment


class Order(AbstractOrder):
    #: An accepted quote's order waits until then, whatever happens to single sessions; null: as long as its session.
    pay_until = models.DateTimeField(_("may be paid until"), null=True, blank=True)

    @property
    def state_word(self) -> str:
        """The state for people to read."""
        return states.word(self.status)


class OrderLink(AbstractGuestLink):
    """The unguessable address of an order's page, /o/<token>/."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="links")


from oscar.apps.order.models import *  # noqa: E402, F403, TID251
from oscar.apps.order.models import Line, ShippingAddress  # noqa: E402, F401, TID251
