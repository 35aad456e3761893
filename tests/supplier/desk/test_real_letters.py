"""The letters really sent miss no variable either: samples and senders agree on what a letter is given."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.order import letters as order_letters
from catalog.order.models import Shipment
from supplier.inquiries import letters as message_letters
from supplier.inquiries.models import Message
from supplier.outbox.models import Letter
from supplier.quotes import letters as quote_letters
from tests.shop import make_basket, make_method, order_of
from tests.shop import make_product as make_ball

from .conftest import MISSING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tells(tells_missing: None) -> None:
    """Every test here."""


def check_letters(count: int) -> None:
    sent = list(Letter.objects.all())
    assert len(sent) == count
    assert [letter.subject for letter in sent if MISSING in letter.subject + letter.text + letter.html] == []


@pytest.mark.parametrize("country", ["GB", "DE"])
def test_letters_about_an_order_miss_nothing(countries: None, country: str) -> None:
    make_method()
    order = order_of(make_basket(make_ball(), export=country != "GB"), country=country)
    Letter.objects.all().delete()
    order_letters.send_confirmation(order)
    order_letters.send_payment_failed(order)
    order_letters.send_shipped(order, Shipment(order=order, carrier="Royal Mail", tracking_number="AB 12"))
    check_letters(3)


@pytest.mark.parametrize("country", ["GB", "DE"])
def test_letters_about_a_quote_miss_nothing(offer: Callable[..., Any], country: str) -> None:
    version = offer(country=country)
    Letter.objects.all().delete()
    quote_letters.send_acknowledgement(version.quote, token="token")
    quote_letters.send_to_sales(version.quote)
    quote_letters.send_offer(version, token="token")
    check_letters(3)


@pytest.mark.parametrize("state", ["new", "quarantined"])
def test_letters_about_a_message_miss_nothing(make_inquiry: Any, sales_clerk: Any, state: str) -> None:
    inquiry = make_inquiry(state=state)
    answer = Message.objects.create(inquiry=inquiry, is_ours=True, staff=sales_clerk, text="Yes.")
    Letter.objects.all().delete()
    message_letters.send_acknowledgement(inquiry)
    message_letters.send_to_sales(inquiry, answer)
    message_letters.send_answer(answer)
    check_letters(3)
