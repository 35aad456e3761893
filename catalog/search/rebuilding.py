"""All entries anew, from what the areas know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from . import changes
from .engine import engine
from .models import SearchEntry, SearchIndex

#: Raise it when entries are written otherwise than before: the next `migrate` then writes them all anew.
INDEX_VERSION = 2

_VOCABULARY = """
INSERT INTO search_searchword (shown, word, documents)
SELECT shown, replace(shown, ' ', ''), count(*) FROM search_searchtext, unnest(vocabulary) AS shown GROUP BY shown"""
_DEAD_TERMS = """
DELETE FROM search_searchterm t WHERE NOT EXISTS (SELECT FROM search_searchentry e WHERE e.terms @> ARRAY[t.id])"""


def rebuild() -> dict[str, int]:
    """Entries by kind. In one transaction: nobody sees a shop without its search."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Others who write entries wait, first of all at the door; those who search don't.
        changes.wait_for_others()
        cursor.execute("LOCK TABLE search_searchentry, search_searchword IN SHARE ROW EXCLUSIVE MODE")
        for kind in changes.kinds():
            _rebuild_kind(kind)
        SearchEntry.objects.exclude(kind__in=changes.kinds()).delete()
        cursor.execute("DELETE FROM search_searchword")
        cursor.execute(_VOCABULARY)
        cursor.execute(_DEAD_TERMS)
    return {kind: SearchEntry.objects.filter(kind=kind).count() for kind in changes.kinds()}


def _rebuild_kind(kind: str) -> None:
    keys = set(changes.keys_of(kind))
    strays = set(SearchEntry.objects.filter(kind=kind).values_list("object_id", flat=True)) - keys
    if strays:
        engine().remove(kind, *strays)
    changes.renew(kind, keys)


def rebuild_if_outdated(*, plan: Sequence[tuple[Any, bool]] | None = None, **kwargs: Any) -> None:
    """After `migrate`: a shop whose entries an older version wrote would show empty lists.

    `plan`: (migration, is backwards) pairs as post_migrate has them; None when tables were only emptied.
    """
    if plan is None or any(is_backwards for _migration, is_backwards in plan):
        return
    if SearchIndex.objects.filter(version=INDEX_VERSION).exists():
        return
    with transaction.atomic():
        rebuild()
        SearchIndex.objects.update_or_create(pk=1, defaults={"version": INDEX_VERSION})
