"""Checkout in three pages: who and where, delivery, pay. Each needs what the one before it asked."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.basket.requests import ShopRequest
from catalog.order.actions import BasketChanged, OutOfStock, place_order
from catalog.order.address_formats import address_lines
from catalog.order.links import new_order_path, order_path
from catalog.order.unpaid import TooManyUnpaid
from catalog.payment.actions import NotPayable, open_session, settle
from catalog.payment.models import PaymentAttempt
from catalog.payment.stripe_client import StripeRefused, StripeUnavailable
from catalog.shipping.repository import Repository
from catalog.shipping.served import served_countries
from supplier.accounts.limits import client_ip, is_over_limit

from . import summary
from .forms import AddressForm, DeliveryForm, draft_of
from .prefill import as_typed, known_address, saved_addresses
from .state import CheckoutState, basket_strategy

#: For so long the way back from Stripe leads to the order; later its link is in the letter.
RETURN_WITHIN = timedelta(days=1)
NOT_A_TOTAL = Decimal(-1)
#: From one address of the internet: each holds stock until it is paid or ends.
MOST_ORDERS, ORDERS_WITHIN_SECONDS = 20, 1800


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: ShopRequest) -> HttpResponse:
    """Typed, or one of the account's addresses. `then` keeps what was typed and goes on without checking it."""
    state = CheckoutState(request)
    if away := _away_without_basket(request, state):
        return away
    if "then" in request.POST:
        return _keep_draft(request, state)
    known = saved_addresses(request.user)
    data = _chosen(known, request.POST.get("saved", "")) or request.POST or None
    form = AddressForm(data, user=request.user, initial=known_address(request.user, state))
    if request.method == "POST" and form.is_valid():
        told = form.told()
        key = request.basket.pk
        state.tell(email=form.address_for_letters(), address=told, country=told["country"], draft={}, basket=key)
        return redirect("checkout:delivery")
    context = {
        "form": form,
        "rows": summary.rows(request.basket),
        "short_sum": summary.short_sum(request.basket),
        "is_export": state.is_export,
        "known": [{"pk": one.pk, "lines": address_lines(one)} for one in known],
    }
    return render(request, "checkout/address.html", context, status=400 if form.errors else 200)


def _keep_draft(request: ShopRequest, state: CheckoutState) -> HttpResponse:
    """To the fields of another country, or back to the basket: nothing that was typed is lost."""
    draft = draft_of(request.POST)
    country = draft.get("country", "")
    if served_countries().filter(pk=country).exists():
        state.tell(country=country, method="")
    state.tell(draft=draft)
    if request.POST["then"] == "basket":
        return redirect("basket:summary")
    return redirect(f"{reverse('checkout:index')}#where")


