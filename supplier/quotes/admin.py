"""Quotes in the admin, to look at: they are priced on the desk, and what was sent never changes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Quote, QuoteLine, QuoteVersion


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class QuoteLineInline(ReadOnly, admin.TabularInline[QuoteLine, Quote]):
    model = QuoteLine
    fields = ["position", "text", "product", "quantity", "wished_price", "note", "is_left_out"]


class QuoteVersionInline(ReadOnly, admin.TabularInline[QuoteVersion, Quote]):
    model = QuoteVersion
    fields = ["number", "delivery_name", "delivery_price", "valid_until", "sent_at", "sent_by"]


@admin.register(Quote)
class QuoteAdmin(ReadOnly, admin.ModelAdmin[Quote]):
    list_display = ["reference", "name", "company", "country", "state", "created_at"]
    list_filter = ["state"]
    list_select_related = ["country"]
    search_fields = ["reference", "name", "company", "email"]
    inlines = [QuoteLineInline, QuoteVersionInline]
