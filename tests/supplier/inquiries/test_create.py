"""A visitor leaves a message."""

import re
from typing import Any

import pytest
from django.test import Client

from supplier.inquiries.models import Inquiry, State
from supplier.outbox.models import Letter
from tests.shop import make_product

from .conftest import OURS, typed

pytestmark = pytest.mark.django_db


def letter_to(address: str) -> Letter:
    return Letter.objects.get(to=[address])


def test_message_is_kept_and_its_true_reference_is_shown(client: Client, send: Any) -> None:
    response = client.get(send()["Location"])
    inquiry = Inquiry.objects.get()
    assert inquiry.reference in response.content.decode()
    assert (inquiry.state, inquiry.name, inquiry.messages.get().text) == (
        State.NEW,
        "Maureen Tadworth",
        "Is the handle thick enough?",
    )


def test_visitor_gets_an_acknowledgement_whose_link_opens_the_thread(client: Client, send: Any) -> None:
    send()
    letter = letter_to("maureen.tadworth@post.example")
    inquiry = Inquiry.objects.get()
    assert inquiry.reference in letter.subject
    assert inquiry.reference in letter.text
    assert inquiry.reference in letter.html
    assert letter.headers == {"Auto-Submitted": "auto-replied"}
    path = re.search(r"http://testserver(/m/[\w-]{43}/)", letter.text)
    assert path
    assert "Is the handle thick enough?" in client.get(path[1]).content.decode()


def test_sales_get_a_letter_to_be_answered_to_the_visitor_with_the_page_it_came_from(client: Client, send: Any) -> None:
    send(about="product:SH-DHM-01", company="Tadworth & Sons")
    letter = letter_to("sales@stillhand.example")
    assert letter.reply_to == ["maureen.tadworth@post.example"]
    assert "product:SH-DHM-01" in letter.text
    assert "Tadworth & Sons" in letter.text
    assert "Tadworth &amp; Sons" in letter.html
    assert f"/desk/messages/{Inquiry.objects.get().reference}/" in letter.text


def test_pressing_twice_makes_one_message_and_one_pair_of_letters(client: Client) -> None:
    data = typed()
    first, second = (client.post("/messages/", data, headers=OURS) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (Inquiry.objects.count(), Letter.objects.count()) == (1, 2)


def test_two_visitors_with_one_cached_form_are_two_messages(client: Client) -> None:
    data = typed()
    client.post("/messages/", data, headers=OURS)
    client.post("/messages/", data | {"name": "Ben", "email": "ben@post.example"}, headers=OURS)
    assert Inquiry.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", "", "Please fill this in."),
        ("text", "x" * 10_001, "10,000"),
        ("text", "a\x00b", "NUL"),
        ("name", "n" * 201, "200"),
        ("name", "a\x00b", "NUL"),
        ("name", "Petra\r\nBcc: everyone@victim.example", "line break"),
        ("company", "c" * 201, "200"),
        ("company", "Lindqvist\r\nX-Priority: 1", "line break"),
        ("email", "nobody", "name@example.org"),
        ("email", "a@post.example\r\nBcc: b@victim.example", "name@example.org"),
        ("email", "a\x00@post.example", "NUL"),
        ("country", "Atlantis", "Please choose one of those that are listed."),
        ("kind", "../etc", "Please choose one of those that are listed."),
    ],
)
def test_refused_form_says_what_to_mend_and_keeps_what_was_typed(send: Any, field: str, value: str, words: str) -> None:
    response = send(**{"company": "Kept Ltd", field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "maureen.tadworth@post.example" in page or field == "email"
    assert "Kept Ltd" in page or field == "company"
    assert not Inquiry.objects.exists()
    assert not Letter.objects.exists()


def test_limits_count_characters_as_the_visitor_sees_them(send: Any) -> None:
    """A browser sends line ends as two characters; a message at the limit must still pass."""
    text = "\n".join(["x" * 99] * 100)
    assert send(text=text.replace("\n", "\r\n")).status_code == 302
    assert Inquiry.objects.get().messages.get().text == text


@pytest.mark.parametrize("about", ["product:NO-SUCH", "nonsense", "javascript:alert(1)", "a" * 5000, "product:\x01"])
def test_unknown_page_does_not_cost_the_message(send: Any, about: str) -> None:
    assert send(about=about).status_code == 302
    assert Inquiry.objects.get().context_url == ""


@pytest.mark.parametrize("changes", [{"nonce": "no uuid"}, {"opened": "forged"}, {"nonce": "", "opened": ""}])
def test_tampered_hidden_fields_do_not_cost_the_message(send: Any, changes: dict[str, str]) -> None:
    assert send(**changes).status_code == 302
    assert Inquiry.objects.get().state == State.NEW


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://evil.example"}])
def test_foreign_pages_can_not_send(client: Client, headers: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/messages/", typed(), headers=headers).status_code == 403
    assert not Inquiry.objects.exists()


def test_visitor_without_session_needs_no_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/messages/", typed(), headers=OURS)
    assert response.status_code == 302
    assert not response.cookies


def test_message_of_ten_megabytes_gets_our_own_page(client: Client) -> None:
    client.raise_request_exception = False
    response = client.post("/messages/", typed(text="x" * 10_000_000), headers=OURS)
    assert response.status_code == 400
    assert "10,000 characters" in response.content.decode()


def test_html_is_shown_as_typed_in_thread_and_letters(client: Client, send: Any) -> None:
    send(text='<script>alert(1)</script> {{ 7*7 }} <img src="https://evil.example/x">', name="<b>Robert</b>")
    letter = letter_to("sales@stillhand.example")
    assert '<script>alert(1)</script> {{ 7*7 }} <img src="https://evil.example/x">' in letter.text
    assert "<script>" not in letter.html
    assert 'src="https://evil.example' not in letter.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in letter.html
    assert "<b>Robert</b>" in letter.subject


def test_signed_in_visitor_is_remembered(client: Client, clinic_buyer: Any, send: Any) -> None:
    client.force_login(clinic_buyer)
    send()
    assert Inquiry.objects.get().user == clinic_buyer


def test_thanks_address_can_not_be_guessed(client: Client, send: Any) -> None:
    address = send()["Location"]
    assert client.get(address[:-3] + "xx/").status_code == 404
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_page_that_it_came_from_is_told_by_its_title(send: Any) -> None:
    product = make_product("Deep Hand Massage Roller", sku="SH-DHM-01")
    send(about="product:SH-DHM-01")
    inquiry = Inquiry.objects.get()
    assert (inquiry.about, inquiry.context_url) == ("Deep Hand Massage Roller", product.get_absolute_url())
    letter = letter_to("sales@stillhand.example")
    assert "Deep Hand Massage Roller" in letter.subject
    assert f"http://testserver{product.get_absolute_url()}" in letter.text
