from __future__ import annotations

from django.db.models import F, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.models import Article
from catalog.catalogue.cards import product_cards
from catalog.catalogue.models import Category, Product
from catalog.texts.display import show_for, strategy_of
from supplier.pagecache.decorators import cached_for_visitors

from .models import Page
from .needs import needs
from .structured import shop_data, site_data

#: The tools that techniques name first; staff order them on the techniques' pages.
FIRST_TOOLS = 6


@cached_for_visitors()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "techniques": Category.objects.filter(kind=Category.Kind.TECHNIQUE, is_public=True).order_by("position", "pk"),
        "needs": needs(),
        "cards": product_cards(_first_tools(), strategy_of(request)),
        "article": Article.objects.published().for_lists().first(),
        "shop_data": shop_data(),
        "site_data": site_data(),
    }
    return render(request, "pages/home.html", context)


def _first_tools() -> list[Product]:
    """Those of techniques, then others. They are chosen by their keys: sorting the whole shop would take its time."""
    listed, first = Product.objects.listed(), Min("techniqueproduct__position")
    of_techniques = listed.filter(techniqueproduct__isnull=False).annotate(first=first).order_by("first", "pk")
    others = listed.filter(techniqueproduct__isnull=True).order_by("pk")
    keys = of_techniques.values("pk")[:FIRST_TOOLS].union(others.values("pk")[:FIRST_TOOLS], all=True)
    tools = Product.objects.for_cards().filter(pk__in=keys).annotate(first=first)
    return list(tools.order_by(F("first").asc(nulls_last=True), "pk")[:FIRST_TOOLS])


@cached_for_visitors()
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page, slug=slug)
    text = show_for(request, page.text)
    return render(request, "pages/page.html", {"page": page, "text": text})
