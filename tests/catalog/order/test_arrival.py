"""The days on which an order should arrive, as its page says them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.order import states
from catalog.order.actions import mark_paid
from catalog.order.arrival import arrival_words
from catalog.order.links import new_order_path
from catalog.order.models import Order, Shipment
from catalog.shipping.models import DeliveryMethod
from tests.shop import make_basket, make_method, make_product, order_of

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def paid() -> Order:
    make_method("uk-standard", days_min=2, days_max=3)
    order = order_of(make_basket(make_product()))
    mark_paid(order)
    Order.objects.update(date_placed=TUESDAY)
    order.refresh_from_db()
    return order


@pytest.mark.parametrize(
    ("days_later", "said"),
    [(0, "Thursday 26 to Friday 27 November"), (3, "Friday 27 November"), (4, "")],
)
def test_days_are_told_until_they_have_passed(paid: Order, days_later: int, said: str) -> None:
    assert arrival_words(paid, None, now=TUESDAY + timedelta(days_later)) == said


def test_a_parcel_counts_from_the_day_it_left(paid: Order) -> None:
    friday = TUESDAY + timedelta(3)
    paid.status = states.SHIPPED
    parcel = Shipment(order=paid, carrier="Royal Mail", shipped_at=friday)
    assert arrival_words(paid, parcel, now=friday) == "Tuesday 1 to Wednesday 2 December"


@pytest.mark.parametrize("state", [states.AWAITING_PAYMENT, states.CANCELLED, states.DELIVERED, states.EXPIRED])
def test_nothing_is_promised_in_other_states(paid: Order, state: str) -> None:
    paid.status = state
    assert arrival_words(paid, None, now=TUESDAY) == ""


def test_collecting_and_unknown_methods_promise_nothing(paid: Order) -> None:
    DeliveryMethod.objects.update(price=0)
    assert arrival_words(paid, None, now=TUESDAY) == ""
    DeliveryMethod.objects.all().delete()
    assert arrival_words(paid, None, now=TUESDAY) == ""


def test_page_of_a_shipped_order_names_carrier_and_days(client: Client, paid: Order, sales_clerk: Any) -> None:
    Order.objects.update(date_placed=timezone.now(), status=states.SHIPPED)
    Shipment.objects.create(order=paid, carrier="Royal Mail", tracking_number="AB 1")
    page = client.get(new_order_path(paid)).content.decode()
    assert "Royal Mail has your parcel. It should be with you" in page
    assert "<bdi>Sampleton</bdi><br><bdi>SX4 6DQ</bdi>" in page
