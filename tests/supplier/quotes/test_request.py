"""Asking for a quote: the form, its errors, and what is stored."""

from decimal import Decimal

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from supplier.outbox.models import Letter
from supplier.quotes.models import Quote

pytestmark = pytest.mark.django_db
URL = "/wholesale/"


def send(client, data):
    return client.post(URL, data)


def test_request_stores_lines_and_writes_both_letters(client, roller, form_data, settings):
    response = send(client, form_data(("sh-dhm-01", "24", "18.50", "two colours"), ("20 engraved rollers", "20")))

    quote = Quote.objects.get()
    assert response.status_code == 302
    assert response["Location"].startswith("/q/")
    lines = [(line.product, line.text, line.quantity, line.wished_price, line.note) for line in quote.lines.all()]
    assert lines == [
        (roller, "Deep Hand Massage Roller", 24, Decimal("18.50"), "two colours"),
        (None, "20 engraved rollers", 20, None, ""),
    ]
    to_buyer, to_sales = Letter.objects.order_by("pk")
    assert to_buyer.to == ["rosa@clinic.example"]
    assert to_buyer.reply_to == ["sales@stillhand.example"]
    assert quote.reference in to_buyer.subject
    assert response["Location"] in to_buyer.text
    assert response["Location"] in to_buyer.html
    assert to_sales.to == ["sales@stillhand.example"]
    assert to_sales.reply_to == ["rosa@clinic.example"]
    assert f"/desk/quotes/{quote.reference}/" in to_sales.text


def test_quote_page_shows_the_request_and_is_private(client, roller, form_data):
    page = client.get(send(client, form_data(("SH-DHM-01", "24")))["Location"])

    assert Quote.objects.get().reference in page.text
    assert "Deep Hand Massage Roller" in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"].startswith("no-store, private")
    assert page["Referrer-Policy"] == "same-origin"  # told to no other site


def test_same_form_twice_is_one_quote_and_one_pair_of_letters(client, roller, form_data):
    data = form_data(("SH-DHM-01", "24"))
    first, second = send(client, data), send(client, data)

    assert Quote.objects.count() == 1
    assert Letter.objects.count() == 2
    assert client.get(second["Location"]).status_code == 200
    assert client.get(first["Location"]).status_code == 200


def test_changed_form_sent_again_is_another_quote(client, roller, form_data):
    send(client, form_data(("SH-DHM-01", "24")))
    send(client, form_data(("SH-DHM-01", "25")))

    assert Quote.objects.count() == 2


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "abc", "1.5", "", "9" * 5000, "1\x002"])
def test_row_refuses_a_bad_quantity_and_keeps_what_was_typed(client, roller, form_data, quantity):
    response = send(client, form_data(("SH-DHM-01", quantity, "", "keep me")))

    assert response.status_code == 422
    assert "Write a whole number from 1 to 99,999." in response.text
    assert "keep me" in response.text
    assert not Quote.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("price", ["abc", "-1", "0", "1e999999", "NaN", "12.345", "1\x00"])
def test_row_refuses_a_bad_wished_price(client, roller, form_data, price):
    response = send(client, form_data(("SH-DHM-01", "2", price)))

    assert response.status_code == 422
    assert "Write a price such as 12.50." in response.text
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    "field", ["name", "email", "company", "note", "pasted", "country", "wished_on", "lines-0-what"]
)
def test_nul_byte_is_refused_in_any_field(client, roller, form_data, field):
    response = send(client, form_data(("SH-DHM-01", "2")) | {field: "a\x00b"})

    assert response.status_code == 422
    assert not Quote.objects.exists()


@pytest.mark.parametrize("field", ["time_zone", "form_key", "lines-0-is_offer"])
def test_nonsense_in_a_hidden_field_never_breaks(client, roller, form_data, field):
    response = send(client, form_data(("SH-DHM-01", "2")) | {field: "a\x00b"})

    assert response.status_code in (302, 422)


