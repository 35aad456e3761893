"""A visitor's hands on the basket."""

import re
from typing import Any

import pytest
from django.test import Client

from catalog.basket.models import Basket, Line
from catalog.catalogue.models import Product
from tests.visit import shop

__all__ = ["shop"]

OURS = {"origin": "http://testserver"}


class Visitor:
    """Somebody with a browser: what they press, and the words they read."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def add(self, product: Product, **data: Any) -> Any:
        return self.client.post(f"/basket/add/{product.pk}/", {"quantity": 1, **data}, headers=OURS)

    def line(self, product: Product) -> Line:
        return Line.objects.get(product=product, basket__status=Basket.OPEN)

    def change(self, line: Line, **data: Any) -> Any:
        return self.client.post(f"/basket/lines/{line.pk}/", data)

    def press(self, path: str, **data: Any) -> str:
        """A button; the words of the page that it leads to."""
        return words(self.client.post(path, data, follow=True, headers=OURS))

    def read(self, path: str = "/basket/") -> str:
        return words(self.client.get(path, follow=True))


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def in_basket(status: str = Basket.OPEN) -> dict[str, int]:
    """Article number → pieces in the only basket of this kind."""
    return dict(Line.objects.filter(basket__status=status).values_list("product__upc", "quantity"))


@pytest.fixture
def visitor(client: Client) -> Visitor:
    return Visitor(client)
