"""An order that was not paid is given up only once Stripe has said that its page is closed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from catalog.basket.models import Basket
from catalog.order import states
from catalog.order.models import Order
from catalog.payment import actions, tasks
from catalog.payment.models import PaymentAttempt
from tests.catalog.order.test_place_order import voucher_of
from tests.servers import StripeStandIn
from tests.shop import make_basket, make_product, order_of, stock_of

State = PaymentAttempt.State


def session_of(order: Order) -> str:
    return actions.open_session(order).rsplit("/", 1)[1]


def make_old(order: Order) -> None:
    PaymentAttempt.objects.filter(order=order).update(changed_at=timezone.now() - timedelta(minutes=6))


def contents(basket: Any) -> dict[str, int]:
    return dict(basket.lines.values_list("product__title", "quantity"))


@pytest.mark.django_db
def test_order_whose_session_ran_out_expires(stripe: StripeStandIn, clinic_buyer: Any) -> None:
    product = make_product("Ball", stock=5)
    voucher = voucher_of(2)
    basket = make_basket(product, quantity=2, owner=clinic_buyer)
    basket.vouchers.add(voucher)
    order = order_of(basket, user=clinic_buyer)
    session_id = session_of(order)
    stripe.control(run_out=session_id)
    actions.settle(session_id)
    actions.settle(session_id)
    order.refresh_from_db()
    voucher.refresh_from_db()
    assert order.status == states.EXPIRED
    assert stock_of(product) == (5, 0)
    assert voucher.num_orders == 0
    assert voucher.total_discount == 0
    assert not voucher.applications.exists()
    assert order.discounts.get().offer.num_orders == 0
    again = Basket.open.get(owner=clinic_buyer)
    assert again.pk != basket.pk
    assert contents(again) == {"Ball": 2}
    assert list(again.vouchers.all()) == [voucher]
    basket.refresh_from_db()
    assert basket.status == Basket.SUBMITTED, "a submitted basket is never thawed"


@pytest.mark.django_db
def test_order_with_an_open_session_does_not_expire(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product(), quantity=1))
    session_of(order)
    assert not actions.expire(order)
    make_old(order)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT


@pytest.mark.django_db
def test_order_is_kept_while_stripe_cannot_confirm(stripe: StripeStandIn) -> None:
    product = make_product()
    order = order_of(make_basket(product))
    stripe.control(run_out=session_of(order))
    make_old(order)
    stripe.control(api="down")
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT
    assert stock_of(product)[1] == 1
    stripe.control(api="ok")
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.EXPIRED
    assert stock_of(product)[1] == 0


@pytest.mark.django_db
def test_order_that_never_reached_stripe_expires_in_time(stripe: StripeStandIn) -> None:
    product = make_product()
    order = order_of(make_basket(product))
    make_old(order)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT, "its customer may still be on the way"
    old = timezone.now() - timedelta(minutes=7)
    PaymentAttempt.objects.filter(order=order).update(created_at=old, changed_at=old)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.EXPIRED
    assert stock_of(product)[1] == 0
    assert stripe.ask("/")[2].count(order.number) == 0


@pytest.mark.django_db
def test_customer_back_after_the_session_ran_out_gets_a_new_one(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product()))
    first = session_of(order)
    stripe.control(run_out=first)
    second = session_of(order)
    assert second != first
    assert list(order.payment_attempts.values_list("state", flat=True)) == [State.EXPIRED, State.OPEN]
    actions.settle(first)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT, "the late word about the first must not end the order"


@pytest.mark.django_db
def test_changed_order_closes_the_page_and_fills_the_basket(stripe: StripeStandIn) -> None:
    product = make_product("Ball", stock=2)
    order = order_of(make_basket(product, quantity=2))
    session_id = session_of(order)
    basket = make_basket()
    assert actions.cancel_unpaid(order, basket=basket)
    order.refresh_from_db()
    assert order.status == states.CANCELLED
    assert stock_of(product) == (2, 0)
    assert contents(basket) == {"Ball": 2}
    stripe.press(session_id, "pay")
    assert actions.settle(session_id).state == State.EXPIRED
    with pytest.raises(actions.NotPayable):
        actions.open_session(order)


@pytest.mark.django_db
def test_order_paid_in_the_last_moment_is_not_cancelled(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product()))
    stripe.press(session_of(order), "pay")
    basket = make_basket()
    assert not actions.cancel_unpaid(order, basket=basket)
    order.refresh_from_db()
    assert order.status == states.PAID
    assert contents(basket) == {}


@pytest.mark.django_db
def test_order_with_a_bank_at_work_is_not_cancelled(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product()))
    stripe.press(session_of(order), "later")
    assert not actions.cancel_unpaid(order, basket=make_basket())
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT


@pytest.mark.django_db
def test_order_of_a_quote_outlives_its_sessions_until_its_day(stripe: StripeStandIn, clinic_buyer: Any) -> None:
    product = make_product("Ball", price="50.00", stock=5)
    basket = make_basket(product, owner=clinic_buyer)
    order = order_of(basket, user=clinic_buyer, pay_until=timezone.now() + timedelta(days=3))
    stripe.control(run_out=session_of(order))
    make_old(order)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT
    open_page = session_of(order)
    Order.objects.filter(pk=order.pk).update(pay_until=timezone.now() - timedelta(minutes=1))
    order.refresh_from_db()
    with pytest.raises(actions.NotPayable):
        actions.open_session(order)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.EXPIRED
    assert stock_of(product) == (5, 0)
    assert "has run out" in stripe.ask(f"/pay/{open_page}")[2]
    assert not Basket.open.filter(owner=clinic_buyer, lines__isnull=False).exists(), "a quote's price is not the shop's"


@pytest.mark.django_db
def test_failed_payment_keeps_the_order_for_a_day(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product()))
    session_id = session_of(order)
    stripe.press(session_id, "later")
    stripe.control(failed_later=session_id)
    make_old(order)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT
    PaymentAttempt.objects.update(changed_at=timezone.now() - timedelta(days=1, minutes=1))
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == states.EXPIRED


@pytest.mark.django_db
def test_amounts_become_pence_exactly() -> None:
    from catalog.payment.models import to_pence

    assert [to_pence(Decimal(x)) for x in ("0.01", "29.00", "19.99", "12345.67")] == [1, 2900, 1999, 1234567]
