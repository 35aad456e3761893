"""Every address that the shop answers, as its URL configuration says it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

Route = tuple[str, Callable[..., Any]]


def all_routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Route]:
    """Each with the view behind it."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern).replace("^", "").replace("$", "")
        if isinstance(entry, URLResolver):
            yield from all_routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback
