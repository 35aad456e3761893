"""What a page shows of a product in a list."""

from collections.abc import Iterable
from typing import Any

from .models import Product


class Card:
    pass


def product_cards(products: Iterable[Product], strategy: Any) -> list[Any]:
    return []
