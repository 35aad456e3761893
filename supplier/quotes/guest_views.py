"""A quote behind its guest link: whoever holds the link may see and answer it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from supplier.accounts.links import private_page

from . import answering
from .buyer import Door
from .models import Quote, QuoteLink


@private_page
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    return answering.show(request, _quote(token), _door(token))


@private_page
def acceptance(request: HttpRequest, token: str) -> HttpResponse:
    return answering.take_acceptance(request, _quote(token), _door(token))


@private_page
@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    return answering.to_order(_quote(token), _door(token))


@private_page
def refusal(request: HttpRequest, token: str) -> HttpResponse:
    return answering.take_refusal(request, _quote(token), _door(token))


def _quote(token: str) -> Quote:
    link = QuoteLink.objects.select_related("quote__country", "quote__user").find(token)
    if link is None:
        raise Http404
    quote: Quote = link.quote
    return quote


def _door(token: str) -> Door:
    return Door(
        page=reverse("quotes:quote", args=[token]),
        acceptance=reverse("quotes:acceptance", args=[token]),
        order=reverse("quotes:order", args=[token]),
        refusal=reverse("quotes:refusal", args=[token]),
    )
