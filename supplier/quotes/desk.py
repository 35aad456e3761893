"""Quotes on the desk: what waits for a price, and the addresses under /desk/quotes/."""

from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supplier.accounts.desk import Todo, TodoGroup

from . import desk_views as views
from .models import Quote

FIRST = 5
SOON, OVERDUE = timedelta(hours=4), timedelta(hours=24)


def todo(user: Any) -> TodoGroup:
    waiting = Quote.objects.to_price().order_by("created_at", "pk")
    first = waiting.select_related("country").annotate(line_count=Count("lines"))[:FIRST]
    return TodoGroup(
        title=_("Quotes to price"),
        url=reverse("desk_quotes:list"),
        items=[_todo(quote) for quote in first],
        total=waiting.count(),
        empty=_("Every quote has its offer."),
    )


def _todo(quote: Any) -> Todo:
    age = timezone.now() - quote.created_at
    lines = ngettext("%(n)s line", "%(n)s lines", quote.line_count) % {"n": quote.line_count}
    return Todo(
        title=f"{quote.buyer}, {lines}",
        url=reverse("desk_quotes:detail", args=[quote.reference]),
        note=Truncator(quote.note).chars(140) or str(quote.country),
        when=quote.created_at,
        urgency="overdue" if age > OVERDUE else "soon" if age > SOON else "",
    )


app_name = "desk_quotes"

urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/lines/<int:position>/product/", views.product, name="product"),
    path("<slug:reference>/versions/<int:number>/sending/", views.sending, name="sending"),
    path("<slug:reference>/withdrawal/", views.withdrawal, name="withdrawal"),
]
