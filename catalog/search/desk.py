"""What people searched for and did not find, on the desk: words for a synonym, a text or the range itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from supplier.accounts.desk import page_of
from supplier.accounts.permissions import staff_required

from .models import ZeroSearch

ORDERS = {
    "often": (_("Most often"), ("-times", "-last_at", "pk")),
    "latest": (_("Latest"), ("-last_at", "pk")),
}


@staff_required("search.view_zerosearch")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shown = request.GET.get("show", "")
    shown = shown if shown in ORDERS else "often"
    rows = ZeroSearch.objects.order_by(*ORDERS[shown][1])
    orders = [(value, name) for value, (name, _fields) in ORDERS.items()]
    return render(request, "desk/searches.html", {**page_of(request, rows), "shown": shown, "orders": orders})


app_name = "desk_searches"

urlpatterns = [path("", index, name="list")]
