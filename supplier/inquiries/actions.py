"""Writing, answering and sorting messages. What is written and the letters about it are committed together."""

import uuid
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from supplier.accounts.models import User

from . import letters, spam
from .context import find_context
from .forms import InquiryForm
from .models import Inquiry, Message, State


@transaction.atomic
def receive_inquiry(
    form: InquiryForm,
    *,
    user: User | AnonymousUser | None = None,
    more_reasons: Iterable[str] = (),
    with_letters: bool = True,
) -> tuple[Inquiry, bool]:
    """The inquiry of a valid form, and whether it is new: sending the same form again finds the first one."""
    reasons = [*form.spam_reasons, *more_reasons]
    inquiry, is_new = Inquiry.objects.get_or_create(key=form.key, defaults=_fields(form, user, reasons))
    if not is_new:
        return inquiry, False
    text = form.cleaned_data["text"]
    inquiry.messages.create(key=inquiry.key, text=text, written_at=inquiry.created_at)
    inquiry.remember_words(text)
    inquiry.save()
    if with_letters:
        letters.send_to_sales(inquiry)
        if not inquiry.is_quarantined:
            letters.send_acknowledgement(inquiry)
    return inquiry, True


def _fields(form: InquiryForm, user: User | AnonymousUser | None, reasons: list[str]) -> dict[str, object]:
    data = form.cleaned_data
    context = find_context(data["about"])
    score = spam.score(reasons)
    return {
        **{name: data[name] for name in ("name", "email", "company", "country", "kind")},
        "user": user if isinstance(user, User) else None,
        "context_kind": context.kind,
        "context_key": context.key,
        "context_title": context.title,
        "context_url": context.url,
        "spam_score": score,
        "spam_reasons": reasons,
        "state": State.QUARANTINED if score >= spam.LIMIT else State.NEW,
    }


@transaction.atomic
def write_back(inquiry: Inquiry, *, text: str, key: uuid.UUID) -> Message:
    """The visitor's further letter; the sales staff hear of it."""
    inquiry, message, is_new = _add(inquiry, text=text, key=key)
    if is_new:
        inquiry.mark_waiting()
        letters.send_to_sales(inquiry, message)
    return message


@transaction.atomic
def answer_inquiry(inquiry: Inquiry, *, by: User, text: str, key: uuid.UUID) -> Message:
    """Our answer, and its letter to the visitor. Answering a quarantined message releases it."""
    inquiry, message, is_new = _add(inquiry, text=text, key=key, by=by)
    if is_new:
        inquiry.mark_answered(by=by)
        letters.send_answer(message)
    return message


def _add(inquiry: Inquiry, *, text: str, key: uuid.UUID, by: User | None = None) -> tuple[Inquiry, Message, bool]:
    """Under the inquiry's lock, so that a button pressed twice finds what its first press has written.

    What was typed belongs to the key: who goes back, adds a line and sends again has written a second letter.
    """
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    message, is_new = inquiry.messages.get_or_create(
        key=uuid.uuid5(key, f"{inquiry.pk} {text}"), defaults={"text": text, "is_ours": by is not None, "staff": by}
    )
    if is_new:
        inquiry.remember_words(text)
    return inquiry, message, is_new


@transaction.atomic
def release_inquiry(inquiry: Inquiry) -> bool:
    """Not spam after all: it waits for an answer, and the letters go out that were held back. False: done before."""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if not inquiry.is_quarantined:
        return False
    inquiry.release()
    letters.send_acknowledgement(inquiry)
    letters.send_to_sales(inquiry)
    return True


@transaction.atomic
def close_inquiry(inquiry: Inquiry) -> None:
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if inquiry.state != State.CLOSED:
        inquiry.close()


@transaction.atomic
def assign_inquiry(inquiry: Inquiry, *, to: User | None) -> None:
    Inquiry.objects.select_for_update().get(pk=inquiry.pk).assign(to)
