"""Making an offer: lines get their products, the next version its prices; then it is sent and never changes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from supplier.accounts.models import User

from . import letters
from .actions import NotPossible, lock, refuse_closed
from .models import Quote, QuoteLine, QuoteLink, QuoteVersion, VersionLine
from .pricing import totals_of
from .products import make_product_for, public_net_price
from .time_zones import end_of_day

State = Quote.State


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
    refuse_closed(locked)
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
    refuse_closed(locked)
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
    refuse_closed(locked)
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
