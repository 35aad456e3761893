"""Oscar's basket middleware, with the prices of the country that the basket goes to, and our words at sign-in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import ngettext
from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware

from catalog.checkout.state import basket_strategy

from .models import Basket


class BasketMiddleware(OscarBasketMiddleware):
    def process_response(self, request: Any, response: Any) -> Any:
        """Oscar's cookie says nothing about foreign pages: a form of theirs must not bring it along."""
        response = super().process_response(request, response)
        for name in {self.get_cookie_key(request)} & set(response.cookies):
            response.cookies[name]["samesite"] = "Lax"
        return response

    def get_basket(self, request: Any) -> Any:
        """The visitor's open basket; made, but not written, for a guest who has none."""
        if request._basket_cache is None:
            cookie_basket = self.get_cookie_basket(self.get_cookie_key(request), request, Basket.open)
            is_signed_in = hasattr(request, "user") and request.user.is_authenticated
            request._basket_cache = self._of_user(request, cookie_basket) if is_signed_in else cookie_basket or Basket()
        return request._basket_cache

    def _of_user(self, request: Any, cookie_basket: Any) -> Any:
        """What was put in before signing in is added, and so is what an older open basket of theirs holds."""
        own = list(Basket.open.filter(owner=request.user).order_by("pk"))
        basket = own[0] if own else Basket.open.get_or_create(owner=request.user)[0]
        basket.owner = request.user
        others = [*own[1:], *([cookie_basket] if cookie_basket else [])]
        pieces = sum(other.num_items for other in others)
        for other in others:
            self.merge_baskets(basket, other)
        if cookie_basket:
            request.cookies_to_delete.append(self.get_cookie_key(request))
        if pieces:
            _tell_merged(request, pieces)
        return basket

    def apply_offers_to_basket(self, request: HttpRequest, basket: Any) -> None:
        basket.strategy = basket_strategy(request)
        if basket.pk:
            prefetch_related_objects([basket], "vouchers")  # Oscar asks for them, and so does the basket's page
        super().apply_offers_to_basket(request, basket)


def _tell_merged(request: HttpRequest, pieces: int) -> None:
    words = ngettext(
        "%(n)d thing that you put in before is in your basket too.",
        "%(n)d things that you put in before are in your basket too.",
        pieces,
    )
    messages.info(request, words % {"n": pieces})
