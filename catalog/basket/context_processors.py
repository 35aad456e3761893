"""How many things are in the basket, without making one for a visitor who has none."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def basket_count(request: HttpRequest) -> dict[str, Any]:
    return {"basket_count": SimpleLazyObject(lambda: count_items(request))}


def count_items(request: HttpRequest) -> int:
    if not hasattr(request, "basket"):  # an error page before the middleware ran
        return 0
    cookie: str = settings.OSCAR_BASKET_COOKIE_OPEN  # type: ignore[misc]
    if cookie not in request.COOKIES and not request.user.is_authenticated:
        return 0
    return int(request.basket.num_items)
