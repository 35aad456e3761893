"""An offer is accepted: one row, one order, at exactly this version's prices; or nothing happens and we say why."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.basket.models import Basket
from catalog.order.actions import BasketChanged, OutOfStock, place_order
from catalog.order.address_formats import address_lines
from catalog.order.models import Order, ShippingAddress

from .actions import NotPossible, lock
from .models import Acceptance, Quote, QuoteVersion
from .pricing import AgreedDelivery, VersionStrategy, totals_of

State = Quote.State


class NotAcceptable(NotPossible):
    """The offer can't be accepted; the message says why and what the buyer can do."""


class StockShort(NotAcceptable):
    """Fewer pieces are there than were offered; the message says of what, and nothing was changed."""


@dataclass(frozen=True)
class Buyer:
    """Who says yes, in whose words, and where it shall go."""

    name: str
    address: ShippingAddress
    po_number: str = ""


def accept(quote: Quote, *, version_number: int, buyer: Buyer) -> Order:
    """The order of this version, awaiting payment until the version's last day. Pressed twice, it is the same order."""
    try:
        with transaction.atomic():
            return _accept(quote, version_number=version_number, buyer=buyer)
    except OutOfStock as short:
        raise StockShort(_words(short)) from short
    except BasketChanged as change:
        raise NotAcceptable(str(change)) from change


def _accept(quote: Quote, *, version_number: int, buyer: Buyer) -> Order:
    locked = lock(quote)
    version = locked.versions.sent().filter(number=version_number).first()
    if version is None:
        raise NotAcceptable(_("This quote has no such offer. Look at it again below."))
    version.quote = locked
    if known := Acceptance.objects.filter(quote=locked).select_related("order", "version").first():
        return _known_order(known, version)
    _refuse_late(locked, version)
    order = _make_order(version, buyer)
    Acceptance.objects.create(
        quote=locked,
        version=version,
        name=buyer.name,
        po_number=buyer.po_number,
        delivery_address="\n".join(address_lines(buyer.address)),
        order=order,
    )
    locked.move(State.ORDERED)
    return order


def _known_order(known: Acceptance, version: QuoteVersion) -> Order:
    if known.version_id != version.pk:
        raise NotAcceptable(_("Offer %(number)s has been accepted already.") % {"number": known.version.number})
    return known.order


def _refuse_late(quote: Quote, version: QuoteVersion) -> None:
    """The clock decides, not the job that marks what has run out."""
    if quote.is_closed:
        raise NotAcceptable(
            _("This quote is %(state)s. Ask us for a new one, and we answer within one working day.")
            % {"state": quote.get_state_display()}
        )
    if not version.is_valid_at(timezone.now()):
        raise NotAcceptable(_("This offer has run out. Ask us for a new one, and we answer within one working day."))


def _make_order(version: QuoteVersion, buyer: Buyer) -> Order:
    quote = version.quote
    return place_order(
        _basket_of(version),
        user=quote.user,
        email=quote.email,
        shipping_address=buyer.address,
        shipping_method=AgreedDelivery(version),
        expected_total=totals_of(version).total,
        pay_until=version.last_moment,
        with_offers=False,
    )


def _basket_of(version: QuoteVersion) -> Basket:
    """A basket of its own, never the customer's: its prices are the version's."""
    basket = Basket.objects.create(status=Basket.SAVED)
    basket.strategy = VersionStrategy(version)
    for line in version.lines.select_related("product__parent").order_by("position"):
        basket.add_product(line.product, line.quantity)
    return basket


def _words(short: OutOfStock) -> str:
    lines = [
        _("%(title)s: %(available)s of %(wanted)s are there")
        % {"title": line.title, "available": line.available, "wanted": line.wanted}
        for line in short.lines
    ]
    return _("We can’t deliver it all just now. %(lines)s. Nothing was ordered; write to us and we find a way.") % {
        "lines": "; ".join(lines)
    }
