"""Oscar's basket middleware, with the prices of the country that the basket goes to."""

from typing import Any

from django.http import HttpRequest
from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware

from catalog.checkout.state import basket_strategy


class BasketMiddleware(OscarBasketMiddleware):
    def apply_offers_to_basket(self, request: HttpRequest, basket: Any) -> None:
        basket.strategy = basket_strategy(request)
        super().apply_offers_to_basket(request, basket)
