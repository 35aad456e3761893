"""Orders in the admin are to be read: the desk and Stripe change them, with all that hangs on it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from oscar.apps.order.admin import *  # noqa: F403
from oscar.apps.order.admin import LineInline
from oscar.apps.order.admin import OrderAdmin as OscarOrderAdmin

from .models import Line, Order


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyLines(ReadOnly, LineInline):
    pass


admin.site.unregister([Order, Line])


@admin.register(Order)
class OrderAdmin(ReadOnly, OscarOrderAdmin):
    list_display = ["number", "status", "total_incl_tax", "user", "guest_email", "date_placed"]
    list_filter = ["status"]
    inlines = [ReadOnlyLines]


@admin.register(Line)
class LineAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["order", "product", "quantity", "line_price_incl_tax"]
