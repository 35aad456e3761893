"""Asking for a quote: the wholesale page, with its text and the form."""

from collections.abc import Iterator
from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.basket.requests import ShopRequest
from catalog.texts.display import show_for
from supplier.accounts.limits import is_over_limit
from supplier.accounts.models import User
from supplier.accounts.origin import same_origin_or_token
from supplier.pages.models import Page

from .actions import request_quote as receive
from .forms import RequestForm
from .products import normalise, parents_by_sku, products_by_sku

FROM_LINK = 20
AN_HOUR = 3600
PER_HOUR = 30


@require_http_methods(["GET", "HEAD", "POST"])
def request_quote(request: ShopRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, RequestForm(rows=list(_first_rows(request)), initial=_who(request)))
    if "more" in request.POST:
        return _page(request, RequestForm.with_more_rows(request.POST))
    form = RequestForm(request.POST)
    if not form.is_valid() or _asks_too_often(request, form):
        return _page(request, form, status=422)
    requested = receive(form.asked(), user=request.user if isinstance(request.user, User) else None)
    return redirect("quotes:quote", token=requested.token)


def _asks_too_often(request: HttpRequest, form: RequestForm) -> bool:
    """Each request writes a letter to the address in it, which may be somebody else's."""
    senders = {"ip": get_client_ip_address(request) or "", "address": form.cleaned_data["email"].casefold()}
    limits = {"limit": PER_HOUR, "per_seconds": AN_HOUR}
    over = [is_over_limit(f"quote-{kind}", key, **limits) for kind, key in senders.items() if key]
    if not any(over):
        return False
    form.add_error(None, _("That is a lot of requests for one hour. Send this one later, or write to us."))
    return True


@same_origin_or_token
@require_POST
def from_basket(request: HttpRequest) -> HttpResponse:
    basket: Any = request.basket  # type: ignore[attr-defined]
    if not basket.num_lines:
        messages.info(request, _("Your basket is empty. Put something into it, or fill in the form."))
        return redirect("quotes:request")
    return redirect(reverse("quotes:request") + "?basket=1")


def _page(request: HttpRequest, form: RequestForm, status: int = 200) -> HttpResponse:
    page = Page.objects.filter(slug="wholesale").first()
    context = {"form": form, "page": page, "text": show_for(request, page.text) if page else None}
    return render(request, "quotes/request.html", context, status=status)


def _who(request: ShopRequest) -> dict[str, Any]:
    user = request.user
    return {"name": user.get_full_name(), "email": user.email} if isinstance(user, User) else {}


def _first_rows(request: ShopRequest) -> Iterator[dict[str, Any]]:
    if "basket" in request.GET:
        for line in request.basket.all_lines():
            yield {"what": line.product.upc or line.product.get_title(), "quantity": line.quantity}
    skus = [normalise(sku) for sku in request.GET.getlist("sku")[:FROM_LINK]]
    if skus:
        yield from _rows_of(skus)


def _rows_of(skus: list[str]) -> Iterator[dict[str, Any]]:
    """A product that comes in variants brings a row for each; those left without a quantity are not asked for."""
    products, parents = products_by_sku(skus), parents_by_sku(skus)
    for sku in dict.fromkeys(skus):
        if sku in products:
            yield {"what": products[sku].upc}
        elif sku in parents:
            children = sorted(parents[sku].children.all(), key=lambda child: child.pk)
            yield from ({"what": child.upc, "is_offer": "1"} for child in children if child.is_public)
