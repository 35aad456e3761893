"""What a search box offers while somebody types."""

from __future__ import annotations

from typing import Any

from django.db import connection

from catalog.search.engine import Suggestion
from catalog.search.words import squashed, words_of

from .statement import RANK_AT_MOST

_NAMES = """
SELECT kind, title, url FROM (
  (SELECT e.kind, e.title, e.url, e.priority, e.object_id, e.summary FROM search_searchtext t
    JOIN search_searchentry e ON e.id = t.entry_id
    WHERE t.names @@ to_tsquery('simple', %(names)s) LIMIT %(most)s)
) found
ORDER BY starts_with(lower(title), %(first)s) DESC, priority DESC, length(title), kind DESC, object_id
LIMIT %(limit)s"""


def suggest(text: str, *, limit: int) -> list[Suggestion]:
    words = words_of(text[:200])[:8]
    if not words or limit < 1:
        return []
    params: dict[str, Any] = {
        "names": _beginning_of_name(words),
        "first": words[0],
        "limit": limit,
        "most": RANK_AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, params)
        return [Suggestion(*row) for row in cursor.fetchall()]


def _beginning_of_name(words: list[str]) -> str:
    """All words of the name, the last one as a beginning; or a part number."""
    name = " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
    sku = squashed("".join(words))[:40]
    return f"({name}) | '{sku}':*" if len(sku) > 2 else name
