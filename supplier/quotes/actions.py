"""Asking for a quote, and its ends. Offers are made in offering.py and accepted in accepting.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from supplier.accounts.models import User

from . import letters
from .models import Quote, QuoteLine, QuoteLink
from .requests import Asked

State = Quote.State


class NotPossible(Exception):
    """The quote does not allow it as it stands now; the message says why and what can be done."""


@dataclass(frozen=True)
class Requested:
    """`token` opens the quote's page. `is_new` is False when the same form was sent before."""

    quote: Quote
    token: str
    is_new: bool


def request_quote(asked: Asked, *, user: User | None = None, with_letters: bool = True) -> Requested:
    """Quote, lines, link and both letters in one transaction; the same form sent twice is one quote."""
    try:
        with transaction.atomic():
            return _request(asked, user=user, with_letters=with_letters)
    except IntegrityError:
        known = Quote.objects.filter(form_key=asked.form_key, form_digest=asked.digest).first()
        if known is None:
            raise
        return Requested(known, QuoteLink.objects.issue(quote=known), is_new=False)


def _request(asked: Asked, *, user: User | None, with_letters: bool) -> Requested:
    quote = Quote.objects.create(
        name=asked.name,
        email=asked.email,
        company=asked.company,
        country_id=asked.country_code,
        time_zone=asked.time_zone,
        wished_on=asked.wished_on,
        note=asked.note,
        user=user,
        form_key=asked.form_key,
        form_digest=asked.digest,
    )
    QuoteLine.objects.bulk_create(_lines(quote, asked))
    token = QuoteLink.objects.issue(quote=quote)
    if with_letters:
        letters.send_acknowledgement(quote, token=token)
        letters.send_to_sales(quote)
    return Requested(quote, token, is_new=True)


def _lines(quote: Quote, asked: Asked) -> Iterable[QuoteLine]:
    for position, line in enumerate(asked.lines, start=1):
        yield QuoteLine(
            quote=quote,
            position=position,
            product=line.product,
            text=line.text,
            quantity=line.quantity,
            wished_price=line.wished_price,
            note=line.note,
        )


@transaction.atomic
def withdraw(quote: Quote) -> None:
    """We take the request or its offers back; nothing can be accepted any more."""
    _close(quote, State.WITHDRAWN)


@transaction.atomic
def decline(quote: Quote) -> None:
    """The buyer does not want it."""
    _close(quote, State.DECLINED)


def _close(quote: Quote, state: Quote.State) -> None:
    locked = lock(quote)
    if locked.state != state:
        refuse_closed(locked)
        locked.move(state)


def mark_expired(now: datetime) -> int:
    """The job only writes down what the clock says; an acceptance asks the clock itself."""
    run_out = Quote.objects.run_out(now)
    return run_out.update(state=State.EXPIRED)


def lock(quote: Quote) -> Quote:
    return Quote.objects.select_for_update(of=("self",)).select_related("country").get(pk=quote.pk)


def refuse_closed(quote: Quote) -> None:
    if quote.is_closed:
        raise NotPossible(_("This quote is %(state)s; nothing can be changed.") % {"state": quote.get_state_display()})
