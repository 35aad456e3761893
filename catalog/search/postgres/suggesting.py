"""What a search box offers while somebody types: names that begin so, part numbers, then what may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.search.engine import Suggestion
from catalog.search.parsing import MAX_PHRASE
from catalog.search.words import squashed, words_of

from .asking import ask
from .mending import Vocabulary, mend, read_vocabulary, vocabulary_query

MAX_LENGTH = 80
MAX_WORDS = 6
#: One letter begins half of all names: so many of them are looked at.
MOST_FOUND = 1000
#: Of one kind before the other kinds have had their turn.
MOST_OF_A_KIND = 4

_NAMED = """
(SELECT e.kind, e.title, e.url, e.priority, e.object_id FROM search_searchtext t
  JOIN search_searchentry e ON e.id = t.entry_id
  WHERE t.names @@ to_tsquery('simple', %(names)s) AND e.kind {kind} 'product' LIMIT %(most)s)"""

_FOUND = """
SELECT kind, title, url, row_number() OVER (
  ORDER BY nth > %(of_a_kind)s, is_first DESC, kind_place, priority DESC, length(title), object_id) AS place
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY kind ORDER BY is_first DESC, priority DESC, length(title), object_id) AS nth
  FROM (
    SELECT *, starts_with(lower(title), %(first)s) AS is_first,
      array_position(ARRAY['product', 'technique', 'article', 'page'], kind::text) AS kind_place
    FROM ({tools} UNION ALL {others}) named
  ) placed
) counted ORDER BY place LIMIT %(limit)s"""
_FOUND = _FOUND.replace("{tools}", _NAMED.replace("{kind}", "=")).replace("{others}", _NAMED.replace("{kind}", "<>"))

_SQL = """
WITH found AS MATERIALIZED ({found})
SELECT jsonb_build_object(
  'found', (SELECT jsonb_agg(jsonb_build_array(kind, title, url) ORDER BY place) FROM found),
  'vocabulary', CASE WHEN NOT EXISTS (SELECT FROM found) THEN {vocabulary} END)"""
_SQL = _SQL.replace("{found}", _FOUND)


def suggest(text: str, *, limit: int) -> list[Suggestion]:
    """In one query; where nothing begins so, in a second one for what may be meant."""
    words = words_of(text[:MAX_LENGTH])[:MAX_WORDS]
    if not words or limit < 1:
        return []
    vocabulary, params = vocabulary_query(words)
    answer = _ask(vocabulary, _params([words], limit) | params)
    if answer["found"] or not answer["vocabulary"]:
        return _suggestions(answer)
    meant = _meant(words, read_vocabulary(answer["vocabulary"]))
    return _suggestions(_ask("null", _params(meant, limit))) if meant else []


def _meant(words: list[str], vocabulary: Vocabulary) -> list[list[str]]:
    """The mended words, and the same with each synonym in the place of its phrase."""
    mended = list(mend(words, vocabulary).words)
    meant = [mended] if mended != words else []
    for size in range(min(MAX_PHRASE, len(mended)), 0, -1):
        for start in range(len(mended) - size + 1):
            for other in vocabulary.synonyms.get(" ".join(mended[start : start + size]), ()):
                meant.append([*mended[:start], *words_of(other), *mended[start + size :]])
    return meant[:12]


def _params(choices: Sequence[Sequence[str]], limit: int) -> dict[str, Any]:
    return {
        "names": " | ".join(f"({_beginning_of_name(words)})" for words in choices),
        "first": " ".join(choices[0]),
        "most": MOST_FOUND,
        "of_a_kind": MOST_OF_A_KIND,
        "limit": limit,
    }


def _beginning_of_name(words: Sequence[str]) -> str:
    """All words of the name, the last one as a beginning; or a part number."""
    name = " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
    sku = squashed("".join(words))[:40]
    return f"({name}) | '{sku}':*" if len(sku) > 2 else name


def _ask(vocabulary: str, params: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = ask(_SQL.replace("{vocabulary}", vocabulary), params)
    return answer


def _suggestions(answer: dict[str, Any]) -> list[Suggestion]:
    return [Suggestion(*row) for row in answer["found"] or ()]
