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
    """What tells this page from others; None for visitors who may see a page of their own.

    Of a basket all pages show the same entry in the header, which PAGE_CACHE_PERSONAL puts in.
    """
    meta = request.META
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta or _cookies(request) - _shared():
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


def brings_nothing(request: HttpRequest) -> bool:
    """Only such a visitor's page is kept for others."""
    return not _cookies(request)


def _cookies(request: HttpRequest) -> set[str]:
    """Names of those that are ours: a session, a basket, a message for the next page, a token for a form."""
    if "HTTP_COOKIE" not in request.META:
        return set()
    return {name for name in request.COOKIES if _is_ours(name)}


def _shared() -> set[str]:
    """Whoever brings these and no others is given kept pages; no kept page has a token in it."""
    return {settings.OSCAR_BASKET_COOKIE_OPEN, settings.CSRF_COOKIE_NAME}  # type: ignore[misc]


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
