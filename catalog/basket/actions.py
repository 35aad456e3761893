"""What changes a basket. Each locks the basket's row: two tabs at once lose nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from .models import Basket, Line
from .room import room_for


class BasketGone(Exception):
    """The basket was ordered, or taken over at sign-in, or the line is out of it; nothing was changed."""


@dataclass
class Added:
    """What went in, and the products of which not all that was wanted could: (product, wanted, put in)."""

    pieces: int = 0
    short: list[tuple[Any, int, int]] = field(default_factory=list)


def add_to_basket(basket: Any, product: Any, *, quantity: int) -> Any:
    """Returns the line. The form has checked the stock; the checkout checks it again."""
    with transaction.atomic():
        _lock(basket)
        line, _created = basket.add_product(product, quantity)
        return line


def add_many(basket: Any, wishes: Iterable[tuple[Any, int]]) -> Added:
    """Put in as many of each product as there is room for, on top of what is there."""
    added = Added()
    with transaction.atomic():
        _lock(basket)
        for product, wanted in wishes:
            put = _put(basket, product, wanted)
            added.pieces += put
            if put < wanted:
                added.short.append((product, wanted, put))
    return added


def put_back(basket: Any, product: Any, *, quantity: int) -> int:
    """Undo a removal. Pressed twice it is put back once. Returns how many pieces are in the basket now."""
    with transaction.atomic():
        _lock(basket)
        there = sum(line.quantity for line in basket.all_lines() if line.product_id == product.pk)
        return there or _put(basket, product, quantity)


def change_quantity(line: Any, *, quantity: int) -> None:
    with transaction.atomic():
        own = _locked_line(line)
        own.quantity = quantity
        own.save(update_fields=["quantity"])
    line.basket.reset_offer_applications()


def take_out(line: Any) -> None:
    with transaction.atomic():
        _locked_line(line).delete()
    line.basket.reset_offer_applications()


def save_for_later(line: Any, *, saved: Any) -> None:
    """Move a line from the open basket to the saved one, onto what is there of the same thing."""
    with transaction.atomic():
        saved.take_over(_locked_line(line))
    line.basket.reset_offer_applications()


def take_from_saved(line: Any, *, basket: Any) -> int:
    """Move what there is room for from the saved basket to the open one; the rest stays saved. Returns the pieces."""
    with transaction.atomic():
        _lock(basket)
        own = Line.objects.select_for_update().filter(pk=line.pk, basket__status=Basket.SAVED).first()
        if own is None:
            raise BasketGone
        put = _put(basket, line.product, own.quantity)
        _keep_rest(own, own.quantity - put)
    return put


def _put(basket: Any, product: Any, wanted: int) -> int:
    put = room_for(basket, product, wanted=wanted) if product.is_in_shop else 0
    if put:
        basket.add_product(product, put)
    return put


def _keep_rest(line: Any, rest: int) -> None:
    if not rest:
        line.delete()
        return
    line.quantity = rest
    line.save(update_fields=["quantity"])


def _locked_line(line: Any) -> Any:
    """As it is now; another window may have changed it or taken it out."""
    _lock(line.basket)
    own = Line.objects.filter(pk=line.pk, basket=line.basket_id).first()
    if own is None:
        raise BasketGone
    return own


def _lock(basket: Any) -> None:
    """What was read of its lines before is forgotten."""
    if basket.pk and not Basket.open.select_for_update().filter(pk=basket.pk).exists():
        raise BasketGone
    basket.reset_offer_applications()
