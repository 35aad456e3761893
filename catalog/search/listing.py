"""What a page shows of an answer: groups with their links, what is chosen, ways out where nothing is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.catalogue.facts import either

from . import filters
from .engine import Answer, Choice, Group, Hit, Question, engine
from .filters import Asked, Pair, Place

#: A long group shows its first few; the others are one press away.
FIRST_CHOICES = 8
LONGEST_SHOWN = 40

SORT_NAMES = {
    "": gettext_lazy("Our order"),
    "price": gettext_lazy("Price, low first"),
    "-price": gettext_lazy("Price, high first"),
    "length": gettext_lazy("Length"),
    "new": gettext_lazy("Newest"),
}
KIND_NAMES = {
    "product": gettext_lazy("Tools and oils"),
    "technique": gettext_lazy("Techniques"),
    "article": gettext_lazy("Journal"),
    "page": gettext_lazy("Pages"),
}
#: What stands beside one found thing. A tool shows by itself that it is one.
KIND_OF_ONE = {
    "technique": gettext_lazy("Technique"),
    "article": gettext_lazy("Journal"),
    "page": gettext_lazy("Page"),
}


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """`url` takes it out where it is chosen; a choice that leads nowhere has none."""

    id: str
    value: str
    name: str
    count: int
    url: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ShownGroup:
    code: str
    name: str
    first: tuple[ShownChoice, ...]
    more: tuple[ShownChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the address without it. `count`: how many there would be then, where that is known."""

    id: str
    name: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    hit: Hit
    kind: str


