"""The buyer's page: what it shows, what its buttons do, and who may press them."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.order.models import Order, OrderLink
from supplier.outbox.models import Letter
from supplier.quotes import offering
from supplier.quotes.models import Acceptance, Quote, QuoteLink
from supplier.quotes.requests import AskedLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(db):
    def make(quote):
        return f"/q/{QuoteLink.objects.issue(quote=quote)}/"

    return make


def answer(**fields):
    address = {"line1": "2 Mill Lane", "line4": "Sampleton", "postcode": "S1 0EX", "phone_number": ""}
    return {"version": "1", "name": "Rosa Whitlock", "po_number": "PO-77", **address, **fields}


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_offer_stands_beside_the_shop_price_with_vat_and_last_day(client, offer, link):
    version = offer()
    shown = text_of(client.get(link(version.quote)))

    assert "Deep Hand Massage Roller SH-DHM-01 24 24.17 18.90 453.60" in shown
    assert "Goods without VAT 530.81" in shown
    assert "Delivery: One pallet box 12.50" in shown
    assert "VAT, 20 % 108.66" in shown
    assert "To pay £651.97" in shown
    assert "Accept for £651.97" in shown
    assert "London time" in shown


def test_offer_names_what_it_leaves_out_on_the_page_and_in_the_letter(
    client, ask, link, roller, sales_clerk, mailoutbox
):
    quote = ask(lines=(AskedLine(roller.title, 24, product=roller), AskedLine("Cards with our crest", 2)))
    draft = offering.write_draft(
        quote,
        lines=[offering.OfferedLine(1, roller, 24, Decimal("18.90"))],
        left_out={2},
        delivery_name="By parcel",
        delivery_price=Decimal("12.50"),
        valid_until=timezone.localdate() + timedelta(days=14),
    )
    offering.send_version(quote, number=draft.number, by=sales_clerk)
    words = "it is not in this offer: 2 × Cards with our crest"

    assert words in text_of(client.get(link(quote)))
    letter = Letter.objects.get()
    assert words in letter.text
    assert words in letter.html


def test_offer_of_everything_leaves_nothing_out(client, offer, link):
    assert "not in this offer" not in text_of(client.get(link(offer().quote)))


def test_offer_abroad_has_no_vat_and_says_who_collects_import_vat(client, offer, link):
    shown = text_of(client.get(link(offer(country="IE").quote)))

    assert "UK VAT none" in shown
    assert "To pay £543.31" in shown
    assert "The carrier collects import VAT" in shown
    assert "Dublin time" in shown


def test_accepting_leads_to_the_card_page_and_pressing_again_to_the_same(client, offer, link, stripe):
    version = offer()
    url = link(version.quote)
    first = client.post(url + "acceptance/", answer())
    second = client.post(url + "acceptance/", answer(name=""))

    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert first["Location"].startswith(stripe.url)
    order = Order.objects.get()
    assert order.shipping_address.line1 == "Whitlock Hand Clinic"
    assert order.shipping_address.line2 == "2 Mill Lane"
    assert order.guest_email == "rosa@clinic.example"
    assert order.total_incl_tax == Decimal("651.97")


def test_accepting_while_the_card_page_cannot_be_reached_keeps_the_order(client, offer, link):
    url = link(offer().quote)
    response = client.post(url + "acceptance/", answer(), follow=True)

    assert response.redirect_chain[0][0].startswith("/o/")
    assert "It is ordered." in response.text
    assert Order.objects.get().status == "awaiting-payment"


def test_page_of_an_accepted_quote_offers_to_pay_and_makes_no_new_links(client, offer, link, stripe):
    url = link(offer().quote)
    client.post(url + "acceptance/", answer())
    page = text_of(client.get(url))
    assert "Accepted. It is an order now." in page
    assert "Pay now" in page
    assert "Accept for" not in page

    first, second = client.get(url + "order/"), client.get(url + "order/")
    assert first["Location"] == second["Location"]
    assert OrderLink.objects.count() == 1
    assert client.get(first["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Your name: "),
        ({"line1": ""}, "Address: "),
        ({"postcode": "nonsense"}, "A British postcode ends in a figure and two letters"),
        ({"name": "a\x00b"}, "invisible character"),
        ({"line1": "a\x00b"}, "invisible character"),
        ({"phone_number": "abc"}, "valid"),
        ({"po_number": "x" * 61}, "At most 60"),
        ({"line2": "x" * 201}, "At most 200"),
    ],
)
def test_bad_answer_says_why_keeps_what_was_typed_and_orders_nothing(client, offer, link, fields, words):
    url = link(offer().quote)
    response = client.post(url + "acceptance/", answer(**fields))

    assert response.status_code == 422
    assert words in response.text
    assert "PO-77" in response.text or "po_number" in fields
    assert not Order.objects.exists()


@pytest.mark.parametrize("version", ["", "0", "2", "abc", "-1", "1000000000", "9" * 400, "\x00"])
def test_tampered_version_orders_nothing_and_is_no_server_error(client, offer, link, version):
    url = link(offer().quote)
    response = client.post(url + "acceptance/", answer(version=version))

    assert response.status_code in (409, 422)
    assert not Order.objects.exists()


def test_accepting_after_expiry_says_so(client, offer, link, monkeypatch):
    version = offer()
    url = link(version.quote)
    monkeypatch.setattr("django.utils.timezone.now", lambda: version.expires_at)
    response = client.post(url + "acceptance/", answer())

    assert response.status_code == 409
    assert "This offer has run out." in response.text
    assert not Order.objects.exists()


def test_short_stock_is_told_on_the_page_and_the_offer_stays(client, offer, link, cradle):
    url = link(offer().quote)
    cradle.stockrecords.update(num_in_stock=5)
    response = client.post(url + "acceptance/", answer())

    assert response.status_code == 409
    assert "Thumb Saver Cradle, M: 5 of 7 are there" in response.text
    assert "PO-77" in response.text
    assert not Order.objects.exists()


def test_declining_closes_the_quote(client, offer, link):
    url = link(offer().quote)
    page = client.post(url + "refusal/", follow=True)

    assert "You declined the quote." in page.text
    assert Quote.objects.get().state == "declined"
    assert client.post(url + "acceptance/", answer()).status_code == 409


def test_older_offer_that_is_valid_can_be_seen_and_accepted(client, offer, ask, link, stripe):
    quote = ask()
    offer(quote), offer(quote)
    url = link(quote)

    assert "Accept offer 2" in client.get(url).text
    assert "Accept offer 1" in client.get(url + "?offer=1").text
    client.post(url + "acceptance/", answer(version="1"))
    assert Acceptance.objects.get().version.number == 1


@pytest.mark.parametrize(
    "query", ["?offer=abc", "?offer=99", "?offer=-1", "?offer=%00", "?offer=" + "9" * 500, "?offer=²"]
)
def test_tampered_offer_number_shows_the_last(client, offer, link, query):
    page = client.get(link(offer().quote) + query)

    assert page.status_code == 200
    assert "Offer 1" in page.text


@pytest.mark.parametrize("token", ["x", "x" * 500, "%00", "..%2f", "ü"])
def test_unknown_link_is_not_found(client, db, token):
    for path in ("", "acceptance/", "order/", "refusal/"):
        method = client.post if path in ("acceptance/", "refusal/") else client.get
        assert method(f"/q/{token}/{path}").status_code == 404


def test_button_addresses_lead_back_to_the_quote(client, offer, ask, link, clinic_buyer):
    url = link(offer().quote)
    own = f"/accounts/quotes/{ask(user=clinic_buyer, email='buyer@clinic.example').reference}/"
    client.force_login(clinic_buyer)

    for place in (url, own):
        for path in ("acceptance/", "refusal/"):
            assert client.get(place + path)["Location"] == place


def test_page_takes_the_same_queries_with_more_lines(client, offer, ask, link, make_product, django_assert_num_queries):
    few = link(offer().quote)
    lines = tuple(AskedLine(f"words {n}", 1) for n in range(30))
    many = link(ask(email="many@clinic.example", lines=lines))

    with django_assert_num_queries(5):  # one more than a request: what the offer leaves out
        client.get(few)
    with django_assert_num_queries(4):
        client.get(many)


def test_revoked_link_is_not_found(client, offer, link):
    url = link(offer().quote)
    for row in QuoteLink.objects.all():
        row.revoke()

    assert client.get(url).status_code == 404


def test_draft_is_hidden_from_the_buyer(client, ask, link, roller):
    quote = ask()
    line = quote.lines.first()
    offering.write_draft(
        quote,
        lines=[offering.OfferedLine(line.position, roller, 24, Decimal("11.11"))],
        delivery_name="x",
        delivery_price=Decimal(0),
        valid_until=None,
    )
    page = client.get(link(quote))

    assert "11.11" not in page.text
    assert "Ours. We are working out the prices." in page.text


def test_something_made_for_the_quote_is_ordered_like_any_other(client, ask, sales_clerk, link, stripe):
    quote = ask(lines=(AskedLine(text="20 engraved rollers", quantity=20),))
    line = quote.lines.get()
    offering.make_product(line, title="Engraved roller", cost=Decimal("14.00"))
    offering.make_product(line, title="Pressed twice", cost=None)
    line.refresh_from_db()
    offering.write_draft(
        quote,
        lines=[offering.OfferedLine(1, line.product, 20, Decimal("25.00"))],
        delivery_name="Parcel",
        delivery_price=Decimal(0),
        valid_until=quote.created_at.date().replace(year=quote.created_at.year + 1),
    )
    offering.send_version(quote, number=1, by=sales_clerk)
    url = link(quote)

    assert "made for you" in client.get(url).text
    assert client.post(url + "acceptance/", answer()).status_code == 303
    order_line = Order.objects.get().lines.get()
    assert (order_line.title, order_line.quantity) == ("Engraved roller", 20)
    assert order_line.line_price_incl_tax == Decimal("600.00")
    assert not order_line.product.is_public
    assert client.get(order_line.product.get_absolute_url()).status_code == 404


class TestAccount:
    def test_own_quote_is_listed_shown_and_accepted(self, client, offer, ask, clinic_buyer, stripe):
        quote = ask(user=clinic_buyer)
        offer(quote)
        client.force_login(clinic_buyer)
        url = f"/accounts/quotes/{quote.reference}/"

        assert quote.reference in client.get("/accounts/quotes/").text
        assert "Accept for £651.97" in client.get(url).text
        assert client.post(url + "acceptance/", answer()).status_code == 303
        assert Order.objects.get().user == clinic_buyer
        assert client.get(url + "order/").status_code == 302

    @pytest.mark.parametrize("path", ["", "acceptance/", "order/", "refusal/"])
    def test_others_quotes_are_not_found(self, client, offer, ask, clinic_buyer, make_user, path):
        quote = ask(user=clinic_buyer)
        offer(quote)
        client.force_login(make_user("other@spa.example"))
        method = client.post if path in ("acceptance/", "refusal/") else client.get

        assert method(f"/accounts/quotes/{quote.reference}/{path}", answer()).status_code == 404
        assert quote.reference not in client.get("/accounts/quotes/").text
        assert not Order.objects.exists()

    def test_guests_are_asked_to_sign_in(self, client, db):
        for path in ("/accounts/quotes/", "/accounts/quotes/Q-ABCDEFG/"):
            assert client.get(path)["Location"].startswith("/accounts/login/")

    def test_tampered_references_are_not_found(self, client, clinic_buyer):
        client.force_login(clinic_buyer)

        assert client.get("/accounts/quotes/Q-%00/").status_code == 404

    def test_list_takes_the_same_queries_with_more_quotes(self, client, ask, clinic_buyer, django_assert_num_queries):
        client.force_login(clinic_buyer)
        ask(user=clinic_buyer)
        with django_assert_num_queries(5):
            client.get("/accounts/quotes/")
        ask(user=clinic_buyer), ask(user=clinic_buyer)
        with django_assert_num_queries(5):
            client.get("/accounts/quotes/")
