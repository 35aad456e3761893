"""Quotes of somebody who is signed in: their own and no others."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from supplier.accounts.desk import page_of
from supplier.accounts.links import private_page
from supplier.accounts.models import User

from . import answering
from .buyer import Door
from .models import Quote


@private_page
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {**page_of(request, _own(request)), "page_title": _("Your quotes"), "active_tab": "quotes"}
    return render(request, "quotes/account-list.html", context)


@private_page
@login_required
@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    return answering.show(request, _quote(request, reference), _door(reference))


@private_page
@login_required
def acceptance(request: HttpRequest, reference: str) -> HttpResponse:
    return answering.take_acceptance(request, _quote(request, reference), _door(reference))


@private_page
@login_required
@require_safe
def order(request: HttpRequest, reference: str) -> HttpResponse:
    return answering.to_order(_quote(request, reference), _door(reference))


@private_page
@login_required
def refusal(request: HttpRequest, reference: str) -> HttpResponse:
    return answering.take_refusal(request, _quote(request, reference), _door(reference))


def _own(request: HttpRequest) -> Any:
    user = request.user
    return Quote.objects.of_user(user) if isinstance(user, User) else Quote.objects.none()


def _quote(request: HttpRequest, reference: str) -> Quote:
    quote: Quote = get_object_or_404(_own(request).select_related("country", "user"), reference=plain(reference))
    return quote


def plain(reference: str) -> str:
    """PostgreSQL can't even look for a NUL byte."""
    return reference.replace("\x00", "")


def _door(reference: str) -> Door:
    return Door(
        page=reverse("quotes:account-quote", args=[reference]),
        acceptance=reverse("quotes:account-acceptance", args=[reference]),
        order=reverse("quotes:account-order", args=[reference]),
        refusal=reverse("quotes:account-refusal", args=[reference]),
        is_account=True,
    )
