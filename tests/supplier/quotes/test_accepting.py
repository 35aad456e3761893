"""Accepting an offer: one order at exactly its prices, or nothing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from catalog.basket.models import Basket
from catalog.order.models import Order
from supplier.quotes import accepting, actions, offering
from supplier.quotes.accepting import NotAcceptable, StockShort, accept
from supplier.quotes.models import Acceptance, Quote
from supplier.quotes.pricing import totals_of
from supplier.quotes.products import stock_record

from .conftest import make_buyer

pytestmark = pytest.mark.django_db

GOODS = Decimal("530.81")  # 24 × 18.90 + 7 × 11.03


@pytest.mark.parametrize(
    ("country", "vat", "total"),
    [("GB", "108.66", "651.97"), ("IE", "0.00", "543.31"), ("DE", "0.00", "543.31"), ("NZ", "0.00", "543.31")],
)
def test_order_costs_what_the_offer_says(offer, buyer, country, vat, total):
    """VAT is 20 % of each line total (90.72 + 15.44) and of the delivery (2.50), and none abroad."""
    version = offer(country=country)
    totals = totals_of(version)
    order = accept(version.quote, version_number=1, buyer=buyer(version.quote))

    assert (totals.goods, totals.vat, totals.total) == (GOODS, Decimal(vat), Decimal(total))
    assert order.total_incl_tax == Decimal(total)
    assert order.total_excl_tax == GOODS + Decimal("12.50")
    assert order.shipping_excl_tax == Decimal("12.50")
    lines = [(line.upc, line.quantity, line.line_price_excl_tax) for line in order.lines.order_by("pk")]
    assert lines == [("SH-DHM-01", 24, Decimal("453.60")), ("SH-DTT-03-M", 7, Decimal("77.21"))]


def test_order_waits_for_payment_until_the_last_day_of_the_offer(offer, buyer):
    version = offer()
    order = accept(version.quote, version_number=1, buyer=buyer(version.quote))

    assert order.status == "awaiting-payment"
    assert order.pay_until == version.expires_at - timedelta(seconds=1)
    assert order.payment_attempts.get().amount == order.total_incl_tax
    assert order.shipping_method == "One pallet box"
    acceptance = Acceptance.objects.get()
    assert (acceptance.order, acceptance.version, acceptance.po_number) == (order, version, "PO-77")
    assert "2 Mill Lane" in acceptance.delivery_address
    assert Quote.objects.get().state == "ordered"


def test_prices_are_the_versions_even_after_the_shop_changed_its_own(offer, buyer, roller):
    version = offer()
    roller.stockrecords.update(price=Decimal("99.00"))
    roller.is_public = False
    roller.save()

    order = accept(version.quote, version_number=1, buyer=buyer(version.quote))

    assert order.total_incl_tax == Decimal("651.97")


def test_accepting_leaves_the_buyers_own_basket_alone(offer, ask, buyer, clinic_buyer):
    basket = Basket.objects.create(owner=clinic_buyer)
    version = offer(ask(user=clinic_buyer))
    order = accept(version.quote, version_number=1, buyer=buyer(version.quote))

    assert order.user == clinic_buyer
    assert list(Basket.objects.filter(owner=clinic_buyer)) == [basket]


def test_pressing_twice_gives_the_same_order(offer, buyer):
    version = offer()
    first = accept(version.quote, version_number=1, buyer=buyer(version.quote))
    second = accept(version.quote, version_number=1, buyer=buyer(version.quote, "Somebody else"))

    assert first == second
    assert Order.objects.count() == 1
    assert Acceptance.objects.get().name == "Rosa Whitlock"


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_one_order(offer, roller):
    version = offer()
    barrier, orders, errors = Barrier(2), [], []

    def press(name):
        try:
            quote = Quote.objects.select_related("country").get()
            barrier.wait(timeout=20)
            orders.append(accept(quote, version_number=1, buyer=make_buyer(quote, name)))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    people = [Thread(target=press, args=(name,)) for name in ("Rosa", "Tom")]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=60)

    assert errors == []
    assert orders[0] == orders[1]
    assert Order.objects.count() == 1
    assert Acceptance.objects.get().version == version
    assert stock_record(roller).num_allocated == 24


@pytest.mark.parametrize(
    ("country", "last_moment"),
    [
        ("GB", datetime(2026, 12, 11, 23, 59, 59, tzinfo=UTC)),
        ("IE", datetime(2026, 12, 11, 23, 59, 59, tzinfo=UTC)),
        ("US", datetime(2026, 12, 12, 4, 59, 59, tzinfo=UTC)),
        ("NZ", datetime(2026, 12, 11, 10, 59, 59, tzinfo=UTC)),
    ],
)
def test_offer_is_valid_to_the_end_of_the_day_where_the_buyer_is(offer, buyer, monkeypatch, country, last_moment):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 1, tzinfo=UTC))
    version = offer(country=country, valid_until=date(2026, 12, 11))

    monkeypatch.setattr(timezone, "now", lambda: last_moment + timedelta(seconds=1))
    with pytest.raises(NotAcceptable, match="run out"):
        accept(version.quote, version_number=1, buyer=buyer(version.quote))
    assert not Order.objects.exists()

    monkeypatch.setattr(timezone, "now", lambda: last_moment)
    accept(version.quote, version_number=1, buyer=buyer(version.quote))
    assert Order.objects.count() == 1


def test_moving_the_buyers_zone_later_changes_no_sent_offer(offer):
    version = offer()
    version.quote.set_time_zone("Pacific/Auckland")
    version.refresh_from_db()

    assert version.time_zone == "Europe/London"
    assert version.place == "London"


def test_job_marks_what_has_run_out_and_nothing_else(offer, ask):
    version, later = offer(), offer(valid_until=timezone.localdate() + timedelta(days=40))
    asked = ask()

    assert actions.mark_expired(version.expires_at - timedelta(seconds=1)) == 0
    assert actions.mark_expired(version.expires_at) == 1
    states = {quote.pk: quote.state for quote in Quote.objects.all()}
    assert states == {version.quote.pk: "expired", later.quote.pk: "offered", asked.pk: "requested"}


def test_any_valid_version_may_be_accepted_and_only_one(offer, ask, buyer):
    quote = ask()
    offer(quote), offer(quote)
    order = accept(quote, version_number=1, buyer=buyer(quote))

    assert accept(quote, version_number=1, buyer=buyer(quote)) == order
    with pytest.raises(NotAcceptable, match="Offer 1 has been accepted already"):
        accept(quote, version_number=2, buyer=buyer(quote))
    assert Order.objects.count() == 1


@pytest.mark.parametrize("number", [0, 2, 99999, -1])
def test_version_of_no_or_another_quote_is_refused(offer, ask, buyer, number):
    two = ask()
    offer(two), offer(two)
    version = offer()

    with pytest.raises(NotAcceptable, match="no such offer"):
        accept(version.quote, version_number=number, buyer=buyer(version.quote))
    assert not Order.objects.exists()


def test_draft_cannot_be_accepted(offer, buyer):
    version = offer()
    offering.write_draft(version.quote, lines=[])

    with pytest.raises(NotAcceptable, match="no such offer"):
        accept(version.quote, version_number=2, buyer=buyer(version.quote))


@pytest.mark.parametrize("end", [actions.withdraw, actions.decline])
def test_closed_quote_cannot_be_accepted(offer, buyer, end):
    version = offer()
    end(version.quote)

    with pytest.raises(NotAcceptable):
        accept(version.quote, version_number=1, buyer=buyer(version.quote))
    assert not Order.objects.exists()


def test_short_stock_undoes_everything_and_says_which_line(offer, buyer, cradle, roller):
    version = offer()
    cradle.stockrecords.update(num_in_stock=5)

    with pytest.raises(StockShort, match="Thumb Saver Cradle, M: 5 of 7 are there"):
        accept(version.quote, version_number=1, buyer=buyer(version.quote))

    assert not Order.objects.exists()
    assert not Acceptance.objects.exists()
    assert not Basket.objects.exists()
    assert Quote.objects.get().state == "offered"
    assert not stock_record(roller).num_allocated


def test_failing_halfway_undoes_everything(offer, buyer, monkeypatch, roller):
    version = offer()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(accepting.Acceptance.objects, "create", fail)
    with pytest.raises(RuntimeError):
        accept(version.quote, version_number=1, buyer=buyer(version.quote))

    assert not Order.objects.exists()
    assert not stock_record(roller).num_allocated
