"""Asking to be told when something is back, the page behind a guest's link, and the list in the account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.catalogue import product_page
from catalog.catalogue.models import Product
from catalog.catalogue.offers import Offer, offers_of
from catalog.catalogue.shelf import gather
from catalog.customer.models import AlertLink, ProductAlert
from supplier.accounts.limits import client_ip, is_over_limit
from supplier.accounts.links import private_page
from supplier.accounts.models import User
from supplier.accounts.origin import same_origin_or_token

from . import actions
from .forms import AlertForm

HOUR, DAY = 3600, 86_400
LETTERS_A_DAY = 5
#: A whole office may share one address of the net.
ALERTS_AN_HOUR_FROM_ONE_PLACE = 20


@same_origin_or_token
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a product's page, which a cache may serve: no token for visitors without a session."""
    product = get_object_or_404(Product.objects.for_cards(), pk=pk, is_public=True, parent=None)
    if request.method != "POST":
        return redirect(product.get_absolute_url())
    offers = _sold_out(request, product)
    if not offers:
        return _back_already(request, product)
    form = AlertForm(request.POST, offers=offers, user=request.user)
    if form.is_valid() and is_over_limit(
        "alert", client_ip(request), limit=ALERTS_AN_HOUR_FROM_ONE_PLACE, per_seconds=HOUR
    ):
        form.add_error(None, _("That is a lot at once. Wait an hour and send it again; it is still here."))
    if not form.is_valid():
        return _page_again(request, product, form)
    return _ask(request, product, form)


def _sold_out(request: HttpRequest, product: Product) -> list[Offer]:
    offers = offers_of(product, gather([product]), request.strategy)  # type: ignore[attr-defined]
    return [offer for offer in offers if not offer.is_available]


def _back_already(request: HttpRequest, product: Product) -> HttpResponse:
    """A visitor without a session is told by the page itself: a cached page must find nothing to tell."""
    if isinstance(request.user, User):
        messages.info(request, _("It is in stock just now: you can put it into your basket."))
    return redirect(f"{product.get_absolute_url()}#buy")


def _page_again(request: HttpRequest, product: Product, form: AlertForm) -> HttpResponse:
    chosen = request.POST.get("product", "")[:20]
    context = product_page.context_of(request, product.pk, variant=chosen)
    return render(request, "catalogue/product.html", {**context, "alert_form": form}, status=422)


def _ask(request: HttpRequest, product: Product, form: AlertForm) -> HttpResponse:
    wanted = form.chosen_product
    if isinstance(request.user, User):
        actions.ask_as_customer(wanted, user=request.user)
        messages.success(request, _("We write to you when %(title)s is back.") % {"title": wanted.get_title()})
        return redirect(wanted.page_url)
    email = form.cleaned_data["email"]
    # The answer is the same whoever waits already, and however often somebody asks for this address.
    if not form.is_trapped and not is_over_limit(
        "alert-letter", email.casefold(), limit=LETTERS_A_DAY, per_seconds=DAY
    ):
        actions.ask_as_guest(wanted, email=email)
    return redirect("alerts:asked", pk=product.pk)


@require_safe
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product, pk=pk, is_public=True, parent=None)
    return render(request, "customer/alerts/asked.html", {"product": product})


@private_page
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: programs that check letters follow their links."""
    alert = _alert_of(token)
    context = {"alert": alert, "token": token, "product_url": alert.product.page_url}
    return render(request, "customer/alerts/page.html", context)


@private_page
@require_POST
def confirmation(request: HttpRequest, token: str) -> HttpResponseBase:
    actions.confirm(_alert_of(token))
    return redirect("alerts:page", token=token)


@private_page
@require_POST
def cancellation(request: HttpRequest, token: str) -> HttpResponseBase:
    actions.cancel(_alert_of(token))
    return redirect("alerts:page", token=token)


def _alert_of(token: str) -> ProductAlert:
    link = AlertLink.objects.select_related("alert__product__parent").find(token)
    if link is None:
        raise Http404
    alert: ProductAlert = link.alert
    return alert


@never_cache
@login_required
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    alerts = ProductAlert.objects.open().filter(user_id=request.user.pk).select_related("product__parent")
    rows: list[dict[str, Any]] = [{"alert": one, "url": one.product.page_url} for one in alerts.order_by("pk")]
    context = {"rows": rows, "active_tab": "alerts", "page_title": _("Stock alerts")}
    return render(request, "customer/alerts/list.html", context)


@never_cache
@login_required
@require_POST
def account_cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    alert = get_object_or_404(ProductAlert.objects.select_related("product"), pk=pk, user_id=request.user.pk)
    actions.cancel(alert)
    messages.info(request, _("We don’t write to you about %(title)s.") % {"title": alert.product.get_title()})
    return redirect("customer:alerts-list")
