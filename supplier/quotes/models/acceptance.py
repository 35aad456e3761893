from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supplier.quotes import limits


class Acceptance(models.Model):
    """One row a quote: who took which version, and the order made of it. Never changed, never deleted.

    The database also holds that the version belongs to the quote and was sent (migration 0002).
    """

    quote = models.OneToOneField("quotes.Quote", on_delete=models.PROTECT, related_name="acceptance")
    version = models.OneToOneField("quotes.QuoteVersion", on_delete=models.PROTECT, related_name="acceptance")
    name = models.CharField(_("accepted by"), max_length=limits.NAME)
    po_number = models.CharField(_("purchase order number"), max_length=60, blank=True)
    delivery_address = models.TextField(_("delivery address"))
    accepted_at = models.DateTimeField(_("accepted at"), default=timezone.now)
    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, related_name="acceptance")

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(delivery_address=""), name="quotes_acceptance_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.name}"
