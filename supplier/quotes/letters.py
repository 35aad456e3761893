"""Letters about a quote. Each is sent inside the transaction of what it tells."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from oscar.templatetags.currency_filters import currency

from supplier.accounts.letters import absolute_url, make_letter

from .models import Quote, QuoteLine, QuoteVersion
from .pricing import CURRENCY, Totals, totals_of


@dataclass(frozen=True)
class Row:
    """A line or a sum of a letter; `sum` and `value` are formatted."""

    name: str
    quantity: int | str = ""
    sum: str = ""
    value: str = ""
    is_total: bool = False


def send_acknowledgement(quote: Quote, *, token: str) -> None:
    context = {"quote": quote, "lines": asked_rows(quote), "quote_url": _page(token)}
    _write_to_buyer("quote-received", quote, context)


def send_to_sales(quote: Quote) -> None:
    """Answering it writes to the buyer."""
    context = {"quote": quote, "lines": asked_rows(quote), "desk_url": _desk(quote)}
    make_letter("quote-to-sales", to=settings.SALES_EMAILS, reply_to=[quote.email], context=context).send()


def send_offer(version: QuoteVersion, *, token: str) -> None:
    totals = totals_of(version)
    context = {
        "quote": version.quote,
        "version": version,
        "lines": offered_rows(totals),
        "left_out": ", ".join(str(line) for line in version.left_out()),
        "sums": sum_rows(version, totals),
        "has_vat": totals.has_vat,
        "quote_url": _page(token),
    }
    _write_to_buyer("quote-offered", version.quote, context)


def _write_to_buyer(name: str, quote: Quote, context: dict[str, Any]) -> None:
    """Answering it writes to the sales staff."""
    make_letter(name, to=[quote.email], reply_to=settings.SALES_EMAILS[:1], context=context).send()


def asked_rows(quote: Quote) -> list[Row]:
    return [Row(line.text, line.quantity, sum=_wish(line)) for line in quote.lines.all()]


def _wish(line: QuoteLine) -> str:
    return _("wished: %(price)s") % {"price": money(line.wished_price)} if line.wished_price else ""


def offered_rows(totals: Totals) -> list[Row]:
    return [Row(priced.line.title, priced.line.quantity, sum=money(priced.sum.net)) for priced in totals.lines]


def sum_rows(version: QuoteVersion, totals: Totals) -> list[Row]:
    return [
        Row(_("Delivery: %(name)s") % {"name": version.delivery_name}, value=money_or_free(totals.delivery)),
        Row(totals.vat_words, value=money(totals.vat) if totals.has_vat else _("none")),
        Row(_("To pay"), value=money(totals.total), is_total=True),
    ]


def money(amount: Any) -> str:
    return str(currency(amount, CURRENCY))


def money_or_free(amount: Any) -> str:
    return money(amount) if amount else _("Free")


def _page(token: str) -> str:
    return absolute_url(reverse("quotes:quote", args=[token]))


def _desk(quote: Quote) -> str:
    return absolute_url(f"/desk/quotes/{quote.reference}/")
