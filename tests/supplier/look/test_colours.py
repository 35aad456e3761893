"""The tokens as numbers: what look/README promises about contrast is computed, not believed."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from supplier.look import inline
from supplier.look.colours import SCHEMES, Colour, colours, contrast

#: Text token to the least ratio it keeps on paper and sheet: AAA for what one reads, 3 for borders.
PROMISED = {"ink": 7, "ink-soft": 7, "accent": 7, "accent-strong": 7, "good": 7, "warn": 7, "bad": 7, "edge": 3}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_text_stands_out_from_its_ground(scheme: str, ground: str) -> None:
    found = {name: contrast(colours(scheme)[name], colours(scheme)[ground]) for name in PROMISED}
    assert {name: ratio for name, ratio in found.items() if ratio < PROMISED[name] - 0.05} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_short_remarks_on_shade_and_words_on_the_accent_stand_out(scheme: str) -> None:
    known = colours(scheme)
    assert min(contrast(known[name], known["shade"]) for name in ("ink", "ink-soft", "warn", "bad")) >= 4.5
    assert contrast(known["on-accent"], known["accent"]) >= 7


def test_colours_are_those_that_a_browser_shows() -> None:
    """Known pairs: from Chromium's computed values."""
    assert (colours("light")["paper"].hex, colours("dark")["accent"].hex) == ("#eae5e1", "#cabce6")
    assert contrast(Colour(0, 0, 0), Colour(1, 1, 1)) == pytest.approx(21)


@pytest.mark.parametrize(("scheme", "letter"), [("light", inline.LIGHT), ("dark", inline.DARK)])
def test_letters_have_the_colours_of_the_pages(scheme: str, letter: dict[str, str]) -> None:
    known = colours(scheme)
    expected = {name: known[name].over(known["paper"]).hex for name in letter}
    assert letter == expected


def test_the_dark_half_of_letters_knows_only_these_colours() -> None:
    text = (Path(settings.BASE_DIR) / "templates/emails/base.html").read_text()
    dark = text[text.index("@media (prefers-color-scheme: dark)") : text.index("</style>")]
    assert set(re.findall(r"#[0-9a-f]{6}", dark)) == set(inline.DARK.values())


def test_the_admin_has_the_colours_of_the_pages() -> None:
    text = (Path(settings.BASE_DIR) / "static/css/admin.css").read_text()
    tokens = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
    values = set(re.findall(r"light-dark\(oklch.*?\)\)", text))
    assert values
    assert [value for value in values if value not in tokens] == []
