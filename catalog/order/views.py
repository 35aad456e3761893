"""An order's page behind its guest link: how far it is, and what can be done about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.basket.requests import ShopRequest
from catalog.payment.actions import NotPayable, cancel_unpaid, open_session
from catalog.payment.stripe_client import StripeUnavailable
from supplier.accounts.links import private_page

from . import states, summary
from .arrival import arrival_words
from .models import Order, OrderLink
from .releasing import put_back
from .way import stops


@private_page
@require_safe
def page(request: ShopRequest, token: str) -> HttpResponse:
    order = _order(token)
    attempt = order.payment_attempts.order_by("pk").last()
    shipments = list(order.shipments.order_by("pk"))
    context = {
        "order": order,
        "token": token,
        "state": order.status,
        "state_word": states.word(order.status),
        "is_awaiting": order.status == states.AWAITING_PAYMENT,
        "is_under_way": bool(attempt) and attempt.state == attempt.State.PROCESSING,
        "has_failed": bool(attempt) and attempt.state == attempt.State.FAILED,
        "came_to_nothing": order.status in (states.EXPIRED, states.CANCELLED),
        "shipments": shipments,
        "arrival": arrival_words(order, shipments[0] if shipments else None, now=timezone.now()),
        "stops": stops(order),
        "items": summary.items(order),
        "sums": summary.sums(order),
        "payment_words": summary.payment_words(order),
        "address_lines": summary.address_lines(order),
    }
    return render(request, "order/page.html", context)


@private_page
@require_POST
def pay(request: ShopRequest, token: str) -> HttpResponse:
    order = _order(token)
    try:
        return _see_other(open_session(order))
    except NotPayable:
        messages.info(request, _("This order does not wait for a payment. Here is how it stands."))
    except StripeUnavailable:
        messages.error(request, _("The card page cannot be reached at the moment. Your order is kept: try again soon."))
    return redirect("order:page", token=token)


@private_page
@require_POST
def change(request: ShopRequest, token: str) -> HttpResponse:
    """Cancels the unpaid order; its lines lie in the basket again. A quote's order has prices that no basket has."""
    order = _order(token)
    if order.pay_until:
        messages.info(request, _("This order comes from a quote. Write to us if something in it is to change."))
        return redirect("order:page", token=token)
    try:
        cancelled = cancel_unpaid(order, basket=request.basket)
    except StripeUnavailable:
        messages.error(request, _("We cannot change the order at the moment. It is kept as it is: try again soon."))
        return redirect("order:page", token=token)
    if not cancelled:
        messages.info(request, _("This order cannot be changed any more. Here is how it stands."))
        return redirect("order:page", token=token)
    messages.success(request, _("The order is cancelled, nothing was charged. Its things are in your basket again."))
    return redirect("basket:summary")


@private_page
@require_POST
def order_again(request: ShopRequest, token: str) -> HttpResponse:
    """Copies the lines into the basket of whoever holds the link. One that waits for its payment is paid instead."""
    order = _order(token)
    if order.status == states.AWAITING_PAYMENT:
        return redirect("order:page", token=token)
    put_back(order, request.basket)
    messages.success(request, _("The things are in your basket again. Look at them before you order."))
    return redirect("basket:summary")


def _order(token: str) -> Order:
    link: Any = OrderLink.objects.select_related("order__shipping_address__country").find(token)
    if link is None:
        raise Http404
    return link.order


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
