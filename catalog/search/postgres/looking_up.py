"""What a question names, in one query: the chosen values, the categories below one, the synonyms of its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.search.engine import GROUPS, Question
from catalog.search.parsing import Parsed

from .asking import ask
from .groups import is_live_value

#: More values than any page offers are not looked at.
MOST_VALUES = 50
#: So many things of a category are few enough to look up the offers of each.
FEW = 5000

_SQL = """
WITH below AS (
  SELECT below.id FROM catalogue_category above JOIN catalogue_category below ON starts_with(below.path, above.path)
  WHERE above.id = %(category)s AND below.is_public AND below.ancestors_are_public)
SELECT jsonb_build_object(
  'terms', (SELECT jsonb_agg(jsonb_build_array(t.group_code, t.value, t.id))
    FROM unnest(%(codes)s::text[], %(values)s::text[]) AS wanted (code, value)
    JOIN search_searchterm t ON t.group_code = wanted.code AND t.value = wanted.value
    WHERE EXISTS (SELECT FROM search_searchentry e WHERE e.terms @> ARRAY[t.id])),
  'categories', (SELECT jsonb_agg(id) FROM below),
  'is_long', (SELECT count(*) > %(few)s FROM (
    SELECT FROM catalogue_productcategory WHERE category_id IN (SELECT id FROM below) LIMIT %(few)s + 1) c),
  'synonyms', (SELECT jsonb_agg(jsonb_build_array(typed.phrase, s.phrases, s.keys, typed.key))
    FROM (SELECT phrase, phraseto_tsquery('english', phrase)::text AS key
      FROM unnest(%(phrases)s::text[]) AS phrase) typed
    JOIN search_synonymgroup s ON s.keys @> ARRAY[typed.key]))"""


@dataclass(frozen=True, slots=True)
class Known:
    """`is_long`: the category has more than a few things; without a category that is taken for granted."""

    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ignored: tuple[tuple[str, str], ...] = ()
    term_ids: Mapping[str, Sequence[int]] = field(default_factory=dict)
    category_ids: Sequence[int] | None = None
    is_long: bool = True
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)


def look_up(question: Question, parsed: Parsed) -> Known:
    wanted = [(code, value) for code, values in question.chosen.items() for value in values][:MOST_VALUES]
    phrases = parsed.phrases()
    if not wanted and question.category_id is None and not phrases:
        return Known()
    rows = _ask(wanted, question.category_id, phrases)
    terms = {(code, value): key for code, value, key in rows["terms"] or ()}
    known = [pair for pair in wanted if pair in terms or is_live_value(*pair)]
    return Known(
        chosen=_by_group(known),
        ignored=tuple(dict.fromkeys(pair for pair in wanted if pair not in known)),
        term_ids=_by_group([(code, terms[code, value]) for code, value in known if (code, value) in terms]),
        category_ids=None if question.category_id is None else rows["categories"] or [],
        is_long=question.category_id is None or rows["is_long"],
        synonyms=synonyms_in(rows["synonyms"]),
    )


def synonyms_in(rows: Sequence[Any] | None) -> dict[str, tuple[str, ...]]:
    """The other phrases of its groups, by phrase as it was typed."""
    found: dict[str, tuple[str, ...]] = {}
    for typed, phrases, keys, typed_key in rows or ():
        others = tuple(phrase for phrase, key in zip(phrases, keys, strict=True) if key != typed_key)
        found[typed] = found.get(typed, ()) + others
    return found


def _ask(wanted: list[tuple[str, str]], category: int | None, phrases: list[str]) -> dict[str, Any]:
    storable = [(code, value) for code, value in wanted if code in GROUPS and "\x00" not in value]
    params = {
        "codes": [code for code, _value in storable],
        "values": [value for _code, value in storable],
        "category": category,
        "few": FEW,
        "phrases": phrases,
    }
    rows: dict[str, Any] = ask(_SQL, params)
    return rows


def _by_group(pairs: Sequence[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    return {code: tuple(value for one, value in pairs if one == code) for code, _value in pairs}
