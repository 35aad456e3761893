"""What a product page says of delivery."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from oscar.apps.address.models import Country

from catalog.shipping.dates import delivery_window, in_words
from catalog.shipping.models import DeliveryMethod
from tests.factories.catalogue import set_stock
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db


def offer(code: str, price: str, *, free_from: str | None = None, country: str = "GB", **fields: int) -> None:
    method = DeliveryMethod.objects.create(
        code=code,
        name=code,
        price=Decimal(price),
        free_from=Decimal(free_from) if free_from else None,
        **{"days_min": 2, "days_max": 3, **fields},
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
    first, last = delivery_window(DeliveryMethod.objects.get(code="standard"), ordered_at=timezone.now())
    assert f"Order now: with you {in_words(first, last)}" in words
    assert "Delivery in the United Kingdom £3.95, free from £45.00." in words
    assert "By express" not in words  # no sooner than the cheapest


def test_product_page_tells_a_way_that_is_sooner(client: Client) -> None:
    offer("standard", "3.95")
    offer("express", "7.95", days_min=1, days_max=1)
    day = delivery_window(DeliveryMethod.objects.get(code="express"), ordered_at=timezone.now())[0]
    assert f"By express {in_words(day, day)}, £7.95." in words_of_page(client)


def test_product_page_promises_no_day_for_what_is_sold_out(client: Client) -> None:
    offer("standard", "3.95")
    tool = make_tool("SH-1")
    set_stock(tool, 0)
    assert "with you" not in client.get(tool.get_absolute_url()).content.decode()


def test_product_page_promises_nothing_where_nothing_is_offered(client: Client) -> None:
    assert "with you" not in words_of_page(client)
