"""What a product page says of delivery."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from oscar.apps.address.models import Country

from catalog.shipping.models import DeliveryMethod
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db


def offer(code: str, price: str, *, free_from: str | None = None, country: str = "GB", **fields: bool) -> None:
    method = DeliveryMethod.objects.create(
        code=code,
        name=code,
        price=Decimal(price),
        free_from=Decimal(free_from) if free_from else None,
        days_min=2,
        days_max=3,
        **fields,
    )
    method.countries.add(Country.objects.get(pk=country))


def words_of_page(client: Client) -> str:
    html = client.get(make_tool("SH-1").get_absolute_url()).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_product_page_tells_the_cheapest_delivery_at_home(client: Client) -> None:
    offer("collect", "0")
    offer("express", "7.95")
    offer("standard", "3.95", free_from="45")
    offer("closed", "1.00", is_active=False)
    offer("abroad", "2.00", country="DE")
    words = words_of_page(client)
    assert "Delivery in the United Kingdom in 2 to 3 working days, £3.95, free from £45.00." in words


def test_product_page_promises_nothing_where_nothing_is_offered(client: Client) -> None:
    assert "working days" not in words_of_page(client)
