from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supplier.quotes import limits, time_zones

if TYPE_CHECKING:
    from supplier.quotes.models.quote import QuoteLine


class QuoteVersionQuerySet(models.QuerySet["QuoteVersion"]):
    def sent(self) -> QuoteVersionQuerySet:
        return self.filter(sent_at__isnull=False)


class QuoteVersion(models.Model):
    """One offer. Once it is sent it never changes, nor do its lines: triggers of the database refuse it."""

    quote = models.ForeignKey("quotes.Quote", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    delivery_name = models.CharField(_("delivery"), max_length=120, blank=True)
    delivery_price = models.DecimalField(_("delivery, net"), max_digits=8, decimal_places=2, null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The end of `valid_until` in the buyer's zone as it was when the offer was sent.
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    expires_at = models.DateTimeField(_("runs out at"), null=True, blank=True)

    objects = QuoteVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["quote", "number"], name="quotes_version_number"),
            models.UniqueConstraint(fields=["quote"], condition=Q(sent_at=None), name="quotes_version_one_draft"),
            models.CheckConstraint(condition=Q(number__gte=1), name="quotes_version_from_one"),
            models.CheckConstraint(
                condition=Q(delivery_price__isnull=True) | Q(delivery_price__gte=Decimal(0)),
                name="quotes_version_delivery",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True, expires_at__isnull=True)
                | (
                    Q(sent_at__isnull=False, sent_by__isnull=False, expires_at__isnull=False)
                    & Q(valid_until__isnull=False, delivery_price__isnull=False, expires_at__gt=models.F("sent_at"))
                    & ~Q(delivery_name="")
                    & ~Q(time_zone="")
                ),
                name="quotes_version_sent_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote}, {self.name}"

    @property
    def name(self) -> str:
        return str(_("offer %(number)s") % {"number": self.number})

    @property
    def place(self) -> str:
        return time_zones.place_name(self.time_zone or self.quote.time_zone)

    @property
    def last_moment(self) -> datetime | None:
        """Within its last day, so that a page tells the right day."""
        return self.expires_at - timedelta(seconds=1) if self.expires_at else None

    def is_valid_at(self, moment: datetime) -> bool:
        return self.expires_at is not None and moment < self.expires_at

    @property
    def is_valid(self) -> bool:
        return self.is_valid_at(timezone.now())

    def left_out(self) -> list[QuoteLine]:
        """What was asked for and is not offered here; a line of an offer keeps the place of the line asked for."""
        return list(self.quote.lines.exclude(position__in=self.lines.values("position")))

    def mark_sent(self, *, by: object, at: datetime) -> None:
        """From here on it is as it is."""
        if self.valid_until is None:
            raise ValueError("an offer without a last day")
        self.sent_at, self.sent_by = at, by  # type: ignore[assignment]
        self.time_zone = self.quote.time_zone
        self.expires_at = time_zones.end_of_day(self.valid_until, self.time_zone)
        self.save(update_fields=["sent_at", "sent_by", "time_zone", "expires_at"])


class VersionLine(models.Model):
    """A product at an agreed price. Title and SKU are kept as they were when it was offered."""

    version = models.ForeignKey(QuoteVersion, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    sku = models.CharField(_("article number"), max_length=128)
    quantity = models.PositiveIntegerField(_("quantity"))
    #: net, a piece; null for what the shop does not sell to everybody
    public_price = models.DecimalField(_("public net price"), max_digits=8, decimal_places=2, null=True, blank=True)
    #: net, a piece
    price = models.DecimalField(_("agreed net price"), max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="quotes_versionline_position"),
            models.UniqueConstraint(fields=["version", "product"], name="quotes_versionline_product"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=limits.QUANTITY), name="quotes_versionline_quantity"
            ),
            models.CheckConstraint(condition=Q(price__gt=Decimal(0)), name="quotes_versionline_price"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"
