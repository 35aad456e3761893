"""Pages of the catalogue. They only read: nothing is noted about who looked at what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.search import filters
from catalog.search.filters import Place
from catalog.search.listing import listing_of
from catalog.texts.body import Body
from catalog.texts.display import Text, show_for, strategy_of
from catalog.texts.structured import breadcrumbs
from supplier.pagecache.decorators import cached_for_visitors

from .addresses import Step, address_of, breadcrumb_steps, tools_step, trail_of
from .cards import Card, cards_of
from .models import Category, TechniqueProduct
from .product_page import context_of


@cached_for_visitors(*filters.PARAMETERS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    roots = _public().filter(depth=1, kind=Category.Kind.RANGE).order_by("position", "path")
    place = Place(reverse("catalogue:index"), kinds=("product",))
    context = {"ranges": [_with_address(category, [category.slug]) for category in roots]}
    return _list_page(request, "catalogue/index.html", place, context)


@cached_for_visitors("variant")
@require_safe
def product(request: HttpRequest, product_slug: str, pk: int | str) -> HttpResponse:
    context = context_of(request, _key(pk), variant=request.GET.get("variant", ""))
    product = context["product"]
    if product.parent_id:
        return redirect(product.page_url, permanent=True)
    if product_slug != product.slug:
        return _moved(request, product.get_absolute_url())
    return render(request, "catalogue/product.html", context)


@cached_for_visitors(*filters.PARAMETERS)
@require_safe
def category(request: HttpRequest, category_slug: str, pk: int | str, **kwargs: str) -> HttpResponse:
    category = get_object_or_404(_public(texts=True), pk=_key(pk))
    branch = _ancestors(category)
    slugs = [step.slug for step in (*branch, category)]
    url = address_of(category, slugs)
    if category.is_technique or category_slug != "/".join(slugs):
        return _moved(request, url)
    trail = trail_of(branch)
    category.address = url
    place = Place(url, category_id=category.pk, kinds=("product",))
    context = {
        "category": category,
        "url": url,
        "trail": trail,
        "children": [_with_address(child, [*slugs, child.slug]) for child in _children(category)],
        "breadcrumbs_data": breadcrumbs(breadcrumb_steps([tools_step(), *trail], name=category.name, url=url)),
    }
    return _list_page(request, "catalogue/category.html", place, context)


@cached_for_visitors()
@require_safe
def techniques(request: HttpRequest) -> HttpResponse:
    rows = _public().filter(kind=Category.Kind.TECHNIQUE).order_by("position", "path")
    return render(request, "catalogue/techniques.html", {"techniques": rows})


@cached_for_visitors()
@require_safe
def technique(request: HttpRequest, slug: str) -> HttpResponse:
    tools = TechniqueProduct.objects.filter(category=OuterRef("pk")).values("product__upc")
    techniques = _public(texts=True).filter(kind=Category.Kind.TECHNIQUE).annotate(tools=ArraySubquery(tools))
    technique = get_object_or_404(techniques, slug=slug)
    text = show_for(request, Body.from_json(technique.body), more_skus=technique.tools)
    steps = breadcrumb_steps([_techniques_step()], name=technique.name, url=technique.get_absolute_url())
    context = {
        "technique": technique,
        "text": text,
        "cards": _further_cards(technique.tools, text),
        "breadcrumbs_data": breadcrumbs(steps),
    }
    return render(request, "catalogue/technique.html", context)


def _further_cards(skus: Sequence[str], text: Text) -> list[Card]:
    """Tools of the technique that its text doesn't show already."""
    return [text.cards[sku] for sku in skus if sku in text.cards and sku not in text.body.skus]


def _public(*, texts: bool = False) -> QuerySet[Category]:
    categories: QuerySet[Category] = Category.objects.filter(is_public=True, ancestors_are_public=True)
    return categories if texts else categories.defer("description", "body", "long_description")


def _ancestors(category: Category) -> list[Category]:
    """Root first; no query for a root."""
    paths = category.paths_above
    return list(_public().filter(path__in=paths).order_by("path")) if paths else []


def _children(category: Category) -> QuerySet[Category]:
    below = _public().filter(path__startswith=category.path, depth=category.depth + 1)
    return below.order_by("position", "path") if category.numchild else below.none()


def _list_page(request: HttpRequest, template: str, place: Place, context: dict[str, Any]) -> HttpResponse:
    """An address with empty fields, as forms send them, leads to the clean one."""
    asked = filters.read(request.GET, place)
    if not asked.is_clean and not asked.left_out:
        return redirect(place.url(asked.question))
    listing = listing_of(place, asked)
    cards = cards_of(listing.tool_ids, strategy_of(request))
    return render(request, template, {"listing": listing, "cards": cards, **context})


def _with_address(category: Category, slugs: list[str]) -> Category:
    category.address = address_of(category, slugs)
    return category


def _techniques_step() -> Step:
    return Step(_("Techniques"), reverse("catalogue:techniques"))


def _moved(request: HttpRequest, url: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{url}?{query}" if query else url, permanent=True)


def _key(pk: int | str) -> int:
    """A key from an address; a number that no row can have is "not found", not an error."""
    number = int(pk)
    if number > 2**63 - 1:
        raise Http404
    return number