@pytest.mark.parametrize("field", ["name", "company"])
def test_line_breaks_never_reach_a_header(client, roller, form_data, field):
    response = send(client, form_data(("SH-DHM-01", "2")) | {field: "Rosa\r\nBcc: all@world.example"})

    assert response.status_code == 422
    assert not Letter.objects.exists()


def test_html_in_a_request_is_shown_as_text(client, roller, form_data):
    data = form_data(("<script>alert(1)</script>", "1"), note="<b>bold</b>", company="<i>Firm</i>")
    page = client.get(send(client, data)["Location"])

    assert "<script>alert(1)" not in page.text
    assert "<b>bold</b>" not in page.text
    for letter in Letter.objects.all():
        assert "<script>alert(1)" not in letter.html
        assert "<i>Firm</i>" not in letter.html


def test_pasted_list_becomes_lines(client, roller, cradle, form_data):
    send(client, form_data(pasted="SH-DHM-01, 24\r\n\r\nsh-dtt-03-m;7\nSH-DHM-01x\t3\n", keep_unknown="on"))

    lines = Quote.objects.get().lines.all()
    assert [(line.product, line.text, line.quantity) for line in lines] == [
        (roller, roller.title, 24),
        (cradle, cradle.title, 7),
        (None, "SH-DHM-01x", 3),
    ]


def test_pasted_list_tells_each_bad_line_by_its_number_and_stays(client, roller, form_data):
    pasted = "\nSH-DHM-01, 24\nSH-XXX-99, 12\nSH-DHM-01, abc\nSH-DHM-01\n, 4\nSH-DHM-01, 3\nSH-DHM-01, 1000000000"
    response = send(client, form_data(pasted=pasted))

    assert response.status_code == 422
    for words in (
        "Line 3: we don’t know “SH-XXX-99”.",
        "Line 4: “abc” is no quantity",
        "Line 5: “SH-DHM-01” has no quantity",
        "Line 6: the article number is missing",
        "Line 7: SH-DHM-01 is on line 2 already",
        "Line 8: “1000000000” is no quantity",
        "SH-XXX-99, 12",
        'name="keep_unknown"',
    ):
        assert words in response.text
    assert not Quote.objects.exists()


def test_501_pasted_lines_are_refused(client, roller, form_data):
    response = send(client, form_data(pasted="\n".join(f"SH-{n}, 1" for n in range(501)), keep_unknown="on"))

    assert response.status_code == 422
    assert "501 lines" in response.text
    assert not Quote.objects.exists()


def test_500_pasted_lines_are_taken_and_a_501st_row_is_not(client, roller, form_data):
    pasted = "\n".join(f"SH-{n}, 1" for n in range(500))
    refused = send(client, form_data(("one more", "1"), pasted=pasted, keep_unknown="on"))
    taken = send(client, form_data(pasted=pasted, keep_unknown="on"))

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert Quote.objects.get().lines.count() == 500


@pytest.mark.parametrize("total", ["abc", "-1", "1000000000", "\x00", ""])
def test_tampered_row_count_is_no_server_error(client, roller, form_data, total):
    response = send(client, form_data(("SH-DHM-01", "2")) | {"lines-TOTAL_FORMS": total})

    assert response.status_code == 422
    assert not Quote.objects.exists()


def test_nothing_asked_for_is_said(client, countries, form_data):
    response = send(client, form_data(("", "")))

    assert response.status_code == 422
    assert "Nothing is asked for yet." in response.text


def test_a_parent_number_names_its_variants(client, make_product, form_data):
    parent = make_product("SH-P", structure="parent")
    parent.stockrecords.all().delete()
    make_product("SH-P-S", structure="child", parent=parent, product_class=None, title="")

    response = send(client, form_data(pasted="SH-P, 3"))

    assert "Line 1: SH-P comes in several kinds. Write the number of one: SH-P-S." in response.text


def test_unpublished_products_are_not_known(client, make_product, form_data):
    make_product("SH-SECRET", is_public=False)
    send(client, form_data(("SH-SECRET", "2")))

    assert Quote.objects.get().lines.get().product is None


