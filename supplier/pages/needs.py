"""The home page's way in: what the hand needs, with how many tools there are for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.search.engine import Question
from catalog.search.listing import Listing

#: What is said of a part of the hand. Parts that nothing is said of can be chosen too, in the form.
HANDS = {
    "palm": (_("The palm"), _("Roll, knead or warm it. The whole weight of the arm helps.")),
    "thumb": (_("The thumb"), _("A press or a knob takes over what the thumb does all day.")),
    "fingers": (_("The fingers"), _("Rings and small rollers, one finger at a time.")),
    "back-of-hand": (_("The back of the hand"), _("Smooth stone and a little oil, always towards the wrist.")),
    "wrist": (_("The wrist"), _("Little pressure, and a little time.")),
    "forearm": (_("The forearm"), _("Where most tired hands begin.")),
}
#: Groups of the form, as they are asked.
ASKED = ("technique", "hand", "pressure", "price")


@dataclass(frozen=True, slots=True)
class HandPart:
    name: str
    more: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Select:
    """`choices`: value and name with its count."""

    code: str
    name: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Needs:
    url: str
    hands: tuple[HandPart, ...]
    selects: tuple[Select, ...]
    in_stock: int


def needs() -> Needs:
    """One question to the search, of every tool."""
    listing = Listing.of_all(Question(kinds=("product",), per_page=1), path=reverse("catalogue:index"))
    groups = {group.code: group for group in listing.answer.groups}
    selects = tuple(
        Select(code, groups[code].name, tuple((one.value, f"{one.name} ({one.count})") for one in groups[code].choices))
        for code in ASKED
        if code in groups
    )
    stock = groups.get("stock")
    return Needs(listing.path, _hands(listing), selects, stock.choices[0].count if stock and stock.choices else 0)


def _hands(listing: Listing) -> tuple[HandPart, ...]:
    """In our own order, those that there are tools for."""
    counts = {choice.value: choice for choice in listing.choices_of("hand")}
    return tuple(
        HandPart(str(name), str(more), choice.url, choice.count)
        for value, (name, more) in HANDS.items()
        if (choice := counts.get(value)) and choice.url
    )
