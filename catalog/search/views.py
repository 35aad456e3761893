"""The search page."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.catalogue.cards import Card, product_cards
from catalog.catalogue.models import Product

from .engine import Hit, Question, engine
from .parsing import MAX_LENGTH

PER_PAGE = 24


def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", " ").strip()[:MAX_LENGTH]
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    answer = engine().search(Question(text=text, page=page, per_page=PER_PAGE)) if text else None
    context = {
        "question": text,
        "page": Paginator(range(answer.total if answer else 0), PER_PAGE).get_page(answer.page if answer else 1),
        "cards": _cards(request, [hit for hit in answer.hits if hit.kind == "product"]) if answer else [],
        "others": [hit for hit in answer.hits if hit.kind != "product"] if answer else [],
    }
    return render(request, "search/results.html", context)


def _cards(request: HttpRequest, hits: Iterable[Hit]) -> list[Card]:
    """Tools are shown as everywhere else, in the order in which they were found."""
    order = {hit.object_id: place for place, hit in enumerate(hits)}
    if not order:
        return []
    products = Product.objects.for_cards().filter(pk__in=order, is_public=True)
    found = sorted(products, key=lambda product: order[product.pk])
    return product_cards(found, request.strategy)  # type: ignore[attr-defined]
