"""The staff's pages of quotes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from supplier.accounts.desk import page_of
from supplier.accounts.models import User
from supplier.accounts.permissions import staff_required

from . import actions, offering
from .forms.pricing import PricingForm, ProductForm
from .models import Quote, QuoteLine
from .pricing_table import page_context

may_price = staff_required("quotes.change_quote")

SHOWN = {
    "": gettext_lazy("To price"),
    Quote.State.OFFERED.value: gettext_lazy("Offered"),
    Quote.State.ORDERED.value: gettext_lazy("Ordered"),
    "all": gettext_lazy("All"),
}


def back_unless_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever had to sign in first comes back to the address of a button by a GET: show them the quote."""

    @wraps(view)
    def wrapped(request: HttpRequest, reference: str, **where: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("desk_quotes:detail", reference=reference)
        return view(request, reference, **where)

    return wrapped


@may_price
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shown, query = request.GET.get("show", ""), _plain(request.GET.get("q", ""))[:200]
    rows = _chosen(shown, query).select_related("country").annotate(line_count=Count("lines"))
    context = {**page_of(request, rows), "shown": shown, "filters": SHOWN.items(), "q": query}
    return render(request, "desk/quotes/list.html", context)


def _chosen(shown: str, query: str) -> QuerySet[Quote]:
    quotes = Quote.objects.order_by("-created_at", "-pk")
    if shown == "":
        quotes = Quote.objects.to_price().order_by("created_at", "pk")
    elif shown in Quote.State.values:
        quotes = quotes.filter(state=shown)
    if not query:
        return quotes
    places = ("reference", "name", "company", "email")
    found = Q()
    for place in places:
        found |= Q(**{f"{place}__icontains": query})
    return quotes.filter(found)


@may_price
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    quote = _quote(reference)
    if request.method == "POST":
        return _save(request, quote)
    return render(request, "desk/quotes/detail.html", page_context(quote))


def _save(request: HttpRequest, quote: Quote) -> HttpResponse:
    form = PricingForm(request.POST, quote=quote, lines=list(_lines(quote)), model=None)
    if not form.is_valid():
        return render(request, "desk/quotes/detail.html", page_context(quote, form), status=422)
    try:
        offering.write_draft(
            quote,
            lines=form.offered(),
            left_out=form.left_out(),
            time_zone=form.cleaned_data["time_zone"],
            **form.terms(),
        )
        messages.success(request, _("Saved. Nobody sees it before you send it."))
    except actions.NotPossible as refusal:
        messages.error(request, str(refusal))
    return _back(quote)


@may_price
@back_unless_post
def product(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    quote = _quote(reference)
    line: QuoteLine = get_object_or_404(_lines(quote), position=position)
    form = ProductForm(request.POST, line=line)
    if not form.is_valid():
        return render(request, "desk/quotes/detail.html", page_context(quote, product_form=form), status=422)
    try:
        if form.product:
            offering.name_product(line, product=form.product)
        else:
            offering.make_product(line, title=form.cleaned_data["title"], cost=form.cost_told)
        messages.success(request, _("Line %(n)s has a product now.") % {"n": line.position})
    except actions.NotPossible as refusal:
        messages.error(request, str(refusal))
    return _back(quote)


@may_price
@back_unless_post
def sending(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Pressed twice, one letter goes out."""
    quote, user = _quote(reference), request.user
    try:
        version = offering.send_version(quote, number=number, by=_staff(user), seen=request.POST.get("seen"))
        messages.success(request, _("Offer %(n)s is on its way to %(to)s.") % {"n": version.number, "to": quote.email})
    except actions.NotPossible as refusal:
        messages.error(request, str(refusal))
    return _back(quote)


@may_price
@back_unless_post
def withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    quote = _quote(reference)
    try:
        actions.withdraw(quote)
        messages.success(request, _("Withdrawn. Nothing of it can be accepted any more."))
    except actions.NotPossible as refusal:
        messages.error(request, str(refusal))
    return _back(quote)


def _staff(user: Any) -> User:
    staff: User = user  # `may_price` let nobody else in
    return staff


def _quote(reference: str) -> Quote:
    quotes = Quote.objects.select_related("country", "user")
    quote: Quote = get_object_or_404(quotes, reference=_plain(reference))
    return quote


def _lines(quote: Quote) -> Any:
    return quote.lines.select_related("product__parent", "quote")


def _back(quote: Quote) -> HttpResponse:
    return redirect("desk_quotes:detail", reference=quote.reference)


def _plain(text: str) -> str:
    """PostgreSQL can't even look for a NUL byte."""
    return text.replace("\x00", "").strip()
