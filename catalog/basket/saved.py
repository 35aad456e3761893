"""What visitors keep for later: a basket of Oscar's kind "saved", of an account or of a cookie like the open one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.http import HttpResponse

from catalog.checkout.state import basket_strategy
from supplier.accounts.origin import is_signed_in

from .models import Basket, Line
from .requests import ShopRequest

COOKIE = "saved_basket"
#: A salt of its own: the cookie of an open basket opens no saved one.
SIGNER = Signer(salt="catalog.basket.saved")
#: So long the second press of a button finds the list that the first one made.
TWICE_SECONDS = 60


def may_have_saved(request: ShopRequest) -> bool:
    """Asks neither session nor database of visitors who can't have any."""
    return COOKIE in request.COOKIES or is_signed_in(request)


def saved_lines(request: ShopRequest) -> list[Any]:
    """Oldest first, with what their prices and pictures need: three queries, however many there are."""
    if not may_have_saved(request):
        return []
    _merge_at_sign_in(request)
    lines = Line.objects.filter(_whose(request)).select_related(
        "basket", "stockrecord", "product__product_class", "product__parent__product_class"
    )
    found = list(lines.prefetch_related("product__images", "product__parent__images").order_by("pk"))
    strategy = basket_strategy(request)
    for line in found:
        line.basket.strategy = strategy
    return found


def saved_basket(request: ShopRequest) -> Any:
    """The visitor's; a new one if there is none."""
    if is_signed_in(request):
        _merge_at_sign_in(request)
        return _of_user(request.user) or Basket.saved.create(owner=request.user)
    key = _key(request)
    found = Basket.saved.filter(pk=key, owner=None).first() if key else None
    return found or Basket.saved.create()


def keep_cookie(response: HttpResponse, basket: Any) -> None:
    """A guest finds it again by a signed cookie that lives as long as the one of the open basket."""
    if basket.owner_id:
        return
    response.set_cookie(
        COOKIE,
        SIGNER.sign(basket.pk),
        max_age=settings.OSCAR_BASKET_COOKIE_LIFETIME,  # type: ignore[misc]
        secure=settings.OSCAR_BASKET_COOKIE_SECURE,  # type: ignore[misc]
        httponly=True,
        samesite="Lax",
    )


def remember_for_second_press(basket: Any, saved: Any) -> None:
    """A browser forgets the answer to the first press, and with it the cookie of a list that was just made."""
    cache.set(f"saved-from:{basket.pk}", saved.pk, TWICE_SECONDS)


def made_by_first_press(request: ShopRequest) -> Any:
    """The list of a guest who brings no cookie for it; None where nothing was kept a moment ago."""
    key = None if may_have_saved(request) else cache.get(f"saved-from:{request.basket.pk}")
    return Basket.saved.filter(pk=key, owner=None).first() if key else None


def _merge_at_sign_in(request: ShopRequest) -> None:
    if not is_signed_in(request) or COOKIE not in request.COOKIES:
        return
    key = _key(request)
    guests = Basket.saved.filter(pk=key, owner=None).first() if key else None
    if guests:
        (_of_user(request.user) or Basket.saved.create(owner=request.user)).merge(guests)
    request.cookies_to_delete.append(COOKIE)
    del request.COOKIES[COOKIE]


def _whose(request: ShopRequest) -> Q:
    if is_signed_in(request):
        return Q(basket__status=Basket.SAVED, basket__owner=request.user)
    return Q(basket__status=Basket.SAVED, basket__owner=None, basket=_key(request) or 0)


def _of_user(user: Any) -> Any:
    return Basket.saved.filter(owner=user).order_by("pk").first()


def _key(request: ShopRequest) -> int | None:
    """The basket that the cookie names; None for a forged one."""
    try:
        return int(SIGNER.unsign(request.COOKIES.get(COOKIE, "")))
    except (BadSignature, ValueError):
        return None
