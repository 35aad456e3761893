"""Data for search engines (schema.org as JSON-LD) in a form that cannot break out of its script element."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

# Within a script element only "<" can end it; & and > go with it, and two line ends that old scripts trip over.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(data: Any) -> SafeString:
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def thing(kind: str, **properties: Any) -> dict[str, Any]:
    """A schema.org thing without its empty properties."""
    filled = {name: value for name, value in properties.items() if value not in (None, "", [], ())}
    return {"@context": "https://schema.org", "@type": kind, **filled}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """From (name, absolute address) pairs, the page itself last."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, start=1)
    ]
    return thing("BreadcrumbList", itemListElement=items)
