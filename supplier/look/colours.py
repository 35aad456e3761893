"""The colours of static/css/tokens.css as numbers: for contrast ratios, and for the hex values that letters need."""

import re
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from pathlib import Path

from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "static/css/tokens.css"
DECLARATION = re.compile(r"--([\w-]+):\s*((?:light-dark\(.*\)|oklch\([^)]*\)));")
OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: / ([\d.]+))?\)")
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Colour:
    """sRGB from 0 to 1, and opacity."""

    red: float
    green: float
    blue: float
    alpha: float = 1

    @property
    def hex(self) -> str:
        return "#" + "".join(f"{round(part * 255):02x}" for part in (self.red, self.green, self.blue))

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG 2 defines it, of the colour rounded to what a screen shows."""
        red, green, blue = (_linear(round(part * 255) / 255) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def over(self, ground: "Colour") -> "Colour":
        mixed = (
            part * self.alpha + under * (1 - self.alpha)
            for part, under in zip(
                (self.red, self.green, self.blue), (ground.red, ground.green, ground.blue), strict=True
            )
        )
        return Colour(*mixed)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2 ratio, from 1 to 21."""
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def colours(scheme: str) -> dict[str, Colour]:
    """Token name to its colour in "light" or "dark"."""
    at = SCHEMES.index(scheme)
    return {name: values[min(at, len(values) - 1)] for name, values in _declared().items()}


@cache
def _declared() -> dict[str, list[Colour]]:
    return {
        name: [_from_oklch(*map(float, (*parts[:3], parts[3] or 1))) for parts in OKLCH.findall(value)]
        for name, value in DECLARATION.findall(TOKENS.read_text())
    }


def _from_oklch(lightness: float, chroma: float, hue: float, alpha: float) -> Colour:
    """Björn Ottosson's OKLab matrices (https://bottosson.github.io/posts/oklab/), as in CSS Color 4."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return Colour(
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
        alpha,
    )


def _gamma(linear: float) -> float:
    linear = min(max(linear, 0), 1)
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
