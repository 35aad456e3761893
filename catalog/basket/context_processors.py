"""How many things are in the basket, without making one for a visitor who has none."""

from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, empty

from supplier.accounts.origin import is_signed_in

from .middleware import BasketMiddleware
from .models import Basket


def basket_count(request: HttpRequest) -> dict[str, Any]:
    return {"basket_count": SimpleLazyObject(lambda: count_items(request))}


def may_have_basket(request: HttpRequest) -> bool:
    """Asks neither session nor database of visitors who can't have one."""
    return has_basket_cookie(request) or is_signed_in(request)


def count_items(request: HttpRequest) -> int:
    """Two queries at most: offers are worked out only where prices of the basket are shown."""
    if not hasattr(request, "basket") or not may_have_basket(request):  # an error page before the middleware ran
        return 0
    if request.basket._wrapped is not empty:
        return int(request.basket.num_items)
    if has_basket_cookie(request):
        basket = BasketMiddleware(lambda _: None).get_basket(request)  # merges it after sign-in
        return pieces_of(basket)
    return _pieces(Basket.open.filter(owner=request.user))


def has_basket_cookie(request: HttpRequest) -> bool:
    return settings.OSCAR_BASKET_COOKIE_OPEN in request.COOKIES  # type: ignore[misc]


def pieces_of(basket: Basket) -> int:
    return _pieces(Basket.objects.filter(pk=basket.pk))


def _pieces(baskets: Any) -> int:
    return int(baskets.aggregate(pieces=Sum("lines__quantity"))["pieces"] or 0)
