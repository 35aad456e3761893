"""A quote as its buyer sees it, behind a guest link or signed in: what is shown, and what can be done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.order import states as order_states
from catalog.order.links import new_order_path, order_path
from catalog.order.models import Order

from .forms import AcceptanceForm
from .models import Acceptance, Quote, QuoteVersion
from .pricing import totals_of
from .way import stops

State = Quote.State


@dataclass(frozen=True)
class Door:
    """Where this visitor's pages of the quote are."""

    page: str
    acceptance: str
    order: str
    refusal: str
    is_account: bool = False


def context_of(request: HttpRequest, quote: Quote, door: Door, form: AcceptanceForm | None = None) -> dict[str, Any]:
    acceptance = Acceptance.objects.filter(quote=quote).select_related("order", "version").first()
    versions = quote.sent_versions()
    for version in versions:
        version.quote = quote
    shown = _shown(versions, acceptance, request.GET.get("offer", ""))
    can_accept = shown is not None and not quote.is_closed and shown.is_valid
    return {
        "quote": quote,
        "door": door,
        "versions": versions,
        "version": shown,
        "totals": totals_of(shown) if shown else None,
        "acceptance": acceptance,
        "order_word": order_states.word(acceptance.order.status) if acceptance else "",
        "is_awaiting_payment": acceptance is not None and acceptance.order.status == order_states.AWAITING_PAYMENT,
        "can_accept": can_accept,
        "form": form or (_form(quote, shown) if can_accept and shown else None),
        "lines": [] if shown else list(quote.lines.all()),
        "left_out": shown.left_out() if shown else [],
        "headline": headline(quote, shown),
        "stops": stops(quote, versions, acceptance),
    }


def _shown(versions: list[QuoteVersion], acceptance: Acceptance | None, number: str) -> QuoteVersion | None:
    """The one asked for in the address, else the accepted one, else the last."""
    wanted = number if number.isdecimal() and len(number) < 5 else str(acceptance.version.number if acceptance else "")
    found = [version for version in versions if str(version.number) == wanted.lstrip("0")]
    return (found or versions or [None])[-1]  # type: ignore[list-item]


def _form(quote: Quote, version: QuoteVersion) -> AcceptanceForm:
    return AcceptanceForm(quote=quote, initial={"version": version.number, "name": quote.name})


def headline(quote: Quote, version: QuoteVersion | None) -> str:
    """Whose turn it is, and what happened."""
    if quote.state == State.REQUESTED or (version is None and not quote.is_closed):
        return _("Ours. We are working out the prices.")
    if quote.state in (State.ACCEPTED, State.ORDERED):
        return _("Accepted. It is an order now.")
    if quote.state == State.DECLINED:
        return _("You declined it.")
    if quote.state == State.WITHDRAWN:
        return _("We have withdrawn it.")
    if version is not None and version.is_valid_at(timezone.now()):
        return _("Yours. Offer %(number)s is ready.") % {"number": version.number}
    return _("This offer has run out.")


def path_to_order(order: Order) -> str:
    """The same link each time while there is something to pay, so that looking makes no new rows."""
    attempt = order.payment_attempts.order_by("pk").last()
    return order_path(attempt) if attempt else new_order_path(order)
