"""Data for search engines (schema.org as JSON-LD) in a form that cannot break out of its script element."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from supplier.accounts.letters import absolute_url

# Within a script element only "<" can end it; & and > go with it, and two line ends that old scripts trip over.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(data: Any) -> SafeString:
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def thing(kind: str, **properties: Any) -> dict[str, Any]:
    """A schema.org thing that stands for itself, without its empty properties."""
    return {"@context": "https://schema.org", **part(kind, **properties)}


def part(kind: str, **properties: Any) -> dict[str, Any]:
    """A thing within another one."""
    filled = {name: value for name, value in properties.items() if value not in (None, "", [], ())}
    return {"@type": kind, **filled}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """From (name, absolute address) pairs, the page itself last."""
    items = [
        part("ListItem", position=position, name=name, item=url) for position, (name, url) in enumerate(steps, start=1)
    ]
    return thing("BreadcrumbList", itemListElement=items)


def item_list(entries: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The things of a list page in their order, from (name, absolute address) pairs."""
    items = [
        part("ListItem", position=position, name=name, url=url) for position, (name, url) in enumerate(entries, start=1)
    ]
    return thing("ItemList", itemListElement=items)


def shop() -> dict[str, Any]:
    """Who sells and publishes. The home page tells all about it, under the same @id."""
    logo = part("ImageObject", url=absolute_url(static("img/logo.png")), width=512, height=512)
    address = absolute_url("/")
    name = settings.COMPANY["brand"]
    return {"@id": f"{address}#shop", **part("OnlineStore", name=name, url=address, logo=logo)}


def brand() -> dict[str, Any]:
    return part("Brand", name=settings.COMPANY["brand"])
