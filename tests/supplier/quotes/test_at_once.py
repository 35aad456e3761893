"""Buttons pressed by two at the same moment."""

import pytest
from django.test import Client

from supplier.outbox.models import Letter
from supplier.quotes.models import Quote
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_double_click_on_ask_is_one_quote(roller, form_data):
    data = form_data(("SH-DHM-01", "24"))
    answers = at_once(*[lambda: Client().post("/wholesale/", data)] * 3)

    assert [answer.status_code for answer in answers] == [302] * 3
    assert Quote.objects.count() == 1
    assert Letter.objects.count() == 2


def test_double_click_on_send_is_one_letter(ask, sales_clerk, offer, client):
    quote = offer().quote
    client.force_login(sales_clerk)
    url = f"/desk/quotes/{quote.reference}/"
    terms = {"delivery_name": "x", "delivery_price": "1", "valid_until": "", "time_zone": "Europe/London"}
    terms["valid_until"] = quote.versions.get().valid_until.isoformat()
    for position in (1, 2):
        terms |= {f"line{position}-quantity": "1", f"line{position}-price": "1.00"}
    client.post(url, terms)
    cookies, before = client.cookies, Letter.objects.count()

    def press():
        other = Client()
        other.cookies = cookies
        return other.post(url + "versions/2/sending/", {})

    answers = at_once(press, press)

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Letter.objects.count() == before + 1
    assert quote.versions.sent().count() == 2
