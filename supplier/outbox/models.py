"""Every letter that leaves the house: waiting, sent or failed."""

import re
from collections.abc import Sequence
from datetime import timedelta
from email.mime.base import MIMEBase
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: The key in the address of a guest's page, such as /o/<token>/, of which elsewhere only the hash is kept.
_TOKEN = re.compile(r"(/[a-z]/)[\w-]{40,}")


def without_tokens(text: str) -> str:
    return _TOKEN.sub(r"\1…", text)


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        return self.filter(state=Letter.State.WAITING)

    def failed(self) -> "LetterQuerySet":
        return self.filter(state=Letter.State.FAILED)

    def unsent(self) -> "LetterQuerySet":
        """What somebody should look at: refused letters, and those that have been tried in vain for half an hour."""
        stuck = Q(state=Letter.State.WAITING, attempts__gt=0, created_at__lt=timezone.now() - timedelta(minutes=30))
        return self.filter(Q(state=Letter.State.FAILED) | stuck)

    def keep(self, message: EmailMessage, *, to: Sequence[str] | None = None) -> "Letter":
        """Store a message as a waiting letter, with a Message-ID that never changes."""
        headers = {str(name): str(value) for name, value in message.extra_headers.items() if name != "Message-ID"}
        message_id = make_msgid(domain=settings.SITE_HOST)
        letter = self.create(
            message_id=message_id,
            from_email=message.from_email or settings.DEFAULT_FROM_EMAIL,
            to=list(message.to if to is None else to),
            cc=list(message.cc),
            bcc=list(message.bcc),
            reply_to=list(message.reply_to),
            headers=headers,
            subject=str(message.subject),
            text=str(message.body),
            html=_html_part(message),
        )
        for attachment in message.attachments:
            letter.keep_attachment(attachment)
        return letter


class Letter(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    message_id = models.CharField(max_length=255, unique=True)
    from_email = models.CharField(max_length=320)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    reply_to = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="outbox_letter_due"),
            models.Index(fields=["state", "-created_at"], name="outbox_letter_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="outbox_letter_sent_has_time",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def as_message(self) -> EmailMultiAlternatives:
        """The message as it was given to us, with its fixed Message-ID."""
        message = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text,
            from_email=self.from_email,
            to=self.to,
            cc=self.cc,
            bcc=self.bcc,
            reply_to=self.reply_to,
            headers={**self.headers, "Message-ID": self.message_id},
        )
        if self.html:
            message.attach_alternative(self.html, "text/html")
        for attachment in self.attachments.all():
            message.attach(attachment.name, bytes(attachment.content), attachment.content_type)
        return message

    @property
    def seconds_until_due(self) -> float:
        return (self.next_attempt_at - timezone.now()).total_seconds()

    @property
    def shown_text(self) -> str:
        """For staff to read: a guest link is its addressee's alone."""
        return without_tokens(self.text)

    def keep_attachment(self, attachment: Any) -> None:
        if isinstance(attachment, MIMEBase):
            content = attachment.get_payload(decode=True)
            name, content_type = attachment.get_filename(), attachment.get_content_type()
        else:
            name, content, content_type = attachment
        if isinstance(content, str):
            content = content.encode()
        self.attachments.create(name=name or "", content=content, content_type=content_type or "")

    def mark_sent(self) -> None:
        """Guest links in it are blotted out: nobody but their reader needs them any more."""
        self.state, self.sent_at, self.last_error = self.State.SENT, timezone.now(), ""
        self.text, self.html = without_tokens(self.text), without_tokens(self.html)
        self.save()

    def mark_failed(self, error: str) -> None:
        self.state, self.last_error = self.State.FAILED, error[:2000]
        self.save()

    def try_later(self, error: str, *, seconds: float) -> None:
        self.last_error = error[:2000]
        self.next_attempt_at = timezone.now() + timedelta(seconds=seconds)
        self.save()

    def send_again(self) -> None:
        """Staff's "send again": the same letter, the same Message-ID, a new row of tries."""
        self.state, self.attempts, self.next_attempt_at = self.State.WAITING, 0, timezone.now()
        self.save()


class Attachment(models.Model):
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=255, blank=True)
    content = models.BinaryField()


def _html_part(message: EmailMessage) -> str:
    for alternative in getattr(message, "alternatives", []):
        if alternative[1] == "text/html":
            return str(alternative[0])
    return ""
