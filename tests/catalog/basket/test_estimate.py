"""What delivery costs and when it comes, before the checkout."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from catalog.basket.models import Basket
from catalog.shipping.dates import delivery_window, in_words
from catalog.shipping.models import DeliveryMethod
from tests.factories.texts import make_tool
from tests.shop import make_method

from .conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper(visitor: Visitor) -> Visitor:
    make_method("collection", price="0.00", position=1)
    make_method("uk-standard", price="3.95", free_from="45.00", position=2)
    make_method("uk-express", price="7.95", position=3)
    make_method("eu-standard", countries="DE IE", price="12.90", free_from="90.00", max_weight_g=10_000)
    visitor.add(make_tool("SH-1", price="20.00"), quantity=2)
    return visitor


def test_cheapest_way_to_the_door_is_counted_and_all_are_shown_with_their_days(shopper: Visitor) -> None:
    page = shopper.read()
    assert "Delivery, uk-standard £3.95 To pay, with VAT £43.95" in page
    assert "Of which VAT £7.33." in page, "of goods and delivery"
    row = DeliveryMethod.objects.get(code="uk-express")
    assert in_words(*delivery_window(row, ordered_at=timezone.now())) in page
    assert "collection" in page


def test_another_country_is_net_and_keeps_its_hint_of_free_delivery(shopper: Visitor) -> None:
    response = shopper.client.get("/basket/?country=DE")
    assert response["Location"] == "/basket/#delivery"
    page = shopper.read()
    assert "2 things £33.33" in page
    assert "Delivery, eu-standard £10.75 To pay, without UK VAT £44.08" in page
    assert "Add £50.00 more and delivery is free." in page
    assert "the carrier collects import VAT on delivery" in page
    assert "uk-standard" not in page


def test_going_back_home_brings_the_vat_back(shopper: Visitor) -> None:
    shopper.client.get("/basket/?country=DE")
    shopper.client.get("/basket/?country=gb")
    assert "To pay, with VAT £43.95" in shopper.read()


@pytest.mark.parametrize("country", ["US", "XX", "", "DEU", "\x00", "d" * 900, "<b>"])
def test_country_that_is_not_served_changes_nothing(shopper: Visitor, country: str) -> None:
    shopper.client.get("/basket/", {"country": country})
    assert "To pay, with VAT £43.95" in shopper.read()


def test_country_is_kept_only_for_whoever_has_a_basket(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/basket/?country=DE")
    assert response.status_code == 200
    assert not response.cookies


def test_parcel_that_is_too_heavy_says_so(shopper: Visitor) -> None:
    DeliveryMethod.objects.filter(code="eu-standard").delete()
    shopper.client.get("/basket/?country=DE")
    page = shopper.read()
    assert "too heavy for the carriers of that country" in page
    assert "Without delivery" in page


def test_country_chosen_in_the_basket_stands_in_the_address_and_asks_for_it_again(shopper: Visitor) -> None:
    """The address told before is kept, but prices of one country never go with a parcel to another."""
    client = shopper.client
    who = {"email": "ann@post.example", "first_name": "Ann", "last_name": "T", "country": "DE", "line1": "Weg 1"}
    client.post("/checkout/", who | {"line4": "Berlin", "postcode": "10117"})
    assert client.get("/checkout/delivery/").status_code == 200
    client.get("/basket/?country=IE")
    assert client.get("/checkout/delivery/")["Location"] == "/checkout/"
    form = client.get("/checkout/").context["form"]
    assert (form["country"].value(), form["line1"].value()) == ("IE", "Weg 1")
    client.get("/basket/?country=DE")
    assert client.get("/checkout/delivery/").status_code == 200


def test_window_follows_the_cut_off() -> None:
    row = DeliveryMethod(days_min=1, days_max=1, cut_off=datetime(2026, 1, 1, 14).time())
    london = ZoneInfo("Europe/London")
    before, after = (datetime(2026, 11, 24, hour, tzinfo=london) for hour in (13, 15))
    assert in_words(*delivery_window(row, ordered_at=before)) == "Wednesday 25 November"
    assert in_words(*delivery_window(row, ordered_at=after)) == "Thursday 26 November"


def test_basket_of_three_lines_costs_at_most_ten_queries(visitor: Visitor, django_assert_max_num_queries: Any) -> None:
    make_method()
    for number in range(3):
        visitor.add(make_tool(f"SH-{number}"))
    visitor.read()
    with django_assert_max_num_queries(10):
        visitor.client.get("/basket/")
    assert Basket.objects.get().num_lines == 3
