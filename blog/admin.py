from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.search.admin_pages import OneWrite

from .forms import ArticleForm
from .models import Article, ArticleProduct, ArticleTechnique, Reference, Tag


class ProductInline(admin.TabularInline[ArticleProduct, Article]):
    model = ArticleProduct
    extra = 0
    autocomplete_fields = ("product",)
    fields = ("position", "product")


class TechniqueInline(admin.TabularInline[ArticleTechnique, Article]):
    model = ArticleTechnique
    extra = 0
    autocomplete_fields = ("technique",)
    fields = ("position", "technique")


@admin.register(Article)
class ArticleAdmin(OneWrite, admin.ModelAdmin[Article]):
    form = ArticleForm
    inlines = (ProductInline, TechniqueInline)
    list_display = ("title", "state", "published_on", "updated_on", "author")
    list_filter = ("state", "tags")
    list_per_page = 50
    search_fields = ("title", "description", "slug")
    date_hierarchy = "published_on"
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("tags",)
    readonly_fields = ("cited",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "description", "state", ("published_on", "updated_on"), "tags")}),
        (_("Text"), {"fields": ("source", "cited")}),
        (_("Picture"), {"fields": ("image", "image_alt")}),
        (_("Who"), {"fields": (("author", "author_role"), ("reviewed_by", "reviewer_role"))}),
    )

    def view_on_site(self, obj: Article) -> str:
        """Also for drafts: staff see them, visitors don't."""
        return obj.get_absolute_url()

    @admin.display(description=_("Notes in the text"))
    def cited(self, obj: Article) -> str:
        references = zip(obj.text.references, obj.references(), strict=True)
        return "\n".join(f"{n}. {found or key}" for n, (key, found) in enumerate(references, start=1)) or "–"


@admin.register(Reference)
class ReferenceAdmin(admin.ModelAdmin[Reference]):
    list_display = ("key", "authors", "year", "title", "kind", "checked_on")
    list_filter = ("kind",)
    search_fields = ("key", "authors", "title", "source")
    list_per_page = 50


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
