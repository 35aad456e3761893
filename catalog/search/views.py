"""The search page."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.catalogue.cards import Card, product_cards
from catalog.catalogue.models import Product

from .models import SearchEntry
from .queries import MAX_LENGTH, find

PER_PAGE = 24


def search(request: HttpRequest) -> HttpResponse:
    question = request.GET.get("q", "").replace("\x00", " ").strip()[:MAX_LENGTH]
    page = Paginator(find(question), PER_PAGE).get_page(request.GET.get("page"))
    entries = list(page.object_list)
    context = {
        "question": question,
        "page": page,
        "cards": _cards(request, [entry for entry in entries if entry.kind == "product"]),
        "others": [entry for entry in entries if entry.kind != "product"],
    }
    return render(request, "search/results.html", context)


def _cards(request: HttpRequest, entries: Iterable[SearchEntry]) -> list[Card]:
    """Tools are shown as everywhere else, in the order in which they were found."""
    order = {entry.object_id: place for place, entry in enumerate(entries)}
    if not order:
        return []
    products = Product.objects.for_cards().filter(pk__in=order, is_public=True)
    found = sorted(products, key=lambda product: order[product.pk])
    return product_cards(found, request.strategy)  # type: ignore[attr-defined]