@pytest.mark.parametrize(
    ("told", "country", "zone"),
    [
        ("Pacific/Auckland", "GB", "Pacific/Auckland"),
        ("", "US", "America/New_York"),
        ("Nowhere/Land", "DE", "Europe/Berlin"),
        ("../../etc/passwd", "IE", "Europe/Dublin"),
        ("UTC", "DE", "Europe/Berlin"),
        ("Etc/GMT+5", "US", "America/New_York"),
    ],
)
def test_time_zone_is_the_browsers_else_the_main_one_of_the_country(client, roller, form_data, told, country, zone):
    send(client, form_data(("SH-DHM-01", "2"), time_zone=told, country=country))

    assert Quote.objects.get().time_zone == zone


def test_link_from_a_product_fills_the_first_row(client, roller):
    page = client.get(URL + "?sku=sh-dhm-01")

    assert 'value="SH-DHM-01"' in page.text
    assert "Deep Hand Massage Roller" in page.text


def test_link_from_a_product_with_variants_offers_each_and_takes_the_filled_ones(client, make_product, form_data):
    parent = make_product("SH-P", structure="parent")
    for size in "SM":
        make_product(f"SH-P-{size}", structure="child", parent=parent, product_class=None, title=size)
    page = client.get(URL + "?sku=SH-P")
    assert 'value="SH-P-S"' in page.text
    assert 'value="SH-P-M"' in page.text

    data = form_data(("SH-P-S", ""), ("SH-P-M", "4"))
    send(client, data | {"lines-0-is_offer": "1", "lines-1-is_offer": "1"})

    assert [line.product.upc for line in Quote.objects.get().lines.all()] == ["SH-P-M"]


@pytest.mark.parametrize("query", ["?sku=%00", "?sku=SH-NONE", "?sku=" + "x" * 3000, "?basket=1", "?sku=&sku=&sku="])
def test_tampered_links_still_show_the_form(client, countries, query):
    assert client.get(URL + query).status_code == 200


def test_more_rows_keep_what_was_typed(client, roller, form_data):
    data = form_data(("SH-DHM-01", "abc", "", "keep me"), pasted="SH-DHM-01, 4") | {"more": "1"}
    page = send(client, data)

    assert page.status_code == 200
    assert page.text.count("ask__row") == 6
    for words in ("SH-DHM-01, 4", "keep me", 'value="abc"', "Whitlock Hand Clinic"):
        assert words in page.text
    assert not Quote.objects.exists()


def test_basket_fills_the_form_in_one_click(client, roller):
    client.post(reverse("basket:add", kwargs={"pk": roller.pk}), {"quantity": 3}, HTTP_ORIGIN="http://testserver")

    page = client.post("/wholesale/from-basket/", follow=True, HTTP_ORIGIN="http://testserver")

    assert 'value="SH-DHM-01"' in page.text
    assert 'value="3"' in page.text


def test_from_basket_without_a_basket_says_so(client, countries):
    page = client.post("/wholesale/from-basket/", follow=True, HTTP_ORIGIN="http://testserver")

    assert "Your basket is empty." in page.text


def test_too_many_requests_from_one_address_are_slowed_down(client, roller, form_data):
    answers = [send(client, form_data(("SH-DHM-01", str(n)))).status_code for n in range(1, 33)]

    assert answers == [302] * 30 + [422] * 2


def test_signed_in_visitors_find_their_request_in_the_account(client, roller, form_data, clinic_buyer):
    client.force_login(clinic_buyer)
    send(client, form_data(("SH-DHM-01", "24")))

    quote = Quote.objects.get()
    assert quote.user == clinic_buyer
    assert quote.reference in client.get("/accounts/quotes/").text
    assert client.get(f"/accounts/quotes/{quote.reference}/").status_code == 200


def test_letter_failing_to_be_written_leaves_nothing(client, roller, form_data, monkeypatch):
    def fail(self, *args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(EmailMessage, "send", fail)
    with pytest.raises(RuntimeError):
        send(client, form_data(("SH-DHM-01", "24")))

    assert not Quote.objects.exists()


def test_wholesale_page_takes_few_queries(client, roller, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(URL + "?sku=SH-DHM-01")
