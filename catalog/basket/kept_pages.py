"""The one thing of a guest's own on a public page: how many things are in the basket, in the header."""

import re
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from .context_processors import has_basket_cookie, pieces_of
from .middleware import BasketMiddleware
from .models import Basket

_ENTRY = re.compile(rb'<a id="header-basket".*?</a>', re.DOTALL)


def with_basket(request: HttpRequest, page: bytes) -> bytes | None:
    """The page as the owner of this basket sees it; None where the cookie leads to no open basket of a guest's."""
    if not has_basket_cookie(request) or not _ENTRY.search(page):  # a part of a page, or suggestions
        return page
    basket = _basket_of(request)
    if basket is None:
        return None
    context = {"basket_count": pieces_of(basket)}
    entry = render_to_string("components/header-basket.html", context).strip().encode()
    return _ENTRY.sub(lambda _kept: entry, page)


def _basket_of(request: Any) -> Basket | None:
    """As the middleware of the basket will find it, which this request has not met yet."""
    middleware = BasketMiddleware(lambda _: None)
    request.cookies_to_delete = []
    basket: Basket | None = middleware.get_cookie_basket(middleware.get_cookie_key(request), request, Basket.open)
    return basket
