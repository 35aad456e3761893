"""The search page, and what is offered while one types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalog.catalogue.cards import cards_of
from catalog.texts.display import strategy_of
from supplier.pagecache.decorators import cached_for_visitors

from . import filters
from .engine import Question, engine
from .filters import Place
from .listing import KIND_OF_ONE, Listing, listing_of

#: What helps where nothing was found.
FIRST_TOOLS = 3
MOST_SUGGESTIONS = 8
#: Nobody is helped by suggestions for a whole sentence.
MOST_TYPED = 80


@cached_for_visitors(*filters.PARAMETERS, *filters.WITH_WORDS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    place = Place(reverse("search:search"), has_words=True)
    asked = filters.read(request.GET, place)
    if not asked.is_clean and not asked.left_out:
        return redirect(place.url(asked.question))
    question = asked.question
    if not (question.text or question.chosen or question.kinds):
        return render(request, "search/results.html", {"listing": None})
    listing = listing_of(place, asked)
    context = {"listing": listing, **_found(request, listing)}
    return render(request, "search/results.html", context)


def _found(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    if not listing.total and not listing.num_chosen and not listing.question.kinds:
        return _instead(request)
    return {"cards": cards_of(listing.tool_ids, strategy_of(request))}


def _instead(request: HttpRequest) -> dict[str, Any]:
    """The first tools of the shop, and the parts of the hand and techniques that they can be chosen by."""
    everything = Listing.of_all(Question(kinds=("product",), per_page=FIRST_TOOLS), path=reverse("catalogue:index"))
    return {"everything": everything, "first_tools": cards_of(everything.tool_ids, strategy_of(request))}


@cached_for_visitors("q")
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`said`: for those who don't see the list open."""
    typed = filters.tidy(request.GET.get("q", ""))[:MOST_TYPED]
    found = engine().suggest(typed, limit=MOST_SUGGESTIONS) if typed else []
    items = [{"title": one.title, "url": one.url, "kind": str(KIND_OF_ONE.get(one.kind, ""))} for one in found]
    return JsonResponse({"items": items[:MOST_SUGGESTIONS], "said": _said(len(items))})


def _said(number: int) -> str:
    if not number:
        return _("No suggestions")
    return ngettext("%(n)s suggestion", "%(n)s suggestions", number) % {"n": number}
