"""No order is marked paid without its money, and none is paid twice, however Stripe's word arrives."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from catalog.order import states
from catalog.order.models import Order
from catalog.payment import actions, tasks
from catalog.payment.models import PaymentAttempt, Source
from tests.servers import StripeStandIn
from tests.shop import GUEST, make_basket, make_product, order_of

State = PaymentAttempt.State


def opened(**options: Any) -> tuple[Order, str]:
    """An order with an open session: the order and the session's id."""
    order = order_of(make_basket(make_product(), quantity=2), **options)
    url = actions.open_session(order)
    return order, url.rsplit("/", 1)[1]


def attempt_of(order: Order) -> PaymentAttempt:
    return order.payment_attempts.get()


def assert_paid_once(order: Order) -> None:
    order.refresh_from_db()
    assert order.status == states.PAID
    assert attempt_of(order).state == State.PAID
    assert attempt_of(order).attention == ""
    [source] = Source.objects.filter(order=order)
    assert source.amount_debited == order.total_incl_tax
    assert source.transactions.count() == 1
    assert [letter.to for letter in mail.outbox] == [[order.email]]
    assert order.status_changes.count() == 1


@pytest.mark.django_db
def test_open_session_asks_for_exactly_the_order(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    shown = stripe.ask(f"/pay/{session_id}")[2]
    assert order.total_incl_tax == Decimal("21.75")
    assert "£21.75" in shown
    assert f"Order {order.number}" in shown
    assert "2 × Spiky Palm Ball" in shown
    assert GUEST in shown
    assert attempt_of(order).state == State.OPEN


@pytest.mark.django_db
def test_open_session_twice_gives_the_same_session(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    assert actions.open_session(order).endswith(session_id)
    assert order.payment_attempts.count() == 1


@pytest.mark.django_db
def test_settle_marks_a_paid_order_and_writes_once(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "pay")
    for _ in range(3):
        actions.settle(session_id)
    assert_paid_once(order)
    letter = mail.outbox[0]
    assert order.number in letter.subject
    assert "/o/" in letter.body
    assert "£21.75" in letter.body
    assert "card ending 4242" in letter.body
    assert "£21.75" in letter.alternatives[0][0]


@pytest.mark.django_db
def test_nothing_is_written_before_it_is_paid(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    actions.settle(session_id)
    stripe.press(session_id, "decline")
    actions.settle(session_id)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT
    assert mail.outbox == []
    assert not Source.objects.exists()
    stripe.press(session_id, "pay")
    actions.settle(session_id)
    assert_paid_once(order)


@pytest.mark.django_db
def test_3d_secure_pays_after_the_check(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "3ds")
    actions.settle(session_id)
    assert attempt_of(order).state == State.OPEN
    stripe.press(session_id, "confirm")
    actions.settle(session_id)
    assert_paid_once(order)


@pytest.mark.django_db
def test_delayed_payment_is_paid_when_the_money_is_there(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "later")
    actions.settle(session_id)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT
    assert attempt_of(order).state == State.PROCESSING
    with pytest.raises(actions.NotPayable):
        actions.open_session(order)
    stripe.control(paid_later=session_id)
    actions.settle(session_id)
    assert_paid_once(order)


@pytest.mark.django_db
def test_failed_delayed_payment_tells_the_customer_and_can_be_paid_again(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "later")
    stripe.control(failed_later=session_id)
    actions.settle(session_id)
    actions.settle(session_id)
    assert [letter.subject for letter in mail.outbox] == [f"Your payment for order {order.number} did not arrive"]
    assert not actions.expire(order)
    second = actions.open_session(order).rsplit("/", 1)[1]
    assert second != session_id
    stripe.press(second, "pay")
    actions.settle(second)
    order.refresh_from_db()
    assert order.status == states.PAID


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["amount", "currency", "number", "key"])
def test_payment_that_does_not_fit_is_not_taken(stripe: StripeStandIn, field: str) -> None:
    order, session_id = opened()
    stripe.press(session_id, "pay")
    if field == "number":
        Order.objects.filter(pk=order.pk).update(number="999")
    else:
        other = {"amount": Decimal("99"), "currency": "EUR", "key": "00000000-0000-0000-0000-000000000001"}[field]
        PaymentAttempt.objects.filter(order=order).update(**{field: other})
    actions.settle(session_id)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT
    assert mail.outbox == []
    assert "does not fit" in attempt_of(order).attention
    assert list(PaymentAttempt.objects.needing_attention()) == [attempt_of(order)]


@pytest.mark.django_db
def test_session_of_a_stranger_is_left_alone(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    order.payment_attempts.all().delete()
    assert actions.settle(session_id) is None


@pytest.mark.django_db
def test_payment_of_a_cancelled_order_is_kept_and_shown_to_staff(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "pay")
    Order.objects.filter(pk=order.pk).update(status=states.CANCELLED)
    actions.settle(session_id)
    order.refresh_from_db()
    assert order.status == states.CANCELLED
    assert mail.outbox == []
    assert attempt_of(order).state == State.PAID
    assert "Refund it" in attempt_of(order).attention
    assert Source.objects.get(order=order).amount_debited == order.total_incl_tax


@pytest.mark.django_db
def test_crash_before_the_session_was_written_down_is_made_good(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    PaymentAttempt.objects.filter(order=order).update(session_id=None, state=State.CREATED)
    assert actions.open_session(order).endswith(session_id)
    PaymentAttempt.objects.filter(order=order).update(session_id=None, state=State.CREATED)
    stripe.press(session_id, "pay")
    actions.settle(session_id)
    assert_paid_once(order)


@pytest.mark.django_db
def test_lost_answer_makes_no_second_session(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product()))
    stripe.control(api="lost")
    with pytest.raises(actions.StripeUnavailable):
        actions.open_session(order)
    stripe.control(api="ok")
    url = actions.open_session(order)
    assert len([s for s in stripe.ask("/")[2].split("<tr>") if order.number in s]) == 1
    assert attempt_of(order).session_id == url.rsplit("/", 1)[1]


@pytest.mark.django_db
def test_order_is_kept_while_stripe_is_down(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product()))
    stripe.control(api="down")
    with pytest.raises(actions.StripeUnavailable):
        actions.open_session(order)
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT
    assert attempt_of(order).state == State.CREATED


@pytest.mark.django_db(transaction=True)
def test_settle_from_eight_sides_at_once_writes_once(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "pay")
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: in_thread(actions.settle, session_id), range(8)))
    assert_paid_once(order)


