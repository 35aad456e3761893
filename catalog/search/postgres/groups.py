"""The groups of choices: their names, the prices' steps, and the bit that stands for each in a row's misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.search.engine import GROUPS, Choice, Group

#: A row's misses are a set of bits: that of each group whose choice it does not meet, and this one for its kind.
KIND_BIT = 1
BITS = {code: 2 << place for place, code in enumerate(GROUPS)}
#: Pounds with VAT; each is the first price of a step. Values in addresses come from them: change them rarely.
PRICE_STEPS = (15, 30, 60)
PRICES = ("0-15", "15-30", "30-60", "60-")
IN_STOCK = "in"
#: Values in an order of their own; all others go by their names.
_ORDER = {"pressure": ("soft", "light", "gentle", "medium", "firm", "deep")}

Chosen = Mapping[str, Sequence[str]]


def names() -> dict[str, str]:
    return {
        "technique": _("Technique"),
        "hand": _("Part of the hand"),
        "pressure": pgettext("of a massage", "Pressure"),
        "material": _("Material"),
        "price": _("Price"),
        "stock": _("Availability"),
    }


def price_name(value: str) -> str:
    low, high = value.split("-")
    if low == "0":
        return _("Under £%(high)s") % {"high": high}
    if not high:
        return _("£%(low)s and more") % {"low": low}
    return _("£%(low)s to £%(high)s") % {"low": low, "high": high}


def is_live_value(code: str, value: str) -> bool:
    return value in {"price": PRICES, "stock": (IN_STOCK,)}.get(code, ())


def make_groups(terms: Sequence[Any], live: Sequence[Any], chosen: Chosen) -> tuple[Group, ...]:
    """`terms`: (group, value, name, count); `live`: (step of the price, is in stock, misses, count)."""
    choices: dict[str, list[Choice]] = {code: [] for code in GROUPS}
    for code, value, name, count in terms:
        if code in choices:
            choices[code].append(Choice(value, name, count, value in chosen.get(code, ())))
    for code in choices:
        choices[code].sort(key=lambda choice: _place(code, choice))
    if live:
        choices["price"] = _prices(live, chosen)
        choices["stock"] = _stock(live, chosen)
    shown = names()
    return tuple(Group(code, shown[code], tuple(found)) for code, found in choices.items() if found)


def _place(code: str, choice: Choice) -> Any:
    order = _ORDER.get(code, ())
    return (order.index(choice.value) if choice.value in order else len(order), choice.name.lower())


def _prices(live: Sequence[Any], chosen: Chosen) -> list[Choice]:
    counts = dict.fromkeys(PRICES, 0)
    for step, _is_in, misses, count in live:
        if step is not None and not misses & ~BITS["price"]:
            counts[PRICES[step]] += count
    return [Choice(value, price_name(value), n, value in chosen.get("price", ())) for value, n in counts.items()]


def _stock(live: Sequence[Any], chosen: Chosen) -> list[Choice]:
    count = sum(n for _step, is_in, misses, n in live if is_in and not misses & ~BITS["stock"])
    return [Choice(IN_STOCK, _("In stock"), count, IN_STOCK in chosen.get("stock", ()))]


def without(misses: Sequence[Any], chosen: Chosen) -> dict[str, int]:
    """How many there are without each group, where all together leave nothing. `misses`: (misses, count)."""
    if not misses:
        return {}
    counts = {code: sum(n for missed, n in misses if not missed & ~BITS[code]) for code in chosen}
    return {**counts, "": sum(n for _missed, n in misses)}
