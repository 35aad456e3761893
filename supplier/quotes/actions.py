"""Asking for a quote and making an offer. What happens when the offer is accepted is in accepting.py."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from supplier.accounts.models import User

from . import letters
from .models import Quote, QuoteLine, QuoteLink, QuoteVersion, VersionLine
from .pricing import totals_of
from .products import make_product_for, public_net_price
from .requests import Asked
from .time_zones import end_of_day

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


@dataclass(frozen=True)
class OfferedLine:
    """A product offered at `price`, net, a piece, in answer to the line at this position."""

    position: int
    product: Product
    quantity: int
    price: Decimal


@transaction.atomic
def write_draft(
    quote: Quote, *, lines: Iterable[OfferedLine], left_out: Collection[int] = (), time_zone: str = "", **terms: object
) -> QuoteVersion:
    """The next version, written anew until it is sent. `terms`: valid_until, delivery_name, delivery_price."""
    locked = lock(quote)
    _refuse_closed(locked)
    draft = locked.draft() or QuoteVersion(quote=locked, number=locked.versions.count() + 1)
    for name, value in terms.items():
        setattr(draft, name, value)
    draft.save()
    draft.lines.all().delete()
    VersionLine.objects.bulk_create(_version_line(draft, offered) for offered in lines)
    for line in locked.lines.all():
        line.leave_out(line.position in left_out)
    locked.set_time_zone(time_zone or locked.time_zone)
    return draft


def _version_line(draft: QuoteVersion, offered: OfferedLine) -> VersionLine:
    product = offered.product
    return VersionLine(
        version=draft,
        position=offered.position,
        product=product,
        title=product.get_title(),
        sku=product.upc or "",
        quantity=offered.quantity,
        public_price=public_net_price(product),
        price=offered.price,
    )


@transaction.atomic
def name_product(line: QuoteLine, *, product: Product) -> None:
    """The line in words is about this product of ours."""
    _give_product(line, product)


@transaction.atomic
def make_product(line: QuoteLine, *, title: str, cost: Decimal | None) -> None:
    """The line in words becomes something made for this quote. Pressed twice, one is made."""
    locked = lock(line.quote)
    if not locked.lines.filter(pk=line.pk, product=None).exists():
        return
    _give_product(line, make_product_for(line, title=title, cost=cost))


def _give_product(line: QuoteLine, product: Product) -> None:
    locked = lock(line.quote)
    _refuse_closed(locked)
    others = locked.lines.exclude(pk=line.pk)
    if others.filter(product=product).exists():
        raise NotPossible(_("This product is on another line already. Raise its quantity there."))
    locked.lines.filter(pk=line.pk, product=None).update(product=product)


@transaction.atomic
def send_version(quote: Quote, *, number: int, by: User, seen: str | None = None) -> QuoteVersion:
    """The letter goes out once: a version that was sent already is given back as it is.

    `seen`: the total that the page showed, as text; another one is refused. Raises NotPossible.
    """
    locked = lock(quote)
    version = locked.versions.filter(number=number).first()
    if version is None:
        raise NotPossible(_("There is no such offer. Save the prices first."))
    version.quote = locked
    if version.sent_at:
        return version
    _refuse_closed(locked)
    if missing := what_is_missing(locked, version):
        raise NotPossible(" ".join(missing))
    if seen is not None and seen != str(totals_of(version).total):
        raise NotPossible(_("The offer was changed in between. Look at it once more before you send it."))
    version.mark_sent(by=by, at=timezone.now())
    locked.move(State.OFFERED)
    letters.send_offer(version, token=QuoteLink.objects.issue(quote=locked))
    return version


def what_is_missing(quote: Quote, version: QuoteVersion) -> list[str]:
    """What has to be told before this version may be sent, one sentence each."""
    asked = [line for line in quote.lines.all() if not line.is_left_out]
    offered = {line.position for line in version.lines.all()}
    open_lines = [str(line.position) for line in asked if line.position not in offered]
    missing = []
    if open_lines:
        missing.append(
            _("No price yet for line %(lines)s: price it or leave it out.") % {"lines": ", ".join(open_lines)}
        )
    if not offered:
        missing.append(_("An offer needs at least one line."))
    if version.delivery_price is None or not version.delivery_name:
        missing.append(_("Say how it is delivered and for how much; 0 is free."))
    if version.valid_until is None or end_of_day(version.valid_until, quote.time_zone) <= timezone.now():
        missing.append(_("Choose a last day that is not over yet where the buyer is."))
    return missing


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
        _refuse_closed(locked)
        locked.move(state)


def mark_expired(now: datetime) -> int:
    """The job only writes down what the clock says; an acceptance asks the clock itself."""
    run_out = Quote.objects.run_out(now)
    return run_out.update(state=State.EXPIRED)


def lock(quote: Quote) -> Quote:
    return Quote.objects.select_for_update(of=("self",)).select_related("country").get(pk=quote.pk)


def _refuse_closed(quote: Quote) -> None:
    if quote.is_closed:
        raise NotPossible(_("This quote is %(state)s; nothing can be changed.") % {"state": quote.get_state_display()})
