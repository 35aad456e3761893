"""Asking the index."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from .index import fold
from .models import SearchEntry

#: Longer questions are cut, never refused.
MAX_LENGTH = 200


def find(question: str) -> QuerySet[SearchEntry]:
    """Entries for what somebody typed, best first. Any text is a valid question."""
    words = fold(question)[:MAX_LENGTH].strip()
    if not words:
        return SearchEntry.objects.none()
    query = SearchQuery(words, search_type="websearch", config="english")
    return (
        SearchEntry.objects.filter(vector=query)
        .annotate(rank=SearchRank(F("vector"), query))
        .order_by("-rank", "title", "pk")
    )
