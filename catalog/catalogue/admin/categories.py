"""Ranges and techniques, each on one page; the list is the tree, in which they are moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.utils import slugify
from treebeard.admin import TreeAdmin
from treebeard.forms import MoveNodeForm, movenodeform_factory

from catalog.catalogue.models import Category, TechniqueProduct
from catalog.search.admin_pages import OneWrite
from catalog.texts.markdown import validate_markdown

FIELDS = ("name", "slug", "kind", "is_public", "summary", "description", "image", "image_alt", "position")


class CategoryForm(MoveNodeForm):
    class Meta:
        model = Category
        fields = FIELDS
        labels = {"is_public": gettext_lazy("Published"), "description": gettext_lazy("Text")}
        help_texts = {
            "slug": gettext_lazy("The end of its address. Empty: made from the name."),
            "position": gettext_lazy("Its place among its neighbours on the shop’s pages."),
            "description": gettext_lazy("Markdown. Headings with ##; product cards with {{ product SKU }}."),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["treebeard_position"].label = _("Place in the tree")
        self.fields["description"].validators.append(validate_markdown)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("image") and not data.get("image_alt"):
            self.add_error("image_alt", _("Say in words what the photograph shows."))
        if "name" in data and "slug" in data:
            data["slug"] = data["slug"] or slugify(data["name"])
            self._check_slug(data["slug"], data.get("kind"))
        return data

    def _check_slug(self, slug: str, kind: str | None) -> None:
        if not slug:
            self.add_error("slug", _("Give the end of its address in Latin letters, such as hand-massage."))
        others = Category.objects.filter(slug=slug, kind=Category.Kind.TECHNIQUE).exclude(pk=self.instance.pk)
        if kind == Category.Kind.TECHNIQUE and others.exists():
            self.add_error("slug", _("Another technique has this address. Choose another one."))


class ToolInline(admin.TabularInline[TechniqueProduct, Category]):
    model = TechniqueProduct
    extra = 0
    autocomplete_fields = ("product",)
    fields = ("position", "product")
    verbose_name, verbose_name_plural = gettext_lazy("tool"), gettext_lazy("tools of a technique")


@admin.register(Category)
class CategoryAdmin(OneWrite, TreeAdmin):  # type: ignore[misc]
    form = movenodeform_factory(Category, form=CategoryForm, fields=FIELDS)
    list_display = ("name", "kind", "position", "is_public")
    list_filter = ("kind", "is_public")
    search_fields = ("name", "slug")
    inlines = (ToolInline,)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """One by one: each takes what is below it along. One that is below another may be gone already."""
        for key in queryset.values_list("pk", flat=True):
            if category := Category.objects.filter(pk=key).first():
                category.delete()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        Category.objects.get(pk=form.instance.pk).write_search_entry()
