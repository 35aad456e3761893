"""What search engines may find: only what every visitor sees."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.models import Article
from catalog.catalogue.models import Category, Product

from .models import Page


class FixedSitemap(Sitemap[str]):
    def items(self) -> list[str]:
        return ["pages:home", "catalogue:index", "catalogue:techniques", "blog:index"]

    def location(self, item: str) -> str:
        return reverse(item)


class ProductSitemap(Sitemap[Product]):
    def items(self) -> QuerySet[Product]:
        # Variants are shown on the page of their parent.
        return Product.objects.filter(is_public=True).exclude(structure=Product.CHILD).order_by("pk")

    def lastmod(self, item: Product) -> Any:
        return item.date_updated


class CategorySitemap(Sitemap[Category]):
    """Ranges and techniques; both know their own address."""

    def items(self) -> list[Category]:
        """The addresses are made of all slugs on the way down; reading them in tree order saves a query for each."""
        return list(Category.objects.filter(is_public=True, ancestors_are_public=True).order_by("path"))


class ArticleSitemap(Sitemap[Article]):
    def items(self) -> QuerySet[Article]:
        return Article.objects.published().for_lists()

    def lastmod(self, item: Article) -> date | None:
        return item.updated_on or item.published_on


class PageSitemap(Sitemap[Page]):
    def items(self) -> QuerySet[Page]:
        return Page.objects.defer("source", "body").order_by("pk")

    def lastmod(self, item: Page) -> date:
        return item.updated_on


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "fixed": FixedSitemap,
    "products": ProductSitemap,
    "categories": CategorySitemap,
    "articles": ArticleSitemap,
    "pages": PageSitemap,
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return sitemap_view(request, sitemaps=SITEMAPS)
