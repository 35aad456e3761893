"""Every address that a customer can ask for, taken from the URLs themselves and filled with real values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.routes import all_routes

#: For staff, machines and files: not pages that a customer reads.
OTHERS = ("admin/", "dashboard/", "desk/", "webhooks/", "media/", "static/")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
RE_ARGUMENT = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Address:
    """`route` as the URL configuration says it; `url` with values in the place of its arguments."""

    route: str
    url: str


def routes() -> list[str]:
    return [route for route, _view in all_routes() if not route.startswith(OTHERS)]


def addresses(values: dict[str, dict[str, Any]]) -> list[Address]:
    return [Address(route, fill(route, values)) for route in routes()]


def fill(route: str, values: dict[str, dict[str, Any]]) -> str:
    """With the values of the longest start of this route; an argument that has none becomes "none"."""
    starts = sorted((start for start in values if route.startswith(start)), key=len, reverse=True)
    known = values[starts[0]] if starts else {}

    def value(match: re.Match[str]) -> str:
        return str(known.get(match[1], "none"))

    return "/" + ARGUMENT.sub(value, RE_ARGUMENT.sub(value, route))


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    location: str = ""

    @property
    def is_page(self) -> bool:
        """Also a form that came back with what is to be mended."""
        return self.status in (200, 422) and self.content_type.startswith("text/html")

    @property
    def kind(self) -> str:
        """page, file, action (only a form reaches it), sign-in, elsewhere (a redirect) or missing."""
        if self.is_page or self.status == 200:
            return "page" if self.is_page else "file"
        if self.status == 405:
            return "action"
        if 300 <= self.status < 400:
            return "sign-in" if self.location.startswith("/accounts/login/") else "elsewhere"
        return "missing"
