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
    tools = Product.objects.for_cards().listed()
    first = Min("techniqueproduct__position")
    return list(tools.annotate(first=first).order_by(F("first").asc(nulls_last=True), "pk")[:FIRST_TOOLS])


@cached_for_visitors()
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page, slug=slug)
    text = show_for(request, page.text)
    return render(request, "pages/page.html", {"page": page, "text": text})
