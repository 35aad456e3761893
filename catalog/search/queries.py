"""Asking the index."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from .index import fold
from .models import SearchEntry

#: Longer questions are cut, never refused.
MAX_LENGTH = 200
MAX_WORDS = 16


def find(question: str) -> QuerySet[SearchEntry]:
    """Entries for what somebody typed, best first. Any text is a valid question.

    As it was typed, with "quoted phrases", or and -not; where nothing answers that, all words as beginnings of words;
    where nothing answers that either, any of them.
    """
    text = fold(question)[:MAX_LENGTH].strip()
    if not text:
        return SearchEntry.objects.none()
    found = _ranked(SearchQuery(text, search_type="websearch", config="english"))
    words = re.findall(r"\w+", text)[:MAX_WORDS]
    for operator in (" & ", " | "):
        if found.exists() or not words:
            break
        beginnings = operator.join(f"{word}:*" for word in words)
        found = _ranked(SearchQuery(beginnings, search_type="raw", config="english"))
    return found


def _ranked(query: SearchQuery) -> QuerySet[SearchEntry]:
    return (
        SearchEntry.objects.filter(vector=query)
        .defer("vector")
        .annotate(rank=SearchRank(F("vector"), query))
        .order_by("-rank", "title", "pk")
    )
