"""What search engines may find: only what every visitor sees."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.models import Article
from catalog.catalogue.models import Category, Product
from catalog.texts.shop_links import address_of, with_slugs_above

from .models import Page

Item = TypeVar("Item", str, Product, Article, Page)


class ShopSitemap(Sitemap[Item]):
    """Addresses begin with SITE_URL, whatever host was asked and whatever the sites table says."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class FixedSitemap(ShopSitemap[str]):
    def items(self) -> list[str]:
        return ["pages:home", "catalogue:index", "catalogue:techniques", "blog:index"]

    def location(self, item: str) -> str:
        return reverse(item)


class ProductSitemap(ShopSitemap[Product]):
    def items(self) -> QuerySet[Product]:
        return Product.objects.listed().defer("description", "body").order_by("pk")

    def lastmod(self, item: Product) -> Any:
        return item.date_updated


class CategorySitemap(ShopSitemap[str]):
    """Ranges and techniques."""

    def items(self) -> list[str]:
        categories = Category.objects.filter(is_public=True, ancestors_are_public=True).order_by("path")
        return [address_of(category) for category in with_slugs_above(categories)]

    def location(self, item: str) -> str:
        return item


class ArticleSitemap(ShopSitemap[Article]):
    def items(self) -> QuerySet[Article]:
        return Article.objects.published().for_lists()

    def lastmod(self, item: Article) -> date | None:
        return item.updated_on or item.published_on


class PageSitemap(ShopSitemap[Page]):
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