def _chosen(known: list[Any], key: str) -> dict[str, Any] | None:
    return next((as_typed(one) for one in known if str(one.pk) == key), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: ShopRequest) -> HttpResponse:
    state = CheckoutState(request)
    if away := _away_without_basket(request, state) or _away_without_address(state):
        return away
    methods = _methods(request, state)
    form = DeliveryForm(request.POST or None, methods=methods, initial={"method": _chosen_or_first(state, methods)})
    if request.method == "POST" and form.is_valid():
        state.tell(method=form.cleaned_data["method"])
        return redirect("checkout:pay")
    context = {
        "form": form,
        "offers": summary.offers(request.basket, methods),
        "chosen": form["method"].value(),
        "rows": summary.rows(request.basket),
        "short_sum": summary.short_sum(request.basket),
        "address_lines": address_lines(state.address()),
        "is_export": state.is_export,
    }
    return render(request, "checkout/delivery.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: ShopRequest) -> HttpResponse:
    state = CheckoutState(request)
    if away := _away_without_basket(request, state) or _away_without_address(state):
        return away
    method = next((method for method in _methods(request, state) if method.code == state.method), None)
    if method is None:
        return redirect("checkout:delivery")
    if request.method == "POST":
        return _order_and_pay(request, state, method)
    state.tell(basket=request.basket.pk)
    return _pay_page(request, state, method)


def _pay_page(
    request: ShopRequest, state: CheckoutState, method: Any, *, short: Any = (), status: int = 200
) -> HttpResponse:
    context = {
        "rows": summary.rows(request.basket, method),
        "when": summary.window_of(method, now=timezone.now()),
        "total": summary.total_of(request.basket, method),
        "email": state.email,
        "address_lines": address_lines(state.address()),
        "method": method,
        "is_export": state.is_export,
        "short": short,
    }
    return render(request, "checkout/pay.html", context, status=status)


def _order_and_pay(request: ShopRequest, state: CheckoutState, method: Any) -> HttpResponse:
    if is_over_limit("order", client_ip(request), limit=MOST_ORDERS, per_seconds=ORDERS_WITHIN_SECONDS):
        messages.warning(request, _("That were many orders in a short time. Wait half an hour, or write to us."))
        return redirect("checkout:pay")
    try:
        order = place_order(
            request.basket,
            user=request.user,
            email=state.email,
            shipping_address=state.address(),
            shipping_method=method,
            expected_total=_total_shown(request),
            request=request,
        )
    except OutOfStock as error:
        return _pay_page(request, state, method, short=error.lines, status=409)
    except (BasketChanged, TooManyUnpaid) as error:
        messages.warning(request, str(error))
        return redirect("checkout:pay")
    state.forget_choice()
    return _to_payment(request, order)


def _total_shown(request: ShopRequest) -> Decimal:
    """The sum on the page where the button was pressed: another sum is never charged. NOT_A_TOTAL fits none."""
    try:
        total = Decimal(request.POST.get("total", ""))
    except InvalidOperation:
        return NOT_A_TOTAL
    return total if total.is_finite() else NOT_A_TOTAL


def _to_payment(request: ShopRequest, order: Any) -> HttpResponse:
    try:
        return _see_other(open_session(order))
    except NotPayable:
        return _see_other(new_order_path(order))
    except StripeUnavailable:
        messages.error(request, _("The card page cannot be reached at the moment. Your order is kept: try again soon."))
        return _see_other(new_order_path(order))


@never_cache
@require_GET
def payment_return(request: ShopRequest) -> HttpResponse:
    """Stripe leads back here. What the address says is not believed: Stripe is asked."""
    session_id = request.GET.get("session_id", "")[:255].replace("\x00", "")
    since = timezone.now() - RETURN_WITHIN
    attempt = PaymentAttempt.objects.filter(session_id=session_id, created_at__gte=since).first()
    if attempt is None:
        raise Http404
    try:
        settle(session_id)
    except (StripeUnavailable, StripeRefused):
        messages.info(request, _("We are waiting for word of your payment. This page will know it soon."))
    return redirect(order_path(attempt))


def _away_without_basket(request: ShopRequest, state: CheckoutState) -> HttpResponse | None:
    """An empty basket has nothing to check out; unless it was ordered a moment ago, then its order is wanted."""
    if not request.basket.is_empty:
        request.basket.strategy = basket_strategy(request)
        return None
    if order := state.placed_order():
        return _to_payment(request, order) if request.method == "POST" else _see_other(new_order_path(order))
    messages.info(request, _("Your basket is empty. Put something into it first."))
    return redirect("basket:summary")


def _away_without_address(state: CheckoutState) -> HttpResponse | None:
    is_told = state.email and state.fits_country and state.address()
    return None if is_told else redirect("checkout:index")


def _methods(request: ShopRequest, state: CheckoutState) -> list[Any]:
    return list(
        Repository().get_shipping_methods(
            request.basket, shipping_addr=state.address(), user=request.user, request=request
        )
    )


def _chosen_or_first(state: CheckoutState, methods: list[Any]) -> str:
    codes = [method.code for method in methods]
    return state.method if state.method in codes else next(iter(codes), "")


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
