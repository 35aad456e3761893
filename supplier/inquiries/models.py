"""Messages to the sales staff: an inquiry is a thread that starts with a visitor's message."""

import uuid
from typing import Any

from babel import Locale
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from supplier.accounts.links import AbstractGuestLink

from .search import haystack_of, words_of

#: Readable over the telephone: no 0 and O, no 1, I and L.
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class State(models.TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    QUARANTINED = "quarantined", _("Looks like spam")


class Kind(models.TextChoices):
    PRODUCT = "product", _("A tool")
    ORDER = "order", _("An order")
    WHOLESALE = "wholesale", _("A larger quantity")
    PRESS = "press", _("Press")
    OTHER = "other", _("Something else")


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def to_answer(self) -> "InquiryQuerySet":
        return self.filter(state__in=(State.NEW, State.OPEN)).order_by("waiting_since", "pk")

    def quarantined(self) -> "InquiryQuerySet":
        return self.filter(state=State.QUARANTINED).order_by("-created_at", "-pk")

    def matching(self, query: str) -> "InquiryQuerySet":
        """Those that hold every word of the query, in the thread or about its author."""
        found = self
        for word in words_of(query):
            found = found.filter(haystack__contains=word)
        return found


class Inquiry(models.Model):
    reference = models.CharField(max_length=12, unique=True, editable=False)
    #: Made from what was sent: the same message sent twice is one inquiry.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)

    name = models.CharField(max_length=200)
    email = models.EmailField()
    company = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="inquiries"
    )

    #: The page that it came from.
    context_kind = models.CharField(max_length=20, blank=True)
    context_key = models.CharField(max_length=150, blank=True)
    context_title = models.CharField(max_length=255, blank=True)
    context_url = models.CharField(max_length=500, blank=True)

    spam_score = models.PositiveSmallIntegerField(default=0)
    spam_reasons = models.JSONField(default=list, blank=True)

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned_inquiries"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: When the visitor wrote last.
    waiting_since = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    haystack = models.TextField(blank=True, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "inquiries"
        indexes = [
            models.Index(
                fields=["waiting_since", "id"], condition=Q(state__in=("new", "open")), name="inquiry_waiting"
            ),
            models.Index(fields=["state", "-created_at"], name="inquiry_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="inquiry_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="inquiry_kind_known"),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="inquiry_answered_has_time"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="inquiry_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.name}"

    @property
    def country_name(self) -> str:
        return str(Locale.parse("en_GB").territories.get(self.country, self.country))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reference = self.reference or new_reference()
        super().save(*args, **kwargs)

    @property
    def waits_for_us(self) -> bool:
        return self.state in (State.NEW, State.OPEN)

    @property
    def is_quarantined(self) -> bool:
        return self.state == State.QUARANTINED

    @property
    def about(self) -> str:
        """The page it came from, in words."""
        return self.context_title or (f"{self.context_kind}:{self.context_key}" if self.context_kind else "")

    def mark_answered(self, *, by: Any) -> None:
        self.state, self.answered_at, self.closed_at = State.ANSWERED, timezone.now(), None
        self.assigned_to = self.assigned_to or by
        self.save()

    def mark_waiting(self) -> None:
        """The visitor wrote again; a quarantined thread stays quarantined until somebody has looked at it."""
        if not self.is_quarantined:
            self.state = State.OPEN
        self.closed_at, self.waiting_since = None, timezone.now()
        self.save()

    def assign(self, to: Any) -> None:
        self.assigned_to = to
        if to and self.state == State.NEW:
            self.state = State.OPEN
        self.save()

    def close(self) -> None:
        self.state, self.closed_at = State.CLOSED, timezone.now()
        self.save()

    def release(self) -> None:
        self.state = State.NEW
        self.save()

    def remember_words(self, *texts: str) -> None:
        about = (self.reference, self.name, self.email, self.company, self.context_title)
        self.haystack = haystack_of(*([self.haystack] if self.haystack else about), *texts)


class Message(models.Model):
    """One letter of the thread, as typed."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="messages")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    is_ours = models.BooleanField(default=False)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_ours=True) | Q(staff=None), name="inquiry_message_visitor_no_staff"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def author(self) -> str:
        if not self.is_ours:
            return self.inquiry.name
        brand = settings.COMPANY["brand"]
        name = self.staff.get_full_name() if self.staff else ""
        return f"{name}, {brand}" if name else brand


class InquiryLink(AbstractGuestLink):
    """The unguessable address of a thread, /m/<token>/."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="links")


def new_reference() -> str:
    while True:
        reference = f"M-{get_random_string(6, REFERENCE_LETTERS)}"
        if not Inquiry.objects.filter(reference=reference).exists():
            return reference
