"""What a buyer's buttons do, the same behind a guest link and for the signed-in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from catalog.order.models import Order
from catalog.payment.actions import NotPayable, open_session
from catalog.payment.stripe_client import StripeUnavailable

from .accepting import NotAcceptable, accept
from .actions import NotPossible, decline
from .buyer import Door, context_of, path_to_order
from .forms import AcceptanceForm
from .models import Acceptance, Quote


def show(request: HttpRequest, quote: Quote, door: Door) -> HttpResponse:
    return render(request, "quotes/quote.html", context_of(request, quote, door))


def take_acceptance(request: HttpRequest, quote: Quote, door: Door) -> HttpResponse:
    if request.method != "POST":  # the address typed again, or come back to after signing in
        return redirect(door.page)
    known = Acceptance.objects.filter(quote=quote).select_related("order", "version").first()
    if known and request.POST.get("version") == str(known.version.number):
        return _to_payment(request, known.order)
    form = AcceptanceForm(request.POST, quote=quote)
    if not form.is_valid():
        return render(request, "quotes/quote.html", context_of(request, quote, door, form), status=422)
    try:
        order = accept(quote, version_number=form.cleaned_data["version"], buyer=form.buyer())
    except NotAcceptable as refusal:
        quote.refresh_from_db()
        form.add_error(None, str(refusal))
        return render(request, "quotes/quote.html", context_of(request, quote, door, form), status=409)
    return _to_payment(request, order)


def _to_payment(request: HttpRequest, order: Order) -> HttpResponse:
    """Straight to the card page; where that can't be, the order's page says how it stands and has the same button."""
    try:
        return _see_other(open_session(order))
    except NotPayable:
        messages.info(request, _("This order does not wait for a payment. Here is how it stands."))
    except StripeUnavailable:
        messages.warning(request, _("It is ordered. The card page cannot be reached just now: pay from here later."))
    return redirect(path_to_order(order))


def to_order(quote: Quote, door: Door) -> HttpResponse:
    known = Acceptance.objects.filter(quote=quote).select_related("order").first()
    return redirect(path_to_order(known.order) if known else door.page)


def take_refusal(request: HttpRequest, quote: Quote, door: Door) -> HttpResponse:
    if request.method != "POST":
        return redirect(door.page)
    try:
        decline(quote)
        messages.success(request, _("You declined the quote. Nothing is owed."))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(door.page)


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
