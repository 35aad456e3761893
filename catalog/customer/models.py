"""Who waits for something that is sold out: Oscar's alerts, one open alert a person and product, and their links."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from oscar.apps.customer.abstract_models import AbstractProductAlert

from supplier.accounts.links import AbstractGuestLink

#: States of an alert that still waits for something: for its owner's yes, or for stock.
OPEN = ("Unconfirmed", "Active")


class ProductAlertQuerySet(models.QuerySet["ProductAlert"]):
    def open(self) -> ProductAlertQuerySet:
        return self.filter(status__in=OPEN)

    def waiting(self) -> ProductAlertQuerySet:
        """Those to be told, who waits longest first."""
        since = Coalesce("date_confirmed", "date_created")
        return self.filter(status=ProductAlert.ACTIVE).order_by(since, "pk")

    def of_address(self, email: str) -> ProductAlertQuerySet:
        return self.filter(Q(email__iexact=email) | Q(user__email__iexact=email))


class ProductAlert(AbstractProductAlert):
    objects = ProductAlertQuerySet.as_manager()

    class Meta(AbstractProductAlert.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["product", "user"],
                condition=Q(status__in=OPEN, user__isnull=False),
                name="customer_one_open_alert_a_user",
            ),
            models.UniqueConstraint(
                "product",
                Lower("email"),
                condition=Q(status__in=OPEN, user__isnull=True),
                name="customer_one_open_alert_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.get_email_address()}"

    def get_random_key(self) -> str:
        """Oscar's key would stand readable in the database for ever; our links are rows of their own (AlertLink)."""
        return ""


class AlertLink(AbstractGuestLink):
    """The unguessable address of a guest's alert, /a/<token>/."""

    alert: Any = models.ForeignKey(ProductAlert, on_delete=models.CASCADE, related_name="links")


from oscar.apps.customer.models import *  # noqa: E402, F403
