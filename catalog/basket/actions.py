"""What changes a basket. Each locks the basket's row: two tabs at once lose nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from .models import Basket


class BasketGone(Exception):
    """The basket was ordered, or taken over at sign-in, in the meantime; nothing was changed."""


def add_to_basket(basket: Any, product: Any, *, quantity: int) -> Any:
    """Returns the line. The form has checked the stock; the checkout checks it again."""
    with transaction.atomic():
        _lock(basket)
        line, _created = basket.add_product(product, quantity)
        return line


def change_quantity(line: Any, *, quantity: int) -> None:
    with transaction.atomic():
        _lock(line.basket)
        line.quantity = quantity
        line.save()
    line.basket.reset_offer_applications()


def take_out(line: Any) -> None:
    with transaction.atomic():
        _lock(line.basket)
        line.delete()
    line.basket.reset_offer_applications()


def _lock(basket: Any) -> None:
    if basket.pk and not Basket.open.select_for_update().filter(pk=basket.pk).exists():
        raise BasketGone
