"""Delivery methods, edited by staff: where, for how much, from when free, how heavy, how long."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .countries import UK


class DeliveryMethodQuerySet(models.QuerySet["DeliveryMethod"]):
    def to_homes(self) -> DeliveryMethodQuerySet:
        """Brought to addresses in the United Kingdom, the cheapest first. Collection, which costs nothing, is none."""
        methods = self.filter(is_active=True, countries=UK, price__gt=0)
        return methods.order_by("price", "position", "pk")


class DeliveryMethod(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    countries: Any = models.ManyToManyField(
        "address.Country", related_name="delivery_methods", verbose_name=_("countries")
    )
    #: GBP with VAT, as staff typed it
    price = models.DecimalField(_("price with VAT"), max_digits=8, decimal_places=2)
    free_from = models.DecimalField(
        _("free from (goods with VAT)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    max_weight_g = models.PositiveIntegerField(_("heaviest parcel in grams"), null=True, blank=True)
    days_min = models.PositiveSmallIntegerField(_("working days, at least"))
    days_max = models.PositiveSmallIntegerField(_("working days, at most"))
    #: in the shop's time zone
    cut_off = models.TimeField(
        _("leaves the same day if ordered by"),
        null=True,
        blank=True,
        help_text=_(
            "Later orders count from the next working day. Empty: the day of the order counts, whatever the time."
        ),
    )
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    objects = DeliveryMethodQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=Decimal(0)), name="shipping_delivery_price"),
            models.CheckConstraint(
                condition=models.Q(days_max__gte=models.F("days_min")), name="shipping_delivery_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def price_for(self, goods: Decimal) -> Decimal:
        """Pounds with VAT, for goods that cost so much with VAT."""
        is_free = self.free_from is not None and goods >= self.free_from
        return Decimal("0.00") if is_free else self.price

    def takes(self, weight_g: int) -> bool:
        return self.max_weight_g is None or weight_g <= self.max_weight_g


from oscar.apps.shipping.models import *  # noqa: E402, F403
