from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supplier.quotes import limits
from supplier.quotes.time_zones import validate_time_zone

from .version import QuoteVersion

if TYPE_CHECKING:
    from supplier.accounts.models import User

#: Without letters and figures that look alike when they are read out or written down.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    return "Q-" + "".join(secrets.choice(ALPHABET) for _ in range(7))


class QuoteQuerySet(models.QuerySet["Quote"]):
    def of_user(self, user: User) -> QuoteQuerySet:
        return self.filter(user=user)

    def to_price(self) -> QuoteQuerySet:
        return self.filter(state=Quote.State.REQUESTED)

    def run_out(self, now: datetime) -> QuoteQuerySet:
        """Offered, and no version of it may be accepted any more."""
        valid = QuoteVersion.objects.filter(quote=OuterRef("pk"), expires_at__gt=now)
        return self.filter(~Exists(valid), state=Quote.State.OFFERED)


class Quote(models.Model):
    """What a buyer asked for, and how far it has come. What we offer is in its versions."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        ORDERED = "ordered", _("ordered")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("run out")

    #: Until one of these, a new version may be offered.
    CLOSED = (State.ACCEPTED, State.ORDERED, State.DECLINED, State.WITHDRAWN)

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False, default=new_reference)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.REQUESTED)
    name = models.CharField(_("name"), max_length=limits.NAME)
    email = models.EmailField(_("e-mail"))
    company = models.CharField(_("company"), max_length=limits.NAME, blank=True)
    country = models.ForeignKey("address.Country", on_delete=models.PROTECT, verbose_name=_("country"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    wished_on = models.DateField(_("wanted by"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=limits.NOTE, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="quotes"
    )
    created_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    #: The form that it came from and what it held: the same form pressed twice is one quote.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)
    form_digest = models.CharField(max_length=64, editable=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        indexes = [models.Index(fields=["state", "created_at"], name="quotes_quote_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["form_key", "form_digest"], name="quotes_quote_form"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["requested", "offered", "accepted", "ordered", "declined", "withdrawn", "expired"]
                ),
                name="quotes_quote_state",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(email="") & ~Q(time_zone=""), name="quotes_quote_who"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def buyer(self) -> str:
        return self.company or self.name

    @property
    def is_closed(self) -> bool:
        return self.state in self.CLOSED

    def sent_versions(self) -> list[QuoteVersion]:
        return list(self.versions.sent().order_by("number"))

    def draft(self) -> QuoteVersion | None:
        return self.versions.filter(sent_at=None).first()

    def move(self, state: State) -> None:
        self.state = state
        self.save(update_fields=["state"])

    def set_time_zone(self, name: str) -> None:
        """Versions that were sent keep theirs."""
        if self.time_zone != name:
            self.time_zone = name
            self.save(update_fields=["time_zone"])


class QuoteLine(models.Model):
    """A line as it was asked for: one of our products, or something in the buyer's own words."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    #: A product that is deleted later leaves its line in words.
    product = models.ForeignKey("catalogue.Product", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(_("what was asked for"), max_length=limits.LINE_TEXT)
    quantity = models.PositiveIntegerField(_("quantity"))
    wished_price = models.DecimalField(_("wished net price"), max_digits=8, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=limits.LINE_NOTE, blank=True)
    is_left_out = models.BooleanField(_("left out of the offer"), default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "position"], name="quotes_line_position"),
            models.UniqueConstraint(
                fields=["quote", "product"], condition=Q(product__isnull=False), name="quotes_line_product"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=limits.QUANTITY), name="quotes_line_quantity"
            ),
            models.CheckConstraint(
                condition=Q(wished_price__isnull=True) | Q(wished_price__gt=Decimal(0)), name="quotes_line_wish"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="quotes_line_text"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.text}"

    def leave_out(self, is_left_out: bool) -> None:
        if self.is_left_out != is_left_out:
            self.is_left_out = is_left_out
            self.save(update_fields=["is_left_out"])
