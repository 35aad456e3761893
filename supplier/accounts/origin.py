"""Forms on pages that a cache may serve to everybody carry no token; the browser's own word on the origin guards them.

A visitor with a session is protected by Django's token as everywhere else. A visitor without one has no standing that a
foreign page could abuse, but a foreign page must still not be able to fill baskets or send messages in bulk: browsers
state where a POST comes from (Origin, Sec-Fetch-Site), and a request that says "elsewhere", or nothing, is refused.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from .views import csrf_failure

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


def same_origin_or_token(view: View[P]) -> View[P]:
    """Accept a POST with Django's token (visitors with a session) or from our own origin (visitors without)."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        refusal = None if request.method in SAFE_METHODS else _refusal(request)
        return refusal or view(request, *args, **kwargs)

    return csrf_exempt(wrapped)


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_signed_in(request: HttpRequest) -> bool:
    """Asks neither session nor database of visitors without a session; of one that an early guard answers, nothing."""
    user = getattr(request, "user", None) if has_session(request) else None
    return user is not None and user.is_authenticated


def comes_from_us(request: HttpRequest) -> bool:
    """True when the browser says that one of our own pages sent this request."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    if has_session(request):
        return _TokenCheck(lambda _: csrf_failure(request)).process_view(request, _checked, (), {})
    return None if comes_from_us(request) else csrf_failure(request, reason="origin")


def _checked(request: HttpRequest) -> HttpResponseBase:  # a view without csrf_exempt, for the check
    raise NotImplementedError


class _TokenCheck(CsrfViewMiddleware):
    def process_view(self, request, callback, callback_args, callback_kwargs):  # type: ignore[no-untyped-def]
        self.process_request(request)
        request.csrf_processing_done = False
        return super().process_view(request, callback, callback_args, callback_kwargs)
