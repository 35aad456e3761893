"""Kinds of products with their attributes, and the choices that an attribute offers."""

from django.contrib import admin

from catalog.catalogue.models import AttributeOption, AttributeOptionGroup, ProductAttribute, ProductClass
from catalog.search.admin_pages import OneWrite


class AttributeInline(admin.TabularInline[ProductAttribute, ProductClass]):
    model = ProductAttribute
    extra = 0
    fields = ("name", "code", "type", "option_group", "required")
    prepopulated_fields = {"code": ("name",)}


@admin.register(ProductClass)
class ProductClassAdmin(admin.ModelAdmin[ProductClass]):
    list_display = ("name", "requires_shipping", "track_stock")
    fields = ("name", "requires_shipping", "track_stock")
    inlines = (AttributeInline,)
    search_fields = ("name",)


class OptionInline(admin.TabularInline[AttributeOption, AttributeOptionGroup]):
    model = AttributeOption
    extra = 0
    fields = ("option",)


@admin.register(AttributeOptionGroup)
class AttributeOptionGroupAdmin(OneWrite, admin.ModelAdmin[AttributeOptionGroup]):
    """A renamed choice is written into the search with the same transaction."""

    list_display = ("name",)
    fields = ("name",)
    inlines = (OptionInline,)
    search_fields = ("name",)
