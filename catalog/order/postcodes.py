"""Postcodes: written as their country writes them, and looked at only where we know for certain how they look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` of the postcode without spaces and dashes; `written`: how its groups are joined; an `example`."""

    pattern: str
    written: str
    example: str

    def match(self, bare: str) -> re.Match[str] | None:
        return re.fullmatch(self.pattern, bare, re.ASCII)


def _figures(example: str) -> Shape:
    """As many figures as the example has, grouped as it is."""
    groups = re.findall(r"\d+", example)
    joint = re.sub(r"\d+", "{}", example)
    return Shape("".join(rf"(\d{{{len(group)}}})" for group in groups), joint, example)


SHAPES = {
    "GB": Shape(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", "{} {}", "S1 0EX"),
    "IE": Shape(r"([AC-FHKNPRTV-Y][0-9]{2}|D6W)([0-9AC-FHKNPRTV-Y]{4})", "{} {}", "D02 X285"),
    "NL": Shape(r"([1-9][0-9]{3})([A-Z]{2})", "{} {}", "1012 AB"),
    "MT": Shape(r"([A-Z]{3})([0-9]{4})", "{} {}", "VLT 1117"),
    "LV": Shape(r"(?:LV)?([0-9]{4})", "LV-{}", "LV-1010"),
    "LT": Shape(r"(?:LT)?([0-9]{5})", "LT-{}", "LT-01103"),
    "US": Shape(r"([0-9]{5})([0-9]{4})?", "{}-{}", "94107"),
    "CA": Shape(r"([A-Z][0-9][A-Z])([0-9][A-Z][0-9])", "{} {}", "K1A 0B1"),
    **{code: _figures("1010") for code in ("AT", "BE", "BG", "CY", "DK", "HU", "LU", "SI", "AU", "CH", "NO", "NZ")},
    **{code: _figures("10117") for code in ("DE", "EE", "ES", "FI", "FR", "HR", "IT")},
    **{code: _figures("110 00") for code in ("CZ", "GR", "SE", "SK")},
    "PL": _figures("00-950"),
    "PT": _figures("1000-205"),
    "RO": _figures("010011"),
}
#: What people write in front of it abroad: "D-10117", "L-1009", "SE-111 22".
LETTERS = {"DE": "D", "AT": "A", "BE": "B", "FR": "F", "IT": "I", "LU": "L", "ES": "E", "FI": "FIN", "SE": "S"}
EXAMPLES = {"AT": "1010", "BE": "1000", "FR": "75001", "ES": "28013", "IT": "00184", "SE": "111 22", "GR": "104 31"}


def example_of(country: str) -> str:
    """Such as "S1 0EX"; empty where we know no shape."""
    shape = SHAPES.get(country)
    return EXAMPLES.get(country, shape.example) if shape else ""


def tidy(country: str, typed: str) -> str:
    """As the country writes it; unchanged, in capitals, where it has another shape or we know none."""
    shape, plain = SHAPES.get(country), " ".join(typed.upper().split())
    found = shape.match(_bare(country, plain)) if shape else None
    if not shape or not found:
        return plain
    groups = [group for group in found.groups() if group]
    return shape.written.format(*groups) if shape.written.count("{}") == len(groups) else groups[0]


def problem(country: str, typed: str, *, name: str) -> str:
    """What is wrong with it and how it looks, or "". `name`: the country's."""
    shape = SHAPES.get(country)
    if not shape or not typed or shape.match(_bare(country, typed.upper())):
        return ""
    if country == "GB":
        return _("A British postcode ends in a figure and two letters, like S1 0EX.")
    if country == "IE":
        return _("An Eircode has seven letters and figures, like D02 X285. Leave it out if you do not know it.")
    return _("A postcode in %(country)s is written like %(example)s.") % {
        "country": name,
        "example": example_of(country),
    }


def _bare(country: str, typed: str) -> str:
    bare = re.sub(r"[\s.–-]+", "", typed)
    for letters in (country, LETTERS.get(country, country)):
        if re.fullmatch(rf"{letters}[0-9]+", bare, re.ASCII) and not SHAPES[country].match(bare):
            return bare.removeprefix(letters)
    return bare
