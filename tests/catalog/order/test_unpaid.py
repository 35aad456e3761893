"""Nobody holds much stock by orders that they do not pay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from catalog.order import states
from catalog.order.models import Order
from catalog.order.releasing import release
from catalog.order.unpaid import MOST, TooManyUnpaid
from tests.shop import make_basket, make_product, order_of, stock_of

pytestmark = pytest.mark.django_db


def fill(product: Any, **options: Any) -> list[Order]:
    return [order_of(make_basket(product), **options) for _number in range(MOST)]


def test_one_order_too_many_is_refused_and_holds_nothing() -> None:
    product = make_product(stock=10)
    fill(product)
    with pytest.raises(TooManyUnpaid, match="3 orders of yours wait for their payment"):
        order_of(make_basket(product))
    assert stock_of(product) == (10, MOST)


def test_an_order_that_is_paid_or_ended_makes_room() -> None:
    product = make_product(stock=10)
    first, *_rest = fill(product)
    release(first, state=states.CANCELLED)
    second = order_of(make_basket(product))
    second.set_status(states.PAID)
    assert order_of(make_basket(product)).status == states.AWAITING_PAYMENT


def test_another_buyer_is_not_in_the_way(clinic_buyer: Any) -> None:
    product = make_product(stock=10)
    fill(product)
    assert order_of(make_basket(product, owner=clinic_buyer), user=clinic_buyer)


def test_an_account_counts_whatever_address_it_writes(clinic_buyer: Any) -> None:
    product = make_product(stock=10)
    fill(product, user=clinic_buyer)
    with pytest.raises(TooManyUnpaid):
        order_of(make_basket(product, owner=clinic_buyer), user=clinic_buyer)


def test_a_stranger_who_types_an_address_keeps_no_account_out(clinic_buyer: Any) -> None:
    product = make_product(stock=10)
    fill(product, email=clinic_buyer.email.upper())
    assert order_of(make_basket(product, owner=clinic_buyer), user=clinic_buyer)


def test_orders_of_an_account_keep_no_guest_out(clinic_buyer: Any) -> None:
    """Otherwise a guest could find out whose orders wait for a payment."""
    product = make_product(stock=10)
    fill(product, user=clinic_buyer)
    assert order_of(make_basket(product), email=clinic_buyer.email)


def test_orders_of_quotes_do_not_count_and_are_not_refused() -> None:
    product = make_product(stock=20)
    later = timezone.now() + timedelta(days=9)
    fill(product, pay_until=later)
    fill(product)
    assert order_of(make_basket(product), pay_until=later)


@pytest.mark.django_db(transaction=True)
def test_many_baskets_ordered_at_once_stop_at_the_limit() -> None:
    product = make_product(stock=20)
    order_of(make_basket(product))  # makes the delivery method
    baskets = [make_basket(product) for _number in range(8)]

    def press(basket: Any) -> bool:
        try:
            return bool(order_of(basket))
        except TooManyUnpaid:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, baskets)) == MOST - 1
    assert stock_of(product) == (20, MOST)
