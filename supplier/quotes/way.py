"""How far a quote has come, as stops on a line."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .models import Acceptance, Quote, QuoteVersion


@dataclass(frozen=True)
class Stop:
    """`state` is done, now or ahead; `more` is a date or a remark."""

    name: str
    state: str
    more: str = ""


def stops(quote: Quote, versions: list[QuoteVersion], acceptance: Acceptance | None) -> list[Stop]:
    past = [Stop(_("You asked"), "done", _moment(quote.created_at))]
    past += [Stop(_offer(version), "done", _moment(version.sent_at)) for version in versions]
    if acceptance:
        past.append(Stop(_("Accepted"), "done", _moment(acceptance.accepted_at)))
    if end := _end(quote):
        return [*past, Stop(end, "now")]
    last = past.pop()
    return [*past, Stop(last.name, "now", last.more), *_ahead(versions, acceptance)]


def _ahead(versions: list[QuoteVersion], acceptance: Acceptance | None) -> list[Stop]:
    if acceptance:
        return []
    offer = [] if versions else [Stop(_("Our offer"), "ahead", _("within one working day"))]
    return [*offer, Stop(_("Accepted"), "ahead", _("then it is an order"))]


def _end(quote: Quote) -> str:
    ends = {
        Quote.State.DECLINED: _("Declined"),
        Quote.State.WITHDRAWN: _("Withdrawn"),
        Quote.State.EXPIRED: _("Run out"),
    }
    return ends.get(Quote.State(quote.state), "")


def _offer(version: QuoteVersion) -> str:
    return _("Offer %(number)s") % {"number": version.number}


def _moment(moment: datetime | None) -> str:
    return date_format(localtime(moment), "D j M, H:i") if moment else ""