class Listing:
    """For templates. `question` is the asked one without what nobody knows, so links never carry it on."""

    def __init__(self, place: Place, asked: Asked, answer: Answer) -> None:
        self.place, self.asked, self.answer = place, asked, answer
        known = filters.without(asked.question, answer.ignored) if answer.ignored else asked.question
        self.question = replace(known, page=answer.page)

    @classmethod
    def of_all(cls, question: Question, *, path: str) -> Listing:
        """What the list at `path` would be, for pages that lead there."""
        place = Place(path, category_id=question.category_id, kinds=question.kinds)
        return listing_of(place, Asked(question))

    @property
    def total(self) -> int:
        return self.answer.total

    @property
    def path(self) -> str:
        return self.place.path

    @property
    def has_words(self) -> bool:
        return bool(self.question.text)

    @property
    def is_filtered(self) -> bool:
        return bool(self.question.chosen or self.question.sort)

    @property
    def num_chosen(self) -> int:
        return len(filters.chosen_pairs(self.question))

    @cached_property
    def page(self) -> Page[int]:
        """For the links to the other pages: the answer holds the things themselves."""
        return Paginator(range(self.total), self.question.per_page).get_page(self.answer.page)

    @property
    def page_query(self) -> str:
        return self._query(replace(self.question, page=1))

    def _query(self, question: Question) -> str:
        return self.place.url(question).partition("?")[2]

    @cached_property
    def groups(self) -> list[ShownGroup]:
        return [shown for group in self.answer.groups if (shown := self._shown(group))]

    def _shown(self, group: Group) -> ShownGroup | None:
        """None where there is nothing to choose."""
        choices = [self._choice(group.code, choice) for choice in group.choices]
        if not any(choice.url for choice in choices):
            return None
        return ShownGroup(group.code, group.name, *_first_and_more(choices))

    def _choice(self, group: str, choice: Choice) -> ShownChoice:
        if choice.is_chosen:
            url = self.place.url(filters.without(self.question, [(group, choice.value)]))
        else:
            url = self.place.url(filters.with_choice(self.question, group, choice.value)) if choice.count else ""
        return ShownChoice(
            f"f-{group}-{choice.value}", choice.value, choice.name, choice.count, url, is_chosen=choice.is_chosen
        )

    def choices_of(self, code: str) -> list[ShownChoice]:
        groups = (group for group in self.answer.groups if group.code == code)
        return [self._choice(code, choice) for group in groups for choice in group.choices]

    @cached_property
    def kinds(self) -> list[ShownChoice]:
        """One at a time. Where only one kind was found there is nothing to choose."""
        counts = {kind: count for kind in filters.KINDS if (count := self.answer.kinds.get(kind, 0))}
        chosen = self.question.kinds[0] if self.question.kinds else ""
        if self.place.kinds or (len(counts) < 2 and not chosen):
            return []
        everything = self._kind("", _("Everything"), sum(counts.values()), chosen)
        return [everything, *(self._kind(kind, str(KIND_NAMES[kind]), counts.get(kind, 0), chosen)
                              for kind in filters.KINDS if kind in counts or kind == chosen)]  # fmt: skip

    def _kind(self, kind: str, name: str, count: int, chosen: str) -> ShownChoice:
        url = self.place.url(filters.of_kind(self.question, *([kind] if kind else [])))
        return ShownChoice(f"f-kind-{kind or 'all'}", kind, name, count, url, is_chosen=kind == chosen)

    @cached_property
    def chips(self) -> list[Chip]:
        return [self._chip(pair) for pair in filters.chosen_pairs(self.question)]

    def _chip(self, pair: Pair) -> Chip:
        url = self.place.url(filters.without(self.question, [pair]))
        return Chip(f"c-{'-'.join(pair)}", self._names.get(pair, pair[1]), url)

    @cached_property
    def _names(self) -> Mapping[Pair, str]:
        return {(group.code, choice.value): choice.name for group in self.answer.groups for choice in group.choices}

    @property
    def hands(self) -> list[ShownChoice]:
        return self.choices_of("hand")

    @property
    def techniques(self) -> list[ShownChoice]:
        return self.choices_of("technique")

    @property
    def clear_url(self) -> str:
        return self.place.url(filters.without_any(self.question))

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        names = {**SORT_NAMES, "": gettext_lazy("Best answer first")} if self.has_words else SORT_NAMES
        return [(value, str(name), value == self.question.sort) for value, name in names.items()]

    @property
    def kept(self) -> list[Pair]:
        """What a form of this page sends along."""
        return filters.pairs_of(replace(self.question, sort="", page=1), with_words=self.place.has_words)

    @cached_property
    def others(self) -> list[Found]:
        """What is no tool."""
        hits = (hit for hit in self.answer.hits if hit.kind != "product")
        return [Found(hit, str(KIND_OF_ONE.get(hit.kind, ""))) for hit in hits]

    @property
    def tool_ids(self) -> list[int]:
        return [hit.object_id for hit in self.answer.hits if hit.kind == "product"]

    @cached_property
    def left_out(self) -> list[str]:
        pairs = dict.fromkeys((*self.asked.left_out, *self.answer.ignored))
        return [_shortened(value) for _group, value in pairs]

    @cached_property
    def ways_out(self) -> list[Chip]:
        """Where the chosen filters leave nothing: what there is without those of one group, the most first."""
        chips = [
            self._way_out(group, values, self.answer.without.get(group, 0))
            for group, values in self.question.chosen.items()
        ]
        return sorted((chip for chip in chips if chip.count), key=lambda chip: -(chip.count or 0))

    @property
    def total_without(self) -> int:
        """Without any filter."""
        return self.answer.without.get("", 0)

    def _way_out(self, group: str, values: tuple[str, ...], count: int) -> Chip:
        pairs = [(group, value) for value in values]
        names = either([self._names.get(pair, pair[1]) for pair in pairs])
        return Chip(f"w-{group}", names, self.place.url(filters.without(self.question, pairs)), count)

    @property
    def exact_url(self) -> str:
        return self.place.url(replace(self.question, is_exact=True, page=1))

    @property
    def mended_url(self) -> str:
        return self.place.url(replace(self.question, is_exact=False, page=1))


def _first_and_more(choices: list[ShownChoice]) -> tuple[tuple[ShownChoice, ...], tuple[ShownChoice, ...]]:
    """Of a long group first what is chosen and what leads to most, in the group's own order."""
    if len(choices) <= FIRST_CHOICES + 2:
        return tuple(choices), ()
    best = sorted(choices, key=lambda choice: (not choice.is_chosen, -choice.count))[:FIRST_CHOICES]
    first = {choice.id for choice in best}
    return (
        tuple(choice for choice in choices if choice.id in first),
        tuple(choice for choice in choices if choice.id not in first),
    )


def _shortened(value: str) -> str:
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"


def listing_of(place: Place, asked: Asked) -> Listing:
    return Listing(place, asked, engine().search(asked.question))
