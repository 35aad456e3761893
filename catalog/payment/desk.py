"""Payments on the desk: those that somebody must look at, because money and order do not fit."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from supplier.accounts.desk import Todo, TodoGroup

from .models import PaymentAttempt

FIRST = 5


def todo(user: Any) -> TodoGroup | None:
    """None while all is well: the group is there only when it is needed."""
    attempts = PaymentAttempt.objects.needing_attention().select_related("order").order_by("pk")
    total = attempts.count()
    if not total:
        return None
    return TodoGroup(
        title=_("Payments to look at"),
        url=reverse("admin:payment_paymentattempt_changelist") + "?attention=yes",
        items=[_todo(attempt) for attempt in attempts[:FIRST]],
        total=total,
    )


def _todo(attempt: PaymentAttempt) -> Todo:
    return Todo(
        title=_("Order %(number)s") % {"number": attempt.order.number},
        url=reverse("admin:payment_paymentattempt_change", args=[attempt.pk]),
        note=attempt.attention,
        when=attempt.changed_at,
        urgency="overdue",
    )
