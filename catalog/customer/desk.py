"""Reviews that wait to be read, on the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.catalogue.reviews.models import ProductReview

from catalog.catalogue.opinions import word
from supplier.accounts.desk import Todo, TodoGroup

FIRST = 5
SOON, OVERDUE = timedelta(hours=24), timedelta(hours=48)


def todo(user: Any) -> TodoGroup | None:
    """None while there is none: the group is there only when it is needed."""
    waiting = ProductReview.objects.filter(status=ProductReview.FOR_MODERATION).order_by("date_created", "pk")
    total = waiting.count()
    if not total:
        return None
    return TodoGroup(
        title=_("Reviews to read"),
        url=f"{reverse('admin:reviews_productreview_changelist')}?status__exact={ProductReview.FOR_MODERATION}",
        items=[_todo(review) for review in waiting.select_related("product")[:FIRST]],
        total=total,
    )


def _todo(review: ProductReview) -> Todo:
    age = timezone.now() - review.date_created
    return Todo(
        title=review.product.get_title(),
        url=reverse("admin:reviews_productreview_change", args=[review.pk]),
        note=f"{word(review.score)}: {review.title}",
        when=review.date_created,
        urgency="overdue" if age > OVERDUE else "soon" if age > SOON else "",
    )
