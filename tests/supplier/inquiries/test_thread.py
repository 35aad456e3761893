"""The thread behind its link, and the message box on pages."""

import uuid
from typing import Any

import pytest
from django.test import Client, RequestFactory

from supplier.inquiries.actions import answer_inquiry, close_inquiry, write_back
from supplier.inquiries.models import Inquiry, InquiryLink, State
from supplier.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(inquiry: Inquiry) -> str:
    return f"/m/{InquiryLink.objects.issue(inquiry=inquiry)}/"


def test_visitor_writes_back_and_sales_hear_of_it(
    client: Client, inquiry: Inquiry, link: str, sales_clerk: Any
) -> None:
    answer_inquiry(inquiry, by=sales_clerk, text="Yes, 36 mm.", key=uuid.uuid4())
    Letter.objects.all().delete()
    data = {"text": "And the ball?", "key": str(uuid.uuid4())}
    assert client.post(link, data)["Location"] == link
    client.post(link, data)  # pressed twice
    inquiry.refresh_from_db()
    assert inquiry.state == State.OPEN
    assert [letter.text for letter in inquiry.messages.all()] == [
        "Is the handle thick enough?",
        "Yes, 36 mm.",
        "And the ball?",
    ]
    letter = Letter.objects.get()
    assert (letter.to, letter.reply_to) == (["sales@stillhand.example"], ["maureen.tadworth@post.example"])
    assert "And the ball?" in letter.text


def test_thread_shows_who_wrote_what(client: Client, inquiry: Inquiry, link: str, sales_clerk: Any) -> None:
    answer_inquiry(inquiry, by=sales_clerk, text="Yes, 36 mm.", key=uuid.uuid4())
    page = client.get(link).content.decode()
    assert "Sam, Stillhand" in page
    assert "Maureen Tadworth" in page
    assert "Yes, 36 mm." in page


def test_thread_is_kept_from_caches_and_search_engines(client: Client, link: str) -> None:
    response = client.get(link)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("token", ["x" * 43, "%00", "é", "a" * 3000])
def test_wrong_link_is_not_found(client: Client, link: str, token: str) -> None:
    assert client.get(f"/m/{token}/").status_code == 404
    assert client.post(f"/m/{token}/", {"text": "x"}).status_code == 404
    assert client.post(f"/m/{token}/closure/").status_code == 404


def test_revoked_link_is_not_found(client: Client, inquiry: Inquiry, link: str) -> None:
    inquiry.links.get().revoke()
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001, "a\x00b"])
def test_refused_letter_changes_nothing_and_keeps_what_was_typed(
    client: Client, inquiry: Inquiry, link: str, text: str
) -> None:
    response = client.post(link, {"text": text, "key": str(uuid.uuid4())})
    assert response.status_code == 422
    assert inquiry.messages.count() == 1
    assert text.strip("\x00 ")[:100] in response.content.decode()


def test_visitor_closes_the_thread_and_a_further_letter_opens_it(client: Client, inquiry: Inquiry, link: str) -> None:
    client.post(f"{link}closure/")
    inquiry.refresh_from_db()
    assert inquiry.state == State.CLOSED
    client.post(link, {"text": "One more thing", "key": str(uuid.uuid4())})
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.closed_at) == (State.OPEN, None)


def test_too_many_letters_in_an_hour_are_refused_with_their_text(client: Client, inquiry: Inquiry, link: str) -> None:
    for number in range(20):
        assert client.post(link, {"text": f"{number}", "key": str(uuid.uuid4())}).status_code == 302
    response = client.post(link, {"text": "the last straw", "key": str(uuid.uuid4())})
    assert response.status_code == 422
    assert "the last straw" in response.content.decode()
    assert "lot of letters" in response.content.decode()


def test_quarantined_thread_stays_so_when_its_sender_writes_on(make_inquiry: Any) -> None:
    spam = make_inquiry(homepage="x")
    write_back(spam, text="more", key=uuid.uuid4())
    spam.refresh_from_db()
    assert spam.state == State.QUARANTINED


def test_closing_twice_keeps_the_first_time(inquiry: Inquiry) -> None:
    close_inquiry(inquiry)
    inquiry.refresh_from_db()
    first = inquiry.closed_at
    close_inquiry(inquiry)
    inquiry.refresh_from_db()
    assert inquiry.closed_at == first


def box(request: Any, context: str = "article:sleep") -> str:
    from django.template import engines

    template = engines["django"].from_string("{% load inquiries %}{% message_box context=about %}")
    return str(template.render({"about": context}, request))


def test_message_box_needs_no_query_and_no_token_without_session(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        html = box(rf.get("/"))
    assert 'action="/messages/"' in html
    assert 'value="article:sleep"' in html
    assert "csrfmiddlewaretoken" not in html
    assert "At most 10,000 characters." in html
    assert "At most 200 characters." not in html, "no name is so long that this needs saying before"


def test_message_box_knows_who_is_signed_in(client: Client, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    html = client.get("/messages/").content.decode()
    assert "csrfmiddlewaretoken" in html


def test_going_back_and_adding_a_line_is_a_second_letter(client: Client, inquiry: Inquiry, link: str) -> None:
    key = str(uuid.uuid4())
    client.post(link, {"text": "And the ball?", "key": key})
    client.post(link, {"text": "And the ball? And the oil?", "key": key})
    assert inquiry.messages.count() == 3
