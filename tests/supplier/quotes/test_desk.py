"""Pricing a quote: who may, what is kept, and the letter that goes out once."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from catalog.catalogue.models import Product
from supplier.outbox.models import Letter
from supplier.quotes import actions, desk
from supplier.quotes.models import Quote, QuoteVersion
from supplier.quotes.requests import AskedLine

pytestmark = pytest.mark.django_db

SOON = (timezone.localdate() + timedelta(days=20)).isoformat()


@pytest.fixture
def staff(client, sales_clerk):
    client.force_login(sales_clerk)
    return client


def prices(*lines, **fields):
    """`lines` are (quantity, price, is_left_out), from the first on."""
    data = {
        "delivery_name": "One pallet box",
        "delivery_price": "12.50",
        "valid_until": SOON,
        "time_zone": "Europe/London",
        **fields,
    }
    for position, (quantity, price, is_left_out) in enumerate(lines, start=1):
        data |= {f"line{position}-quantity": quantity, f"line{position}-price": price}
        data |= {f"line{position}-is_left_out": "on"} if is_left_out else {}
    return data


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def url_of(quote):
    return f"/desk/quotes/{quote.reference}/"


def test_list_shows_what_waits_for_a_price_and_finds_by_words(staff, ask, offer):
    waiting = ask()
    offered = offer(ask(email="other@spa.example", company="Fernbank Spas")).quote

    page = staff.get("/desk/quotes/")
    assert waiting.reference in page.text
    assert offered.reference not in page.text
    assert offered.reference in staff.get("/desk/quotes/?show=all&q=fernbank").text
    assert staff.get("/desk/quotes/?show=%00&q=%00").status_code == 200


def test_detail_shows_public_price_cost_margin_and_stock(staff, ask):
    shown = text_of(staff.get(url_of(ask())))

    assert "SH-DHM-01, asked for 24, 500 in stock" in shown
    assert "24.17 61 %" in shown  # the shop's net price, and what is left of it
    assert "9.50" in shown


def test_price_line_by_line_then_send(staff, ask, sales_clerk):
    quote = ask()
    page = staff.post(url_of(quote), prices(("24", "18.90", False), ("7", "11.03", False)), follow=True)

    assert "Saved. Nobody sees it before you send it." in page.text
    assert "Send offer 1 for £651.97" in page.text
    assert "50 %" in text_of(page)
    assert not Letter.objects.exists()

    seen = {"seen": "651.97"}
    staff.post(url_of(quote) + "versions/1/sending/", seen)
    staff.post(url_of(quote) + "versions/1/sending/", seen)

    version, letter = QuoteVersion.objects.get(), Letter.objects.get()
    assert version.sent_by == sales_clerk
    assert Quote.objects.get().state == "offered"
    assert letter.to == ["rosa@clinic.example"]
    assert letter.reply_to == ["sales@stillhand.example"]
    assert "£651.97" in letter.text
    assert "VAT, 20 %: £108.66" in letter.text
    link = re.search(r"http://testserver(/q/\S+)", letter.text)[1]
    assert "Accept for £651.97" in staff.get(link).text


def test_changed_in_between_is_not_sent(staff, ask):
    quote = ask()
    staff.post(url_of(quote), prices(("24", "18.90", False), ("7", "11.03", False)))
    page = staff.post(url_of(quote) + "versions/1/sending/", {"seen": "1.00"}, follow=True)

    assert "The offer was changed in between." in page.text
    assert not Letter.objects.exists()


def test_half_priced_offer_is_kept_and_says_what_is_missing(staff, ask):
    quote = ask()
    data = prices(("24", "18.90", False), ("7", "", False), delivery_price="", valid_until="")
    page = staff.post(url_of(quote), data, follow=True)
    for words in ("No price yet for line 2", "Say how it is delivered", "Choose a last day"):
        assert words in page.text
    assert 'value="18.90"' in page.text

    staff.post(url_of(quote) + "versions/1/sending/")
    assert not Letter.objects.exists()
    assert Quote.objects.get().state == "requested"


def test_line_taken_out_is_not_offered(staff, ask):
    quote = ask()
    staff.post(url_of(quote), prices(("24", "18.90", False), ("7", "11.03", True)))
    staff.post(url_of(quote) + "versions/1/sending/")

    assert [line.sku for line in QuoteVersion.objects.get().lines.all()] == ["SH-DHM-01"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (prices(("0", "1", False), ("7", "1", False)), "Write a whole number from 1 to 99,999."),
        (prices(("1000000000", "1", False), ("7", "1", False)), "Write a whole number from 1 to 99,999."),
        (prices(("24", "abc", False), ("7", "1", False)), "Write a price such as 12.50."),
        (prices(("24", "-1", False), ("7", "1", False)), "Write a price such as 12.50."),
        (prices(("24", "1", False), ("7", "1", False), valid_until="2020-01-01"), "Choose a day from today on"),
        (prices(("24", "1", False), ("7", "1", False), valid_until="9999-12-31"), "Choose a day from today on"),
        (prices(("24", "1", False), ("7", "1", False), time_zone="Mars/Base"), "is not a time zone"),
        (prices(("24", "1", False), ("7", "1", False), delivery_name="a\x00"), "invisible character"),
    ],
)
def test_bad_prices_are_told_and_change_nothing(staff, ask, data, words):
    page = staff.post(url_of(ask()), data)

    assert page.status_code == 422
    assert words in page.text
    assert not QuoteVersion.objects.exists()


def test_words_become_a_product_of_ours(staff, ask, cradle, roller):
    quote = ask(lines=(AskedLine(text="the thumb thing, M", quantity=3), AskedLine("x", 1, product=roller)))
    url = url_of(quote) + "lines/1/product/"
    refused = [
        staff.post(url, {"product1-sku": sku, "product1-title": "x"}) for sku in ("SH-NONE", "SH-DHM-01", "a\x00")
    ]
    assert [response.status_code for response in refused] == [422, 422, 422]

    staff.post(url, {"product1-sku": "sh-dtt-03-m", "product1-title": "x"})
    assert quote.lines.get(position=1).product == cradle


def test_words_become_something_made_for_this_quote(staff, ask):
    quote = ask(lines=(AskedLine(text="20 engraved rollers", quantity=20),))
    assert "20 engraved rollers" in staff.get(url_of(quote)).text
    for _press in range(2):
        staff.post(url_of(quote) + "lines/1/product/", {"product1-title": "Engraved roller", "product1-cost": "14.00"})

    made = Product.objects.get(title="Engraved roller")
    assert quote.lines.get().product == made
    assert not made.is_public
    assert made.cost == Decimal("14.00")
    assert made.upc == f"{quote.reference}-1"


def test_line_in_words_can_have_no_price_before_it_is_a_product(staff, ask):
    quote = ask(lines=(AskedLine(text="20 engraved rollers", quantity=20),))
    page = staff.post(url_of(quote), prices(("20", "25.00", False)))

    assert "Say first which product this line is" in page.text
    assert not QuoteVersion.objects.exists()


def test_offering_again_makes_version_two_and_leaves_one_as_it_was(staff, offer):
    quote = offer().quote
    page = staff.get(url_of(quote))
    assert 'value="18.90"' in page.text

    staff.post(url_of(quote), prices(("24", "17.00", False), ("7", "11.03", False)))
    staff.post(url_of(quote) + "versions/2/sending/")

    one, two = QuoteVersion.objects.order_by("number")
    assert [one.lines.first().price, two.lines.first().price] == [Decimal("18.90"), Decimal("17.00")]
    assert two.sent_at


def test_offer_after_one_has_run_out_opens_the_quote_again(staff, offer):
    quote = offer().quote
    actions.mark_expired(timezone.now() + timedelta(days=30))
    staff.post(url_of(quote), prices(("24", "18.90", False), ("7", "11.03", False)))
    staff.post(url_of(quote) + "versions/2/sending/")

    assert Quote.objects.get().state == "offered"


def test_withdrawn_quote_takes_no_more_prices(staff, offer):
    quote = offer().quote
    staff.post(url_of(quote) + "withdrawal/")
    page = staff.post(url_of(quote), prices(("24", "1.00", False), ("7", "1.00", False)), follow=True)

    assert Quote.objects.get().state == "withdrawn"
    assert "This quote is withdrawn; nothing can be changed." in page.text
    assert QuoteVersion.objects.count() == 1


def test_button_addresses_lead_back_to_the_quote(staff, offer):
    url = url_of(offer().quote)

    for path in ("lines/1/product/", "versions/1/sending/", "withdrawal/"):
        assert staff.get(url + path)["Location"] == url


PATHS = ["", "lines/1/product/", "versions/1/sending/", "withdrawal/"]


@pytest.mark.parametrize("path", PATHS)
def test_strangers_sign_in_and_customers_are_refused(client, offer, clinic_buyer, path):
    quote = offer().quote
    method = client.get if path == "" else client.post
    assert method(url_of(quote) + path)["Location"].startswith("/accounts/login/")

    client.force_login(clinic_buyer)
    assert method(url_of(quote) + path).status_code == 403


def test_staff_need_the_permission_not_only_the_badge(client, ask, make_user):
    quote = ask()
    packer = make_user("packer@stillhand.example")
    packer.is_staff = True
    packer.save()
    client.force_login(packer)
    assert client.get(url_of(quote)).status_code == 403
    assert client.get("/desk/quotes/").status_code == 403

    packer.user_permissions.add(Permission.objects.get(codename="change_quote"))
    assert client.get(url_of(quote)).status_code == 200


@pytest.mark.parametrize("reference", ["Q-NONE", "%00", "x" * 300])
def test_unknown_references_are_not_found(staff, db, reference):
    for path in PATHS:
        method = staff.get if path == "" else staff.post
        assert method(f"/desk/quotes/{reference}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["lines/99/product/", "lines/999999999999/product/"])
def test_unknown_lines_are_not_found(staff, ask, path):
    assert staff.post(url_of(ask()) + path).status_code == 404


@pytest.mark.parametrize("number", ["99", "999999999999"])
def test_unknown_versions_are_told(staff, ask, number):
    page = staff.post(url_of(ask()) + f"versions/{number}/sending/", follow=True)

    assert "There is no such offer." in page.text


def test_todo_lists_the_oldest_first_and_counts_all(ask, offer, sales_clerk):
    first, *_others = [ask(company=f"Firm {n}") for n in range(7)]
    offer(ask(company="Offered"))
    group = desk.todo(sales_clerk)

    assert group.total == 7
    assert len(group.items) == 5
    assert group.items[0].url == url_of(first)
    assert group.items[0].title == "Firm 0, 2 lines"


def test_pages_take_the_same_queries_with_more(staff, ask, make_product, django_assert_max_num_queries):
    ask()
    with django_assert_max_num_queries(12):
        staff.get("/desk/quotes/")
    products = [make_product(f"SH-N-{n}") for n in range(30)]
    big = ask(lines=tuple(AskedLine(text=product.title, quantity=1, product=product) for product in products))
    with django_assert_max_num_queries(12):
        staff.get("/desk/quotes/")
    with django_assert_max_num_queries(20):
        staff.get(url_of(big))
