"""Pages for visitors without a session, taken from the cache as long as nothing has changed (promise 4)."""

import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

from supplier.accounts.origin import is_signed_in

from . import store
from .changes import changes_so_far
from .decorators import MARK
from .entries import Entry, accepts_gzip, entry_of, mark_as_public
from .visitors import address_of, brings_nothing, without_tracking

Answer = Callable[[HttpRequest], HttpResponseBase]


class PageCache:
    def __init__(self, get_response: Answer) -> None:
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        address = address_of(request)
        # Asked before the page is made: a change that commits meanwhile makes what is kept now untrue at once.
        changes = changes_so_far() if address else None
        if address is None or changes is None:
            return _marked(self.get_response(request))
        entry = store.find(address)
        if entry and entry.changes == changes:
            answer = _for_this_visitor(entry, request)
            if answer is not None:
                return answer
        if not brings_nothing(request):
            return _marked(self.get_response(request))
        return self._make_and_keep(request, address, changes)

    def _make_and_keep(self, request: HttpRequest, address: str, changes: int) -> HttpResponseBase:
        query = without_tracking(request.META.get("QUERY_STRING", ""))
        request.META["QUERY_STRING"] = query  # the page is for all: it repeats nobody's tracking
        until = store.end_of_minute(time.time())  # a page that is made across it speaks of the minute before
        response = self.get_response(request)
        entry = entry_of(request, response, changes=changes, query=query)
        if entry is None:
            return _marked(response)
        store.keep(address, entry, until=until)
        return entry.answer(request)


def _for_this_visitor(entry: Entry, request: HttpRequest) -> HttpResponseBase | None:
    """None: what they bring needs the whole shop to look at it."""
    if brings_nothing(request):
        return entry.answer(request)
    kept = entry.content()
    content = _personal()(request, kept)
    if content is None:
        return None
    return entry.answer(request) if content == kept else entry.answer_with(content, request)


@cache
def _personal() -> Callable[[HttpRequest, bytes], bytes | None]:
    """Named by a setting: the page cache is ground that all areas stand on, and knows none of them."""
    fill: Callable[[HttpRequest, bytes], bytes | None] = import_string(settings.PAGE_CACHE_PERSONAL)
    return fill


def _marked(response: HttpResponseBase) -> HttpResponseBase:
    if hasattr(response, MARK):
        mark_as_public(response)
    return response


class Compress(GZipMiddleware):
    """Texts that are not kept. Their length is padded at random, so that nothing can be guessed from it (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not _is_text(response.headers.get("Content-Type", "")):
            return response
        if not accepts_gzip(request.META):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)


def keep_private(get_response: Answer) -> Answer:
    """Pages of somebody who is signed in stay on no disk, unless the view says otherwise or the page is public."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control") and not hasattr(response, MARK) and is_signed_in(request):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def _is_text(content_type: str) -> bool:
    return content_type.startswith(("text/", "application/json", "application/xml", "application/atom+xml"))
