"""What the shop asks of a search engine, and what it gets back: nothing here knows which engine answers.

Every list of tools (a range, all tools, the search page) is one `Question`, so that filters, counts and order mean the
same everywhere. `settings.SEARCH_ENGINE` names the class; ours is PostgreSQL's full text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

#: Codes of the groups that visitors filter by, in the order in which they are shown.
GROUPS = ("technique", "hand", "pressure", "material", "price", "stock")
#: "" is our own order, for a question with words: the best answer first.
SORTS = ("", "price", "-price", "length", "new")


@dataclass(frozen=True, slots=True)
class Question:
    """`chosen`: values by group, any of a group and all groups; unknown ones are ignored and named in the answer.

    `is_exact`: search for the text as it was typed, without mending it. `page` counts from 1.
    """

    text: str = ""
    is_exact: bool = False
    kinds: tuple[str, ...] = ()
    category_id: int | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    per_page: int = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a group. `count`: how many there would be with it, all other groups as they are."""

    value: str
    name: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """`excerpt` is safe HTML with the words found in <mark>; empty where there is no text to show."""

    kind: str
    object_id: int
    title: str
    url: str
    summary: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`page` is the page shown: beyond the last it is the last. `corrected`: the text searched for instead.

    `kinds`: counts by kind, whatever kinds the question asked for. `ignored`: (group, value) pairs nobody knows.
    `without`: where the choices leave nothing, by group how many there are without its own; "" is without them all.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    num_pages: int = 1
    groups: tuple[Group, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    corrected: str = ""
    ignored: tuple[tuple[str, str], ...] = ()
    without: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What an area writes about one findable thing. `terms`: (group, value, name) triples to filter by.

    Prices and stock are no part of it: they are asked of the stock records when the question is answered.
    """

    kind: str
    object_id: int
    title: str
    url: str
    text: str
    summary: str = ""
    keywords: str = ""
    skus: tuple[str, ...] = ()
    terms: tuple[tuple[str, str, str], ...] = ()
    category_ids: tuple[int, ...] = ()
    priority: int = 0
    length_mm: Decimal | int | None = None
    offer_ids: tuple[int, ...] = ()


class Engine(Protocol):
    def search(self, question: Question) -> Answer:
        """Any text has an answer; what found nothing is told to `note_nothing_found`, for the staff's list."""

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]: ...

    def write(self, *entries: Entry) -> None:
        """Add or renew, in the transaction of the change."""

    def remove(self, kind: str, *object_ids: int) -> None: ...


@lru_cache(maxsize=1)
def engine() -> Engine:
    made: Engine = import_string(settings.SEARCH_ENGINE)()
    return made
