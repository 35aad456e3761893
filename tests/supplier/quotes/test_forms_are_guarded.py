"""Every form that changes something carries Django's token; without it nothing happens."""

import pytest
from django.test import Client

from supplier.quotes.models import Quote, QuoteLink
from supplier.quotes.requests import AskedLine

pytestmark = pytest.mark.django_db


def assert_all_forms_have_a_token(page):
    assert page.status_code == 200
    assert page.text.count('method="post"') == page.text.count("csrfmiddlewaretoken") > 0


def test_every_form_of_the_desk_has_a_token(client, ask, sales_clerk, offer):
    client.force_login(sales_clerk)
    quotes = [ask(lines=(AskedLine("in words", 2), AskedLine("more words", 3))), offer().quote]

    for quote in quotes:
        assert_all_forms_have_a_token(client.get(f"/desk/quotes/{quote.reference}/"))


def test_every_form_of_the_buyer_has_a_token(client, offer, countries):
    token = QuoteLink.objects.issue(quote=offer().quote)

    for url in ("/wholesale/", f"/q/{token}/"):
        assert_all_forms_have_a_token(client.get(url))


def test_foreign_pages_can_press_nothing(offer, sales_clerk):
    quote = offer().quote
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sales_clerk)
    token = QuoteLink.objects.issue(quote=quote)
    paths = [f"/q/{token}/acceptance/", f"/q/{token}/refusal/", "/wholesale/", "/wholesale/from-basket/"]
    paths += [f"/desk/quotes/{quote.reference}/{path}" for path in ("", "versions/1/sending/", "withdrawal/")]

    for path in paths:
        assert strict.post(path, {"version": "1"}, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert Quote.objects.get().state == "offered"
