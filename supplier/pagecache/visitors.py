"""Who may be given a page that another visitor was given, and which page that is."""

import re
from urllib.parse import parse_qsl, unquote_plus

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

#: Longer queries are no address that many people share.
LONGEST_QUERY = 400
#: What newsletters and advertisers add to our addresses; no page of ours reads it.
_TRACKING = re.compile(r"utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|mc_cid|mc_eid")
_HTMX = ("HTTP_HX_REQUEST", "HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_HX_TARGET")
_LONGEST_HEADER = 60


def address_of(request: HttpRequest) -> str | None:
    """What tells this page from others; None for visitors who may see a page of their own."""
    meta = request.META
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta or _has_state(request):
        return None
    query = meta.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return None
    asked_as = tuple(meta.get(name, "") for name in _HTMX)
    if any(len(value) > _LONGEST_HEADER for value in asked_as):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return repr((request.scheme, host, request.path, without_tracking(query), asked_as))


def _has_state(request: HttpRequest) -> bool:
    """Any cookie of ours: a session, a basket, a message for the next page, a token for a form."""
    return "HTTP_COOKIE" in request.META and any(_is_ours(name) for name in request.COOKIES)


def _is_ours(name: str) -> bool:
    ours = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    return name in (*ours, "messages", "saved_basket") or name.startswith("oscar_")


def without_tracking(query: str) -> str:
    if not query:
        return ""
    parts = query.split("&")
    return "&".join(part for part in parts if not _TRACKING.fullmatch(unquote_plus(part.partition("=")[0])))


def parameters_of(query: str) -> set[str]:
    return {name for name, _ in parse_qsl(query, keep_blank_values=True)}
