"""Orders on the desk: what is to be packed or sent, and the addresses under /desk/orders/."""

from datetime import timedelta
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supplier.accounts.desk import Todo, TodoGroup

from . import desk_views as views
from . import states

FIRST = 5
SOON, OVERDUE = timedelta(hours=24), timedelta(hours=48)


def todo(user: Any) -> TodoGroup:
    waiting = views.for_lists(views.chosen(""))
    return TodoGroup(
        title=_("Orders to pack or send"),
        url=reverse("desk_orders:list"),
        items=[_todo(order) for order in waiting[:FIRST]],
        total=views.chosen("").count(),
        empty=_("Every paid order is on its way."),
    )


def _todo(order: Any) -> Todo:
    age = timezone.now() - order.date_placed
    return Todo(
        title=_("Order %(number)s, %(name)s") % {"number": order.number, "name": views.name_of(order)},
        url=reverse("desk_orders:detail", args=[order.number]),
        note=ngettext("%(n)s piece, %(method)s. %(state)s.", "%(n)s pieces, %(method)s. %(state)s.", order.pieces or 0)
        % {"n": order.pieces or 0, "method": order.shipping_method, "state": states.word(order.status)},
        when=order.date_placed,
        urgency="overdue" if age > OVERDUE else "soon" if age > SOON else "",
    )


app_name = "desk_orders"

urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:number>/", views.detail, name="detail"),
    path("<slug:number>/packing/", views.packing, name="packing"),
    path("<slug:number>/shipment/", views.shipment, name="shipment"),
]
