"""A page as it is kept: its headers and its compressed bytes, and how it is handed out again."""

import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from .decorators import MARK
from .visitors import parameters_of

#: Compressed; the longest article of the journal has 20 kB.
LARGEST = 64_000
#: A browser keeps it for the Back button and asks whether it is still true before it shows it again.
CACHE_CONTROL = "private, no-cache"
#: Signed in or with a basket the same address shows something else; a fragment for htmx is no page.
VARIES_ON = ("Cookie", "Accept-Encoding", "HX-Request")
_MAY_VARY_ON = {name.lower() for name in VARIES_ON} | {"hx-target", "hx-boosted", "hx-history-restore-request"}
#: Fields that nobody sees, such as the number of a form, which is new on each page.
_UNSEEN = re.compile(rb'<input type="hidden"[^>]*>')
#: Named, and not with a weight of nothing.
_ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))")


@dataclass(frozen=True, slots=True)
class Entry:
    """`changes`: how many changes had been committed before it was made; it is true as long as there are no more."""

    changes: int
    headers: dict[str, str]
    zipped: bytes
    length: int

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Compressed for whoever takes it; "not modified" for whoever has it."""
        return _unless_known(request, self._full(request.META, has_body=request.method != "HEAD"))

    def _full(self, meta: dict[str, Any], *, has_body: bool) -> HttpResponse:
        response = HttpResponse(headers=self.headers)
        if accepts_gzip(meta):
            response.headers["Content-Encoding"] = "gzip"
            body, length = self.zipped, len(self.zipped)
        else:
            body, length = self.content() if has_body else b"", self.length
        response.headers["Content-Length"] = str(length)
        if has_body:
            response.content = body
        return response

    def content(self) -> bytes:
        return gzip.decompress(self.zipped)

    def answer_with(self, content: bytes, request: HttpRequest) -> HttpResponseBase:
        """The page with something of this visitor's own in it; compressed by the middleware, as all such pages."""
        length = str(len(content))
        response = HttpResponse(headers={**self.headers, "ETag": etag_of(content), "Content-Length": length})
        if request.method != "HEAD":
            response.content = content
        return _unless_known(request, response)

    def to_tuple(self) -> tuple[Any, ...]:
        """What goes into the cache: plain values outlive a change of this class."""
        return (self.changes, self.headers, self.zipped, self.length)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Other conditions than this one are for those who write, and pages that are made know nothing of them."""
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def accepts_gzip(meta: dict[str, Any]) -> bool:
    """Django's middleware would compress for "gzip;q=0" too, which means: not that."""
    return _ACCEPTS_GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", "")) is not None


def entry_of(request: HttpRequest, response: HttpResponseBase, *, changes: int, query: str) -> Entry | None:
    """The page as it can be kept, or None where it is for one visitor only, or no whole page."""
    if not isinstance(response, HttpResponse) or not _may_be_kept(request, response, query):
        return None
    content = response.content
    zipped = gzip.compress(content, compresslevel=6, mtime=0)
    if len(zipped) > LARGEST:
        return None
    mark_as_public(response)
    headers = dict(response.headers.items()) | {"ETag": etag_of(content)}
    headers.pop("Content-Length", None)
    return Entry(changes, headers, zipped, len(content))


def _may_be_kept(request: HttpRequest, response: HttpResponse, query: str) -> bool:
    known = getattr(response, MARK, None)
    return (
        known is not None
        and request.method == "GET"
        and response.status_code == 200
        and not response.cookies
        and not response.has_header("Cache-Control")
        and not response.has_header("Content-Encoding")
        and "'nonce-" not in response.get("Content-Security-Policy", "")
        and _names(response.get("Vary", "")) <= _MAY_VARY_ON
        and parameters_of(query) <= known
    )


def _names(header: str) -> set[str]:
    return {name.strip().lower() for name in header.split(",") if name.strip()}


def mark_as_public(response: HttpResponseBase) -> None:
    """What browsers and proxies are told of a public page, kept or not."""
    if not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, VARIES_ON)


def etag_of(content: bytes) -> str:
    """Weak: the same for pages that look the same, compressed or not."""
    return f'W/"{sha256(_UNSEEN.sub(b"", content)).hexdigest()[:32]}"'
