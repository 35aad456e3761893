"""Nothing is sold that is not there, and one basket makes one order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range
from oscar.apps.voucher.models import Voucher

from catalog.basket.models import Basket
from catalog.order import states
from catalog.order.actions import BasketChanged, OutOfStock
from catalog.order.models import Order
from catalog.partner.models import StockRecord
from tests.shop import GUEST, make_basket, make_method, make_product, order_of, stock_of


@pytest.mark.django_db
def test_order_takes_stock_and_waits_for_its_payment() -> None:
    product = make_product(stock=3)
    basket = make_basket(product, quantity=2)
    order = order_of(basket)
    assert order.status == states.AWAITING_PAYMENT
    assert order.guest_email == order.email == GUEST
    assert stock_of(product) == (3, 2)
    attempt = order.payment_attempts.get()
    assert (attempt.amount, attempt.currency, attempt.state) == (order.total_incl_tax, "GBP", "created")
    basket.refresh_from_db()
    assert basket.status == Basket.SUBMITTED
    assert mail.outbox == []


@pytest.mark.django_db
def test_order_numbers_come_from_a_sequence() -> None:
    product = make_product()
    first, second = (order_of(make_basket(product)) for _ in range(2))
    assert int(second.number) == int(first.number) + 1
    assert int(first.number) > 100_000


@pytest.mark.django_db
def test_same_basket_again_gives_the_same_order() -> None:
    product = make_product(stock=5)
    basket = make_basket(product)
    assert order_of(basket).pk == order_of(basket).pk
    assert stock_of(product) == (5, 1)
    assert Order.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "goods", "delivery", "net"), [("GB", "17.80", "3.95", "18.12"), ("DE", "14.83", "3.29", "18.12")]
)
def test_prices_follow_the_country(country: str, goods: str, delivery: str, net: str) -> None:
    make_method("x", countries="GB DE")
    order = order_of(make_basket(make_product(price="8.90"), quantity=2, export=country != "GB"), country=country)
    assert order.total_incl_tax == Decimal(goods) + Decimal(delivery)
    assert order.shipping_incl_tax == Decimal(delivery)
    assert order.total_excl_tax == Decimal(net)
    assert order.payment_attempts.get().amount == order.total_incl_tax


@pytest.mark.django_db
def test_short_stock_is_named_and_nothing_is_changed() -> None:
    plenty, scarce = make_product("Ball", stock=9), make_product("Press", stock=1)
    basket = make_basket(plenty, scarce, quantity=2)
    with pytest.raises(OutOfStock) as error:
        order_of(basket)
    [line] = error.value.lines
    assert (line.title, line.wanted, line.available) == ("Press", 2, 1)
    assert stock_of(plenty) == (9, 0)
    assert stock_of(scarce) == (1, 0)
    basket.refresh_from_db()
    assert basket.status == Basket.OPEN
    assert not Order.objects.exists()


@pytest.mark.django_db
def test_product_taken_off_sale_is_not_sold() -> None:
    product = make_product()
    basket = make_basket(product)
    product.is_public = False
    product.save()
    with pytest.raises(OutOfStock) as error:
        order_of(basket)
    assert error.value.lines[0].available == 0


@pytest.mark.django_db
def test_price_that_changed_meanwhile_is_shown_first() -> None:
    product = make_product(price="10.00")
    basket = make_basket(product)
    StockRecord.objects.update(price=Decimal("12.00"))
    with pytest.raises(BasketChanged):
        order_of(basket, expected_total=Decimal("13.95"))
    assert stock_of(product) == (10, 0)


@pytest.mark.django_db
def test_empty_basket_makes_no_order() -> None:
    with pytest.raises(BasketChanged):
        order_of(make_basket())


@pytest.mark.django_db
def test_order_paid_whole_by_a_voucher_is_paid_at_once() -> None:
    make_method("free", price="0")
    basket = make_basket(make_product(price="10.00"))
    basket.vouchers.add(voucher_of(10))
    order = order_of(basket)
    assert order.total_incl_tax == 0
    assert order.status == states.PAID
    assert not order.payment_attempts.exists()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_voucher_lowers_the_sum_and_is_used_up() -> None:
    voucher = voucher_of(2)
    basket = make_basket(make_product(price="10.00"))
    basket.vouchers.add(voucher)
    assert order_of(basket).total_incl_tax == Decimal("11.95")
    voucher.refresh_from_db()
    assert voucher.num_orders == 1
    assert voucher.total_discount == 2
    second = make_basket(make_product(price="10.00"))
    second.vouchers.add(voucher)
    with pytest.raises(BasketChanged):
        order_of(second, expected_total=Decimal("11.95"))
    assert order_of(second, expected_total=Decimal("13.95")), "without it nobody is kept from ordering"


@pytest.mark.django_db
def test_voucher_that_takes_nothing_off_is_not_used_up() -> None:
    voucher = voucher_of(2)
    Condition.objects.update(value=5)
    basket = make_basket(make_product(price="10.00"))
    basket.vouchers.add(voucher)
    assert order_of(basket).total_incl_tax == Decimal("13.95")
    voucher.refresh_from_db()
    assert voucher.num_orders == 0
    assert not voucher.applications.exists()


def voucher_of(amount: int) -> Any:
    """Takes so many pounds off anything, once."""
    anything = Range.objects.create(name=f"Anything for {amount}", includes_all_products=True)
    condition = Condition.objects.create(range=anything, type=Condition.COUNT, value=1)
    benefit = Benefit.objects.create(range=anything, type=Benefit.FIXED, value=amount)
    offer = ConditionalOffer.objects.create(
        name=f"Minus {amount}", offer_type=ConditionalOffer.VOUCHER, condition=condition, benefit=benefit
    )
    now = timezone.now()
    voucher = Voucher.objects.create(
        name=f"Minus {amount}",
        code=f"MINUS{amount}",
        usage=Voucher.SINGLE_USE,
        start_datetime=now - timedelta(days=1),
        end_datetime=now + timedelta(days=1),
    )
    voucher.offers.set([offer])
    return voucher


@pytest.mark.django_db
def test_signed_in_customer_keeps_the_address(clinic_buyer: Any) -> None:
    product = make_product()
    for _ in range(2):
        order = order_of(make_basket(product, owner=clinic_buyer), user=clinic_buyer)
    [address] = clinic_buyer.addresses.all()
    assert address.line1 == "8 Example Terrace"
    assert address.num_orders_as_shipping_address == 2
    assert order.user == clinic_buyer
    assert order.email == clinic_buyer.email


@pytest.mark.django_db(transaction=True)
def test_fifty_customers_for_the_last_three_get_three() -> None:
    last, other = make_product("Last", stock=3), make_product("Other", stock=500)
    make_method()
    baskets = [make_basket(*((last, other) if number % 2 else (other, last))) for number in range(50)]
    with ThreadPoolExecutor(25) as pool:
        results = list(pool.map(try_to_order, baskets))
    assert results.count("ordered") == 3
    assert results.count("short") == 47
    assert stock_of(last) == (3, 3)
    assert stock_of(other) == (500, 3)
    assert Order.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_button_pressed_many_times_at_once_makes_one_order() -> None:
    product = make_product(stock=50)
    make_method()
    basket = make_basket(product)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(try_to_order, [basket] * 8)) == ["ordered"] * 8
    assert Order.objects.count() == 1
    assert stock_of(product) == (50, 1)


def try_to_order(basket: Any) -> str:
    try:
        order_of(basket, email=f"{basket.pk}@post.example")
    except OutOfStock:
        return "short"
    finally:
        connections.close_all()
    return "ordered"
