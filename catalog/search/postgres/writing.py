"""Entries into rows. Prices and stock are no part of it: orders never wait for the index, nor the index for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from catalog.search.engine import Entry
from catalog.search.models import SearchEntry, SearchTerm, SearchText
from catalog.search.words import LONGEST_TEXT, letter_for_letter, only_words, pairs_of, sku_words, words_of

#: Longer vocabularies are of texts whose rare words nobody mistypes.
MOST_VOCABULARY = 1000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FIELDS = ("title", "url", "summary", "terms", "category_ids", "offer_ids", "priority", "length_mm")

_TEXT = """
INSERT INTO search_searchtext (entry_id, text, plain, vocabulary, head, vector, names)
SELECT entry_id, text, plain, vocabulary, head, head || setweight(to_tsvector('english', body), 'D'),
  setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', skus), 'B')
FROM (
  SELECT entry_id, text, plain, vocabulary, title, skus, body,
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('simple', skus), 'A')
    || setweight(to_tsvector('english', keywords), 'B') || setweight(to_tsvector('english', summary), 'C') AS head
  FROM (VALUES {rows}) AS given (entry_id, text, plain, vocabulary, title, skus, keywords, summary, body)
) AS made
ON CONFLICT (entry_id) DO UPDATE SET text = excluded.text, plain = excluded.plain,
  vocabulary = excluded.vocabulary, head = excluded.head,
  vector = excluded.vector, names = excluded.names"""


def write(entries: Sequence[Entry]) -> None:
    """Add or renew. In a fixed number of queries however many they are."""
    if not entries:
        return
    entries = sorted({(entry.kind, entry.object_id): entry for entry in entries}.values(), key=_key)
    with transaction.atomic():
        terms = _term_ids(entries)
        rows = SearchEntry.objects.bulk_create(
            [_row(entry, terms) for entry in entries],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=_FIELDS,
        )
        before = _vocabulary_of(row.pk for row in rows)
        after = {row.pk: _vocabulary(entry) for row, entry in zip(rows, entries, strict=True)}
        _write_texts([(row.pk, entry, after[row.pk]) for row, entry in zip(rows, entries, strict=True)])
        count_words(before.values(), after.values())


def remove(kind: str, object_ids: Collection[int]) -> None:
    with transaction.atomic():
        gone = SearchEntry.objects.filter(kind=kind, object_id__in=object_ids)
        before = _vocabulary_of(gone.values_list("pk", flat=True))
        if gone.delete()[0]:
            count_words(before.values(), [])


def _key(entry: Entry) -> tuple[str, int]:
    return entry.kind, entry.object_id


def _row(entry: Entry, terms: dict[tuple[str, str], int]) -> SearchEntry:
    return SearchEntry(
        kind=entry.kind,
        object_id=entry.object_id,
        title=_clean(entry.title)[:255],
        url=entry.url[:500],
        summary=_clean(entry.summary),
        terms=sorted({terms[group, value] for group, value, _name in entry.terms}),
        category_ids=sorted(set(entry.category_ids)),
        offer_ids=sorted(set(entry.offer_ids)),
        priority=entry.priority,
        length_mm=entry.length_mm,
    )


def _clean(text: str) -> str:
    """Without NUL, and without the characters that mark words in an excerpt."""
    return _CONTROL.sub(" ", text)


def _term_ids(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """Keys of the terms; new ones are added, and renamed ones get their new name."""
    named = {(group, value[:100]): _clean(name)[:255] for entry in entries for group, value, name in entry.terms}
    known = {(term.group_code, term.value): term for term in _terms(named)}
    fresh = [
        SearchTerm(group_code=code, value=value, name=named[code, value])
        for code, value in sorted(named)
        if (code, value) not in known
    ]
    if fresh:
        SearchTerm.objects.bulk_create(fresh, ignore_conflicts=True)
        known = {(term.group_code, term.value): term for term in _terms(named)}
    for pair, term in sorted(known.items()):
        if term.name != named[pair]:
            SearchTerm.objects.filter(pk=term.pk).update(name=named[pair])
    return {pair: term.pk for pair, term in known.items()}


def _terms(named: Collection[tuple[str, str]]) -> list[SearchTerm]:
    values = {value for _code, value in named}
    found = SearchTerm.objects.filter(value__in=values) if values else SearchTerm.objects.none()
    return [term for term in found if (term.group_code, term.value) in named]


def _write_texts(rows: Sequence[tuple[int, Entry, list[str]]]) -> None:
    params: list[Any] = []
    for key, entry, vocabulary in rows:
        skus = " ".join(word for sku in entry.skus for word in sku_words(sku))
        keywords = only_words(f"{entry.keywords} {' '.join(entry.skus)}")
        text = _clean(f"{entry.summary} {entry.text}".strip())[:LONGEST_TEXT]
        params += [key, text, letter_for_letter(text), vocabulary, only_words(entry.title), skus, keywords]
        params += [only_words(entry.summary), only_words(entry.text)]
    placeholders = ", ".join(
        ["(%s::bigint, %s::text, %s::text, %s::text[], %s::text, %s::text, %s::text, %s::text, %s::text)"] * len(rows)
    )
    with connection.cursor() as cursor:
        cursor.execute(_TEXT.replace("{rows}", placeholders), params)


def _vocabulary(entry: Entry) -> list[str]:
    """Words that may be meant by a mistyped one, and neighbours in names that may be written as one word."""
    all_words = words_of(f"{entry.title} {entry.keywords} {entry.summary} {entry.text}")
    words = dict.fromkeys(word for word in all_words if len(word) > 2 and word.isalpha())
    pairs = dict.fromkeys(pair for text in (entry.title, entry.keywords) for pair in pairs_of(text))
    return sorted([*words, *pairs][:MOST_VOCABULARY])


def _vocabulary_of(keys: Iterable[int]) -> dict[int, list[str]]:
    return dict(SearchText.objects.filter(pk__in=list(keys)).values_list("pk", "vocabulary"))


def count_words(before: Iterable[Iterable[str]], after: Iterable[Iterable[str]]) -> None:
    """Only what differs is touched, and in one order by all, so that no two who save wait for each other."""
    change: Counter[str] = Counter()
    for words in after:
        change.update(words)
    for words in before:
        change.subtract(words)
    changed = sorted((word, number) for word, number in change.items() if number)
    if not changed:
        return
    shown, numbers = [word for word, _n in changed], [number for _word, number in changed]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"shown": shown, "numbers": numbers})
        if any(number < 0 for number in numbers):
            cursor.execute("DELETE FROM search_searchword WHERE shown = ANY(%s) AND documents <= 0", [shown])


_COUNT = """
INSERT INTO search_searchword (shown, word, documents)
SELECT shown, replace(shown, ' ', ''), number
FROM unnest(%(shown)s::text[], %(numbers)s::int[]) AS changed (shown, number) ORDER BY shown
ON CONFLICT (shown) DO UPDATE SET documents = search_searchword.documents + excluded.documents"""
