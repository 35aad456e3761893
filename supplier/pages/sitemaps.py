"""What search engines may find: only what every visitor sees, with the photographs of each page.

/sitemap.xml names a map of each kind; those of many pages are cut by the database into several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from oscar.apps.offer.models import Range

from blog.models import Article, Tag
from catalog.catalogue.models import Category, Product, ProductCategory, ProductImage
from catalog.texts.languages import alternates
from catalog.texts.shop_links import address_of, with_slugs_above
from supplier.accounts.letters import absolute_url
from supplier.pagecache.decorators import cached_for_visitors

from .models import Page

Item = TypeVar("Item", str, Product, Article, Page, Category, Tag, Range)
#: Far below the 50,000 that are allowed, so that a map is answered in good time.
PER_MAP = 2000


class ShopSitemap(Sitemap[Item]):
    """Addresses begin with SITE_URL, whatever host was asked and whatever the sites table says."""

    limit = PER_MAP

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def images(self, item: Item) -> Iterable[Any]:
        """Picture files of the page."""
        return ()

    def newest(self) -> date | None:
        """When the youngest of its pages was changed, where the database knows it without looking at each."""
        return None

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        rows = super().get_urls(*args, **kwargs)
        for row in rows:
            path = urlsplit(row["location"]).path
            row["languages"] = [(one.hreflang, one.url) for one in alternates(path)]
            row["images"] = [absolute_url(file.url) for file in self.images(row["item"]) if file]
        return rows


class FixedSitemap(ShopSitemap[str]):
    def items(self) -> list[str]:
        return ["pages:home", "catalogue:index", "catalogue:techniques", "blog:index", "quotes:request", "offer:list"]

    def location(self, item: str) -> str:
        return reverse(item)


class ProductSitemap(ShopSitemap[Product]):
    def items(self) -> QuerySet[Product]:
        images = Prefetch("images", ProductImage.objects.order_by("display_order", "pk"), to_attr="photographs")
        products = Product.objects.listed().defer("description", "body")
        return products.prefetch_related(images).order_by("pk")

    def lastmod(self, item: Product) -> Any:
        return item.date_updated

    def newest(self) -> date | None:
        return Product.objects.listed().aggregate(newest=Max("date_updated"))["newest"]

    def images(self, item: Product) -> Iterable[Any]:
        return [image.original for image in item.photographs]  # type: ignore[attr-defined]


class CategorySitemap(ShopSitemap[Category]):
    """Ranges and techniques. They change when a tool of theirs does."""

    def items(self) -> QuerySet[Category]:
        inside = ProductCategory.objects.filter(category__path__startswith=OuterRef("path"), product__is_public=True)
        newest = inside.order_by("-product__date_updated").values("product__date_updated")[:1]
        public = Category.objects.filter(is_public=True, ancestors_are_public=True).order_by("path")
        rows = with_slugs_above(public).only("path", "depth", "slug", "kind", "image", "width", "height")
        return rows.annotate(newest=Subquery(newest))

    def location(self, item: Category) -> str:
        return address_of(item)

    def lastmod(self, item: Category) -> Any:
        return item.newest  # type: ignore[attr-defined]

    def images(self, item: Category) -> Iterable[Any]:
        return [item.image]


class CollectionSitemap(ShopSitemap[Range]):
    """Of tools that staff put together."""

    def items(self) -> QuerySet[Range]:
        return Range.objects.filter(is_public=True).order_by("pk")

    def location(self, item: Range) -> str:
        return reverse("catalogue:range", args=[item.slug])


class ArticleSitemap(ShopSitemap[Article]):
    def items(self) -> QuerySet[Article]:
        return Article.objects.published().for_lists()

    def lastmod(self, item: Article) -> date | None:
        return item.updated_on or item.published_on

    def newest(self) -> date | None:
        dates = Article.objects.published().aggregate(changed=Max("updated_on"), published=Max("published_on"))
        return max(filter(None, dates.values()), default=None)

    def images(self, item: Article) -> Iterable[Any]:
        return [item.image]


class TagSitemap(ShopSitemap[Tag]):
    def items(self) -> QuerySet[Tag]:
        return Tag.objects.filter(articles__state="published").distinct().order_by("pk")

    def location(self, item: Tag) -> str:
        return reverse("blog:tag", args=[item.slug])


class PageSitemap(ShopSitemap[Page]):
    """The page "wholesale" lies below its form, at an address that is fixed."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.exclude(slug="wholesale").defer("source", "body").order_by("pk")

    def lastmod(self, item: Page) -> date:
        return item.updated_on

    def newest(self) -> date | None:
        return Page.objects.aggregate(newest=Max("updated_on"))["newest"]


SITEMAPS: dict[str, type[ShopSitemap[Any]]] = {
    "fixed": FixedSitemap,
    "products": ProductSitemap,
    "categories": CategorySitemap,
    "collections": CollectionSitemap,
    "articles": ArticleSitemap,
    "tags": TagSitemap,
    "pages": PageSitemap,
}


@cached_for_visitors()
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Django's own names the host of the sites table, and loads every row to tell the newest."""
    maps = [one for name, kind in SITEMAPS.items() for one in _maps_of(name, kind())]
    return render(request, "sitemap-index.xml", {"maps": maps}, content_type="application/xml")


def _maps_of(name: str, one: ShopSitemap[Any]) -> Iterator[tuple[str, date | None]]:
    paginator = one.paginator
    if not paginator.count:
        return
    url, newest = absolute_url(reverse("pages:sitemap", args=[name])), one.newest()
    for number in paginator.page_range:
        yield (url if number == 1 else f"{url}?p={number}"), newest


@cached_for_visitors("p")
@require_safe
def one_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap(request, sitemaps=dict(SITEMAPS), section=section, template_name="sitemap.xml")
