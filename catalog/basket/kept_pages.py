"""The one thing of a guest's own on a public page: how many things are in the basket, in the header."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from .context_processors import pieces_in
from .middleware import BasketMiddleware
from .models import Basket

_ENTRY = re.compile(rb'<a id="header-basket".*?</a>', re.DOTALL)


def with_basket(request: HttpRequest, page: bytes) -> bytes | None:
    """The page as the owner of this basket sees it; None where the cookie leads to no open basket of a guest's."""
    key = settings.OSCAR_BASKET_COOKIE_OPEN  # type: ignore[misc]
    if key not in request.COOKIES or not _ENTRY.search(page):  # a part of a page, or suggestions
        return page
    basket = _basket_of(request, key)
    if basket is None:
        return None
    pieces = pieces_in(Basket.objects.filter(pk=basket.pk))
    entry = render_to_string("components/header-basket.html", {"basket_count": pieces}).strip().encode()
    return _ENTRY.sub(lambda _kept: entry, page)


def _basket_of(request: Any, key: str) -> Any:
    """As the middleware of the basket will find it, for which there is no request of its own here."""
    request.cookies_to_delete = []
    return BasketMiddleware(lambda _: None).get_cookie_basket(key, request, Basket.open)
