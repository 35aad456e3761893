"""A parcel that left: with whom, under which number, when, and who of the staff said so."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Shipment(models.Model):
    """One an order: what makes its letter go out once, however often the button is pressed."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="shipments")
    carrier = models.CharField(_("carrier"), max_length=80)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    shipped_at = models.DateTimeField(default=timezone.now, editable=False)
    shipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "order"
        constraints = [models.UniqueConstraint(fields=["order"], name="order_shipment_once")]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}".strip()