@pytest.mark.django_db(transaction=True)
def test_two_presses_of_pay_now_open_one_session(stripe: StripeStandIn) -> None:
    order = order_of(make_basket(make_product()))
    with ThreadPoolExecutor(6) as pool:
        urls = set(pool.map(lambda _: in_thread(actions.open_session, order), range(6)))
    assert len(urls) == 1
    assert order.payment_attempts.count() == 1


def in_thread(work: Any, *args: Any) -> Any:
    try:
        return work(*args)
    finally:
        connections.close_all()


@pytest.mark.django_db
def test_reconcile_finds_a_payment_whose_event_was_lost(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "pay")
    tasks.reconcile(timestamp=0)
    assert attempt_of(order).state == State.OPEN, "a fresh attempt is left to its event"
    make_old(order)
    tasks.reconcile(timestamp=0)
    tasks.reconcile(timestamp=0)
    assert_paid_once(order)


@pytest.mark.django_db
def test_look_back_finds_a_payment_that_nothing_else_found(stripe: StripeStandIn) -> None:
    order, session_id = opened()
    stripe.press(session_id, "pay")
    tasks.look_back(timestamp=0)
    assert_paid_once(order)


@pytest.mark.django_db
def test_reconcile_goes_on_after_one_that_fails(stripe: StripeStandIn) -> None:
    broken, _ = opened()
    order, session_id = opened()
    PaymentAttempt.objects.filter(order=broken).update(session_id="cs_test_gone")
    stripe.press(session_id, "pay")
    make_old(broken)
    make_old(order)
    tasks.reconcile(timestamp=0)
    assert_paid_once(order)


def make_old(order: Order) -> None:
    PaymentAttempt.objects.filter(order=order).update(changed_at=timezone.now() - timedelta(minutes=6))
