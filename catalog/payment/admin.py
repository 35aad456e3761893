"""Money is written down by the code alone; staff read it here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from oscar.apps.payment.admin import *  # noqa: F403
from oscar.apps.payment.admin import SourceAdmin as OscarSourceAdmin
from oscar.apps.payment.admin import TransactionAdmin as OscarTransactionAdmin

from catalog.order.admin import ReadOnly

from .models import PaymentAttempt, Source, StripeEvent, Transaction


class AttentionFilter(admin.SimpleListFilter):
    title = _("needs attention")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("Needs attention"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.needing_attention() if self.value() == "yes" else queryset


@admin.register(PaymentAttempt)
class PaymentAttemptAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["order", "amount", "currency", "state", "attention", "created_at"]
    list_filter = ["state", AttentionFilter]
    actions = ["mark_looked_at"]
    search_fields = ["order__number", "session_id"]
    list_select_related = ["order"]

    @admin.action(description=_("Mark as looked at"))
    def mark_looked_at(self, request: HttpRequest, queryset: Any) -> None:
        """Takes them off the desk; what they said is kept in the history."""
        for attempt in queryset.needing_attention():
            self.log_change(request, attempt, gettext("Looked at: %(words)s") % {"words": attempt.attention})
            attempt.move(attempt.State(attempt.state), attention="")


@admin.register(StripeEvent)
class StripeEventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["event_id", "type", "received_at", "handled_at", "error"]
    list_filter = ["type"]
    search_fields = ["event_id"]


admin.site.unregister([Source, Transaction])


@admin.register(Source)
class SourceAdmin(ReadOnly, OscarSourceAdmin):
    pass


@admin.register(Transaction)
class TransactionAdmin(ReadOnly, OscarTransactionAdmin):
    list_display = ["source", "txn_type", "amount", "reference", "date_created"]
