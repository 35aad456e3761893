"""The order of an accepted offer waits until the offer's last day, whatever happens to single payment pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.payment import stripe_client, tasks
from catalog.payment.actions import open_session, settle
from supplier.quotes import offering
from supplier.quotes.accepting import accept
from supplier.quotes.products import stock_record
from supplier.quotes.requests import AskedLine

pytestmark = pytest.mark.django_db


def session_of(order):
    return open_session(order).rsplit("/", 1)[1]


@pytest.fixture
def order(offer, buyer):
    version = offer()
    return accept(version.quote, version_number=1, buyer=buyer(version.quote))


def test_payment_page_that_ran_out_is_followed_by_a_new_one_which_can_be_paid(stripe, order):
    first = session_of(order)
    stripe_client.expire_session(first)
    settle(first)
    order.refresh_from_db()
    assert order.status == "awaiting-payment"

    second = session_of(order)
    assert second != first
    stripe.press(second, "pay")
    settle(second)
    order.refresh_from_db()
    assert order.status == "paid"


def test_stripe_asks_for_exactly_what_the_offer_says(stripe, order):
    shown = stripe.ask(f"/pay/{session_of(order)}")[2]

    assert "£651.97" in shown
    assert "24 × Deep Hand Massage Roller" in shown
    assert "One pallet box" in shown


def test_unpaid_order_gives_its_stock_back_after_the_last_day(stripe, order, roller, monkeypatch):
    session_of(order)
    later = order.pay_until + timedelta(seconds=1)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == "awaiting-payment"

    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == "expired"
    assert stock_record(roller).num_allocated == 0


def test_unpaid_order_of_something_made_for_the_quote_can_be_given_up(stripe, ask, buyer, sales_clerk, monkeypatch):
    quote = ask(lines=(AskedLine("20 engraved rollers", 20),))
    offering.make_product(quote.lines.get(), title="Engraved roller", cost=None)
    made = quote.lines.get().product
    terms = {"delivery_name": "Parcel", "delivery_price": Decimal(0), "valid_until": timezone.localdate()}
    offering.write_draft(quote, lines=[offering.OfferedLine(1, made, 20, Decimal("25.00"))], **terms)
    offering.send_version(quote, number=1, by=sales_clerk)
    order = accept(quote, version_number=1, buyer=buyer(quote))

    later = order.pay_until + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.reconcile(timestamp=0)
    order.refresh_from_db()
    assert order.status == "expired"
