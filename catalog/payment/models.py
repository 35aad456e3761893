"""Payments by Stripe: what we asked for, and every event that Stripe told us."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PaymentAttemptQuerySet(models.QuerySet["PaymentAttempt"]):
    def live(self) -> "PaymentAttemptQuerySet":
        """Those that may still bring money."""
        return self.filter(state__in=PaymentAttempt.LIVE)

    def needing_attention(self) -> "PaymentAttemptQuerySet":
        return self.exclude(attention="")

    def quiet_since(self, moment: datetime) -> "PaymentAttemptQuerySet":
        return self.filter(changed_at__lt=moment)


class PaymentAttempt(models.Model):
    """One try to pay an order. `key` is Stripe's idempotency key: the same attempt never makes two sessions."""

    class State(models.TextChoices):
        CREATED = "created", _("created")
        OPEN = "open", _("open at Stripe")
        PROCESSING = "processing", _("the bank is working on it")
        PAID = "paid", _("paid")
        FAILED = "failed", _("failed")
        EXPIRED = "expired", _("expired")

    LIVE = (State.CREATED, State.OPEN, State.PROCESSING)
    # Stripe wants at least 30 minutes; the rest is for a slow line and a second try with the same key.
    LIFE = timedelta(minutes=35)

    order = models.ForeignKey("order.Order", models.PROTECT, related_name="payment_attempts", verbose_name=_("order"))
    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CREATED)
    session_id = models.CharField(_("Stripe session"), max_length=255, unique=True, null=True, blank=True)
    #: What staff must look at, in words; empty when all is well.
    attention = models.TextField(_("needs attention"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = PaymentAttemptQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("payment attempt")
        verbose_name_plural = _("payment attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(state__in=["created", "open", "processing"]),
                name="payment_one_live_attempt_per_order",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_attempt_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.get_state_display()}"

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def expires_at(self) -> datetime:
        """When its session runs out at Stripe: the same moment whenever the request is repeated."""
        return self.created_at + self.LIFE

    @property
    def pence(self) -> int:
        return to_pence(self.amount)

    def move(self, state: State, *, session_id: str | None = None, attention: str | None = None) -> None:
        self.state = state
        if session_id is not None:
            self.session_id = session_id
        if attention is not None:
            self.attention = attention
        self.save(update_fields=["state", "session_id", "attention", "changed_at"])


class StripeEventQuerySet(models.QuerySet["StripeEvent"]):
    def keep(self, payload: dict[str, Any]) -> "StripeEvent | None":
        """The new row, or None when this event was told before."""
        event, is_new = self.get_or_create(
            event_id=payload["id"], defaults={"type": payload["type"], "payload": payload}
        )
        return event if is_new else None

    def waiting(self) -> "StripeEventQuerySet":
        return self.filter(handled_at=None)


class StripeEvent(models.Model):
    """Stored before it is handled; the job asks Stripe again and trusts nothing in it but the session's id."""

    event_id = models.CharField(_("event"), max_length=255, unique=True)
    type = models.CharField(_("type"), max_length=100)
    payload = models.JSONField(_("payload"))
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = StripeEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Stripe event")
        verbose_name_plural = _("Stripe events")

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"

    @property
    def session_id(self) -> str | None:
        """The Checkout Session that it is about, if it is about one."""
        about = self.payload.get("data", {}).get("object", {})
        return about.get("id") if about.get("object") == "checkout.session" else None

    def mark_handled(self) -> None:
        self.handled_at, self.error = timezone.now(), ""
        self.save(update_fields=["handled_at", "error"])

    def mark_failed(self, error: Exception) -> None:
        self.error = f"{type(error).__name__}: {error}"[:2000]
        self.save(update_fields=["error"])


def to_pence(amount: Decimal) -> int:
    return int(amount.scaleb(2))


from oscar.apps.payment.models import *  # noqa: E402, F403, TID251
from oscar.apps.payment.models import Source, SourceType, Transaction  # noqa: E402, F401, TID251
