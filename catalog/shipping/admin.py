"""Delivery methods. Oscar's charges by order, item and weight are not used here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from oscar.apps.address.models import Country

from .models import DeliveryMethod


@admin.register(DeliveryMethod)
class DeliveryMethodAdmin(admin.ModelAdmin[DeliveryMethod]):
    list_display = (
        "name",
        "price",
        "free_from",
        "max_weight_g",
        "days_min",
        "days_max",
        "cut_off",
        "position",
        "is_active",
    )
    list_filter = ("is_active",)
    search_fields = ("name", "code")
    prepopulated_fields = {"code": ("name",)}
    filter_horizontal = ("countries",)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only countries that orders can go to."""
        if db_field.name == "countries":
            kwargs["queryset"] = Country.objects.filter(is_shipping_country=True)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
