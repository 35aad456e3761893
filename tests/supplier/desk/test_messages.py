"""Staff answer, assign, close and release messages."""

import re
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from supplier.inquiries.models import Inquiry, State
from supplier.outbox.models import Letter

pytestmark = pytest.mark.django_db


def url(inquiry: Inquiry, end: str = "") -> str:
    return f"/desk/messages/{inquiry.reference}/{end}"


def reply(text: str = "Yes, 36 mm.") -> dict[str, str]:
    return {"text": text, "key": str(uuid.uuid4())}


def test_answer_goes_out_with_a_link_to_the_thread(clerk: Client, make_inquiry: Any, sales_clerk: Any) -> None:
    inquiry = make_inquiry()
    clerk.post(url(inquiry, "answer/"), reply())
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.assigned_to) == (State.ANSWERED, sales_clerk)
    assert inquiry.answered_at is not None
    letter = Letter.objects.get()
    assert letter.to == [inquiry.email]
    assert "Yes, 36 mm." in letter.text
    link = re.search(r"http://testserver(/m/[\w-]{43}/)", letter.text)
    assert link
    assert "Yes, 36 mm." in clerk.get(link[1]).content.decode()


def test_answer_pressed_twice_goes_out_once(clerk: Client, make_inquiry: Any) -> None:
    inquiry, data = make_inquiry(), reply()
    for _press in range(2):
        assert clerk.post(url(inquiry, "answer/"), data).status_code == 302
    assert inquiry.messages.filter(is_ours=True).count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("text", ["", "x" * 10_001, "a\x00b"])
def test_refused_answer_sends_nothing_and_keeps_what_was_typed(clerk: Client, make_inquiry: Any, text: str) -> None:
    inquiry = make_inquiry()
    response = clerk.post(url(inquiry, "answer/"), reply(text))
    assert response.status_code == 422
    assert text[:50].replace("\x00", "") in response.content.decode().replace("\x00", "")
    assert not Letter.objects.exists()


def test_quarantined_message_is_released_once_and_acknowledged(clerk: Client, make_inquiry: Any) -> None:
    inquiry = make_inquiry(homepage="x")
    assert inquiry.reference not in clerk.get("/desk/messages/").content.decode()
    assert inquiry.reference in clerk.get("/desk/messages/?show=quarantined").content.decode()
    for _press in range(2):
        clerk.post(url(inquiry, "release/"))
    inquiry.refresh_from_db()
    assert inquiry.state == State.NEW
    assert inquiry.reference in clerk.get("/desk/messages/").content.decode()
    assert sorted(letter.to[0] for letter in Letter.objects.all()) == [inquiry.email, "sales@stillhand.example"]


def test_message_is_assigned_and_given_back(clerk: Client, make_inquiry: Any, sales_clerk: Any) -> None:
    inquiry = make_inquiry()
    clerk.post(url(inquiry, "assignment/"), {"to": sales_clerk.pk})
    inquiry.refresh_from_db()
    assert (inquiry.assigned_to, inquiry.state) == (sales_clerk, State.OPEN)
    clerk.post(url(inquiry, "assignment/"), {"to": ""})
    inquiry.refresh_from_db()
    assert inquiry.assigned_to is None


@pytest.mark.parametrize("to", ["999999", "abc", "-1", "\x00"])
def test_message_can_not_be_assigned_to_just_anybody(clerk: Client, make_inquiry: Any, to: str) -> None:
    inquiry = make_inquiry()
    assert clerk.post(url(inquiry, "assignment/"), {"to": to}).status_code == 302
    inquiry.refresh_from_db()
    assert inquiry.assigned_to is None


def test_customer_can_not_be_put_in_charge(clerk: Client, make_inquiry: Any, clinic_buyer: Any) -> None:
    inquiry = make_inquiry()
    clerk.post(url(inquiry, "assignment/"), {"to": clinic_buyer.pk})
    inquiry.refresh_from_db()
    assert inquiry.assigned_to is None


def test_closed_message_leaves_the_list(clerk: Client, make_inquiry: Any) -> None:
    inquiry = make_inquiry()
    clerk.post(url(inquiry, "closure/"))
    assert inquiry.reference not in clerk.get("/desk/messages/").content.decode()
    assert inquiry.reference in clerk.get("/desk/messages/?show=all").content.decode()


@pytest.mark.parametrize("query", ["tadworth", "HANDLE thick", "maureen.tadworth@post.example"])
def test_messages_are_found_by_their_words(clerk: Client, make_inquiry: Any, query: str) -> None:
    wanted, other = make_inquiry(), make_inquiry(name="Ben", email="ben@inbox.example", text="Oil")
    page = clerk.get("/desk/messages/", {"show": "all", "q": query}).content.decode()
    assert wanted.reference in page
    assert other.reference not in page


@pytest.mark.parametrize("query", ["?q=%00", "?page=-1", "?page=abc", "?page=99999999999999999999", "?show=nonsense"])
def test_tampered_address_of_the_list_shows_a_list(clerk: Client, make_inquiry: Any, query: str) -> None:
    make_inquiry()
    assert clerk.get(f"/desk/messages/{query}").status_code == 200


@pytest.mark.parametrize("reference", ["M-NONE", "%00", "M-' OR 1=1"])
def test_unknown_message_is_not_found(clerk: Client, reference: str) -> None:
    assert clerk.get(f"/desk/messages/{reference}/").status_code == 404
    assert clerk.post(f"/desk/messages/{reference}/answer/", reply()).status_code == 404


def queries_of(clerk: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clerk.get(path)  # what is asked once only
    with CaptureQueriesContext(connection) as queries:
        assert clerk.get(path).status_code == 200
    return len(queries)


def test_list_asks_no_more_for_three_messages_than_for_one(clerk: Client, make_inquiry: Any) -> None:
    make_inquiry()
    one = queries_of(clerk, "/desk/messages/")
    make_inquiry()
    make_inquiry()
    assert queries_of(clerk, "/desk/messages/") == one <= 20


def test_message_given_to_nobody_stays_new(clerk: Client, make_inquiry: Any) -> None:
    inquiry = make_inquiry()
    clerk.post(url(inquiry, "assignment/"), {"to": ""})
    inquiry.refresh_from_db()
    assert inquiry.state == State.NEW


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"},
        {"kind": "spam"},
        {"state": "answered"},
        {"state": "closed"},
        {"closed_at": "2026-01-01T00:00Z"},
    ],
)
def test_database_refuses_a_message_in_a_state_that_can_not_be(make_inquiry: Any, changes: dict[str, str]) -> None:
    inquiry = make_inquiry()
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(**changes)
