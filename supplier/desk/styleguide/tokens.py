"""The tokens as the styleguide shows them: colours with their contrast, sizes and spaces by name."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from supplier.look.colours import SCHEMES, Colour, colours, contrast

#: Token to what it is for, and the ratio that it must keep on paper (None: decoration or ground).
USES: dict[str, tuple[Any, float | None]] = {
    "paper": (_("the page"), None),
    "sheet": (_("fields, the one panel"), None),
    "shade": (_("a missing picture, disabled"), None),
    "ink": (_("text"), 7),
    "ink-soft": (_("names, remarks, hints"), 7),
    "accent": (_("the one action, focus, “now”, changed"), 7),
    "accent-strong": (_("the action under the pointer"), 7),
    "on-accent": (_("text on the accent"), None),
    "good": (_("a state, always with a word"), 7),
    "warn": (_("a state, always with a word"), 7),
    "bad": (_("a state, always with a word"), 7),
    "edge": (_("borders of fields and buttons"), 3),
    "line": (_("hairlines, decoration only"), None),
    "on-photo": (_("words on the home photograph"), None),
}
SIZES = ("size-s", "size-m", "size-l", "title-s", "title-m", "title-l", "title-xl")
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7")


@dataclass(frozen=True)
class Swatch:
    """One colour in one scheme; `ratio` is its contrast on paper, or on the accent for what stands there."""

    hex: str
    ratio: float


@dataclass(frozen=True)
class Token:
    name: str
    use: Any
    swatches: list[Swatch]
    least: float | None

    @property
    def is_kept(self) -> bool:
        return self.least is None or all(round(swatch.ratio, 1) >= self.least for swatch in self.swatches)


def colour_tokens() -> list[Token]:
    return [
        Token(name, use, [_swatch(name, colours(scheme)) for scheme in SCHEMES], least)
        for name, (use, least) in USES.items()
    ]


def _swatch(name: str, known: dict[str, Colour]) -> Swatch:
    shown = known[name].over(known["paper"])
    return Swatch(shown.hex, contrast(shown, known["accent" if name == "on-accent" else "paper"]))
