"""From an address to a question and back: the address is the whole state of a list, so bookmarks and "back" work.

Parameters always come in one order, values in the order of the alphabet; a first page and an own order are not named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from supplier.accounts.text import single_line

from .engine import GROUPS, SORTS, Question

#: Longer texts are cut, longer values left out; both are said on the page.
MOST_TEXT = 200
LONGEST_VALUE = 60
MOST_VALUES = 12
LONGEST_PAGE = 6
KINDS = ("product", "technique", "article", "page")

#: Every parameter that a list reads; where it has words, these besides.
PARAMETERS = (*GROUPS, "sort", "page")
WITH_WORDS = ("q", "exact", "kind")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list lives: its path, and what its address doesn't say because it is always so there."""

    path: str
    category_id: int | None = None
    kinds: tuple[str, ...] = ()
    has_words: bool = False

    def url(self, question: Question) -> str:
        query = urlencode(pairs_of(question, with_words=self.has_words))
        return f"{self.path}?{query}" if query else self.path


@dataclass(frozen=True, slots=True)
class Asked:
    """`left_out`: (parameter, value) pairs that can't be; `is_clean`: nothing empty is in the address."""

    question: Question
    left_out: tuple[Pair, ...] = ()
    is_cut: bool = False
    is_clean: bool = True


def read(data: QueryDict, place: Place) -> Asked:
    """Never an error: what can't be understood is left out and named. Parameters of others (utm_…) are none of ours."""
    left_out: list[Pair] = []
    text = tidy(data.get("q", "")) if place.has_words else ""
    kinds = place.kinds or tuple(_known("kind", data.getlist("kind"), KINDS, left_out))
    question = Question(
        text=text[:MOST_TEXT],
        is_exact=place.has_words and data.get("exact") == "1",
        kinds=kinds,
        category_id=place.category_id,
        chosen={group: values for group in GROUPS if (values := _values(group, data, left_out))},
        sort=next(iter(_known("sort", data.getlist("sort")[:1], SORTS, left_out)), ""),
        page=_page(data.get("page", "")),
    )
    return Asked(question, tuple(left_out), is_cut=len(text) > MOST_TEXT, is_clean=_is_clean(data, place))


def _values(group: str, data: QueryDict, left_out: list[Pair]) -> tuple[str, ...]:
    values = sorted({tidied for value in data.getlist(group) if (tidied := tidy(value))})
    good = [value for value in values if len(value) <= LONGEST_VALUE]
    left_out += [(group, value) for value in values if len(value) > LONGEST_VALUE]
    left_out += [(group, value) for value in good[MOST_VALUES:]]
    return tuple(good[:MOST_VALUES])


def _known(name: str, values: Iterable[str], known: Iterable[str], left_out: list[Pair]) -> list[str]:
    wanted = list(dict.fromkeys(tidied for value in values if (tidied := tidy(value))))
    left_out += [(name, value) for value in wanted if value not in known]
    return [value for value in known if value and value in wanted]


def tidy(value: str) -> str:
    """Without control characters, and without signs that would turn round what stands beside it on the page."""
    return " ".join(single_line(value.replace("\x00", " ")).split())


def _page(value: str) -> int:
    """What is no page is the first; a number beyond all pages stays beyond them."""
    return max(1, int(value[:LONGEST_PAGE])) if value.isascii() and value.isdigit() else 1


def _is_clean(data: QueryDict, place: Place) -> bool:
    """Forms without a script send their empty fields too."""
    names = {*GROUPS, "kind", "sort"}
    return all(value for name in names & set(data) for value in data.getlist(name))


def pairs_of(question: Question, *, with_words: bool = False) -> list[Pair]:
    pairs: list[Pair] = []
    if with_words:
        pairs += [("q", question.text)] if question.text else []
        pairs += [("exact", "1")] if question.is_exact else []
        pairs += [("kind", kind) for kind in question.kinds]
    pairs += [(group, value) for group in GROUPS for value in sorted(question.chosen.get(group, ()))]
    pairs += [("sort", question.sort)] if question.sort else []
    pairs += [("page", str(question.page))] if question.page > 1 else []
    return pairs


def with_choice(question: Question, group: str, value: str) -> Question:
    values = sorted({*question.chosen.get(group, ()), value})
    return _choosing(question, {**question.chosen, group: tuple(values)})


def without(question: Question, pairs: Iterable[Pair]) -> Question:
    gone = set(pairs)
    kept = {
        group: tuple(value for value in values if (group, value) not in gone)
        for group, values in question.chosen.items()
    }
    return _choosing(question, kept)


def without_any(question: Question) -> Question:
    return _choosing(question, {})


def _choosing(question: Question, chosen: Mapping[str, tuple[str, ...]]) -> Question:
    """Another choice begins at its first page."""
    return replace(question, chosen={group: values for group, values in chosen.items() if values}, page=1)


def of_kind(question: Question, *kinds: str) -> Question:
    return replace(question, kinds=kinds, page=1)


def chosen_pairs(question: Question) -> list[Pair]:
    return [(group, value) for group in GROUPS for value in question.chosen.get(group, ())]
