"""Letters about things that were sold out, and about a review, with made-up data: for the staff's preview."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supplier.accounts.letters import Sample, absolute_url, make_letter

WHO = "rosa@clinic.example"


def asks() -> EmailMultiAlternatives:
    return _confirmation(is_waiting=False)


def waits_already() -> EmailMultiAlternatives:
    return _confirmation(is_waiting=True)


def back_again() -> EmailMultiAlternatives:
    context = {"title": _("Jade Hand Roller"), "name": "Rosa Whitlock", "product_url": absolute_url("/products/")}
    return make_letter("stock-alert-back", to=[WHO], context=context)


def review_refused() -> EmailMultiAlternatives:
    context = {
        "title": _("Jade Hand Roller"),
        "name": "Rosa",
        "reason": _("It names a neighbour of yours. Please leave the name out."),
        "review_url": absolute_url("/products/"),
    }
    return make_letter("review-refused", to=[WHO], context=context)


def _confirmation(*, is_waiting: bool) -> EmailMultiAlternatives:
    context: dict[str, Any] = {
        "title": _("Jade Hand Roller"),
        "is_waiting": is_waiting,
        "alert_url": absolute_url("/a/a-link-that-only-this-letter-has/"),
    }
    return make_letter("stock-alert-confirm", to=[WHO], context=context)


SAMPLES = (
    Sample("stock-alert-confirm", gettext_lazy("Stock alert, asks for a yes"), asks),
    Sample("stock-alert-confirm.waits", gettext_lazy("Stock alert, asked for twice"), waits_already),
    Sample("stock-alert-back", gettext_lazy("It is back"), back_again),
    Sample("review-refused", gettext_lazy("Review not shown"), review_refused),
)
