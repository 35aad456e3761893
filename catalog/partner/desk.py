"""Products that run low, for the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supplier.accounts.desk import Todo, TodoGroup

from .models import StockRecord, pieces_left

FIRST_FEW = 5


def todo(user: Any) -> TodoGroup:
    """Published products at or below their low-stock mark, the emptiest first."""
    records = running_low()
    url = reverse("admin:catalogue_product_changelist")
    return TodoGroup(
        title=_("Low in stock"),
        url=f"{url}?stock=low",
        items=[_todo(record) for record in records[:FIRST_FEW]],
        total=records.count(),
        empty=_("Everything is above its low-stock mark."),
    )


def running_low() -> QuerySet[StockRecord]:
    records = StockRecord.objects.annotate(left=pieces_left()).filter(
        product__is_public=True, low_stock_threshold__isnull=False, left__lte=F("low_stock_threshold")
    )
    waiting = Count("product__productalert", filter=Q(product__productalert__status="Active"))
    return records.annotate(waiting=waiting).select_related("product").order_by("left", "pk")


def _todo(record: StockRecord) -> Todo:
    left = record.net_stock_level
    note = ngettext("%(n)d left", "%(n)d left", left) % {"n": left} if left > 0 else _("none left")
    if waiting := getattr(record, "waiting", 0):
        more = ngettext("one person waits for it", "%(n)d people wait for it", waiting) % {"n": waiting}
        note = f"{note}, {more}"
    return Todo(
        title=record.product.title,
        url=reverse("admin:catalogue_product_change", args=[record.product_id]),
        note=note,
        urgency="overdue" if left <= 0 else "soon",
    )
