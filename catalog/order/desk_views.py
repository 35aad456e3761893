"""The staff's pages of orders."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from oscar.templatetags.currency_filters import currency

from supplier.accounts.desk import page_of
from supplier.accounts.permissions import staff_of, staff_required

from . import states, summary
from .desk_forms import ShipmentForm
from .fulfilment import CannotBeDone, pack_order, ship_order
from .models import Order

may_ship = staff_required("order.change_order")

SHOWN = {
    "": gettext_lazy("To pack or send"),
    states.SHIPPED: gettext_lazy("Shipped"),
    states.AWAITING_PAYMENT: gettext_lazy("Not paid yet"),
    "all": gettext_lazy("All"),
}


def chosen(shown: str) -> QuerySet[Order]:
    """Those that wait for us oldest first, the others newest first."""
    if shown == "all":
        return Order.objects.order_by("-date_placed", "-pk")
    if shown in SHOWN and shown:
        return Order.objects.filter(status=shown).order_by("-date_placed", "-pk")
    return Order.objects.filter(status__in=(states.PAID, states.PACKED)).order_by("date_placed", "pk")


def for_lists(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.select_related("shipping_address", "user").annotate(pieces=Sum("lines__quantity"))


def name_of(order: Order) -> str:
    return (order.shipping_address.name if order.shipping_address else "") or order.email


@may_ship
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shown, query = request.GET.get("show", ""), request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = _matching(chosen(shown), query) if query else chosen(shown)
    context = {
        **page_of(request, for_lists(found)),
        "shown": shown,
        "filters": SHOWN.items(),
        "q": query,
    }
    return render(request, "desk/orders/list.html", context)


def _matching(orders: QuerySet[Order], query: str) -> QuerySet[Order]:
    fields = ("number", "guest_email", "user__email", "shipping_address__last_name", "shipping_address__postcode")
    wanted = Q()
    for field in fields:
        wanted |= Q(**{f"{field}__icontains": query})
    return orders.filter(wanted)


@may_ship
@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    return _detail_page(request, _order(number), ShipmentForm())


@may_ship
@require_POST
def packing(request: HttpRequest, number: str) -> HttpResponse:
    order = _order(number)
    try:
        if pack_order(order, by=staff_of(request)):
            messages.success(request, _("Packed. It can be sent now."))
    except CannotBeDone as reason:
        messages.error(request, str(reason))
    return _back(order)


@may_ship
@require_POST
def shipment(request: HttpRequest, number: str) -> HttpResponse:
    order, form = _order(number), ShipmentForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, order, form, status=422)
    try:
        if ship_order(order, by=staff_of(request), **form.cleaned_data):
            messages.success(request, _("Shipped. The letter about it is on its way."))
    except CannotBeDone as reason:
        messages.error(request, str(reason))
    return _back(order)


def _order(number: str) -> Order:
    rows = Order.objects.select_related("shipping_address__country", "user")
    return get_object_or_404(rows, number=number)


def _back(order: Order) -> HttpResponse:
    return redirect("desk_orders:detail", number=order.number)


def _detail_page(request: HttpRequest, order: Order, form: ShipmentForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "order": order,
        "name": name_of(order),
        "lines": [_line(line, order) for line in order.lines.order_by("pk")],
        "sums": summary.sums(order),
        "address_lines": summary.address_lines(order),
        "shipments": order.shipments.all(),
        "notes": order.notes.select_related("user").order_by("date_created"),
        "can_pack": order.status == states.PAID,
        "can_ship": order.status == states.PACKED,
        "form": form,
    }
    return render(request, "desk/orders/detail.html", context, status=status)


def _line(line: Any, order: Order) -> dict[str, Any]:
    return {
        "title": line.title,
        "partner_sku": line.partner_sku,
        "quantity": line.quantity,
        "sum": currency(line.line_price_incl_tax, order.currency),
    }
