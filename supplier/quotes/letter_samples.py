"""Letters about a quote, with a quote made up: for the staff's preview."""

from datetime import date
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.apps.address.models import Country

from supplier.accounts.letters import Sample, absolute_url, make_letter

from .letters import Row
from .models import Quote, QuoteVersion

BUYER = "rosa@clinic.example"
SALES = "sales@stillhand.example"


def received() -> EmailMultiAlternatives:
    context = {"quote": _quote(), "lines": _asked(), "quote_url": _page()}
    return make_letter("quote-received", to=[BUYER], context=context)


def to_sales() -> EmailMultiAlternatives:
    context = {"quote": _quote(), "lines": _asked(), "desk_url": absolute_url("/desk/quotes/")}
    return make_letter("quote-to-sales", to=[SALES], context=context)


def offered() -> EmailMultiAlternatives:
    return make_letter("quote-offered", to=[BUYER], context=_offer())


def offered_abroad() -> EmailMultiAlternatives:
    sums = [Row(_("Delivery: %(name)s") % {"name": _("pallet")}, value="£95.00"), Row(_("VAT"), value=_("none"))]
    total = Row(_("To pay"), value="£1,075.00", is_total=True)
    changes = {"has_vat": False, "left_out": _("Ceramic warming bowl"), "sums": [*sums, total]}
    return make_letter("quote-offered", to=[BUYER], context=_offer(zone="Europe/Berlin") | changes)


def _offer(zone: str = "Europe/London") -> dict[str, Any]:
    quote = _quote()
    return {
        "quote": quote,
        "version": QuoteVersion(quote=quote, number=1, valid_until=date(2027, 1, 15), time_zone=zone),
        "lines": [
            Row(_("Deep Hand Massage Roller, beech and steel"), 20, sum="£480.00"),
            Row(_("Lavender Hand Oil, 1 litre"), 10, sum="£500.00"),
        ],
        "left_out": "",
        "sums": [
            Row(_("Delivery: %(name)s") % {"name": _("Tracked 48")}, value=_("Free")),
            Row(_("VAT at 20 %"), value="£196.00"),
            Row(_("To pay"), value="£1,176.00", is_total=True),
        ],
        "has_vat": True,
        "quote_url": _page(),
    }


def _quote() -> Quote:
    return Quote(
        reference="Q-4XK7M",
        name="Rosa Whitlock",
        email=BUYER,
        company="Harbour Clinic",
        country=Country(iso_3166_1_a2="GB", printable_name="United Kingdom"),
        wished_on=date(2027, 1, 29),
        note=_("Could half of the rollers have our name on them?"),
    )


def _asked() -> list[Row]:
    return [
        Row(_("Deep Hand Massage Roller, beech and steel"), 20, sum=_("wished: %(price)s") % {"price": "£23.00"}),
        Row(_("Lavender Hand Oil, 1 litre"), 10),
    ]


def _page() -> str:
    return absolute_url("/q/a-link-that-only-the-buyer-gets/")


SAMPLES = (
    Sample("quote-received", gettext_lazy("Quote asked for"), received),
    Sample("quote-to-sales", gettext_lazy("Quote asked for, to sales"), to_sales),
    Sample("quote-offered", gettext_lazy("Offer"), offered),
    Sample("quote-offered.abroad", gettext_lazy("Offer to another country, with something left out"), offered_abroad),
)
