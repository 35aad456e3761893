"""Staff see every letter and send a failed one again."""

from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from supplier.outbox.models import Letter

from .test_messages import queries_of

pytestmark = pytest.mark.django_db


def test_failed_letter_is_sent_again_with_its_message_id(clerk: Client, make_letter: Any) -> None:
    letter = make_letter(state="failed", attempts=6, last_error="550 mailbox unavailable")
    assert "550 mailbox unavailable" in clerk.get(f"/desk/letters/{letter.pk}/").content.decode()
    clerk.post(f"/desk/letters/{letter.pk}/sending/")
    again = Letter.objects.get()
    assert (again.state, again.attempts, again.message_id) == ("waiting", 0, letter.message_id)
    assert ProcrastinateJob.objects.filter(args={"pk": letter.pk}).count() == 1


def test_sent_letter_is_not_sent_twice(clerk: Client, make_letter: Any) -> None:
    letter = make_letter()
    letter.mark_sent()
    response = clerk.post(f"/desk/letters/{letter.pk}/sending/", follow=True)
    assert "sent already" in response.content.decode()
    assert Letter.objects.get().state == "sent"
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize("state", ["failed", "waiting"])
def test_list_shows_the_chosen_state_only(clerk: Client, make_letter: Any, state: str) -> None:
    make_letter("One failed", state="failed")
    make_letter("One waiting")
    page = clerk.get(f"/desk/letters/?show={state}").content.decode()
    assert (f"One {state}" in page, page.count("One ")) == (True, 1)


def test_letters_are_found_by_subject_and_address(clerk: Client, make_letter: Any) -> None:
    make_letter("About a roller")
    make_letter("About a ball")
    page = clerk.get("/desk/letters/?show=all&q=roller").content.decode()
    assert "About a roller" in page
    assert "About a ball" not in page
    assert "About a ball" in clerk.get("/desk/letters/?show=all&q=VISITOR@post").content.decode()


@pytest.mark.parametrize("query", ["?q=%00", "?page=abc", "?show=nonsense", "?q=%25%5C'"])
def test_tampered_address_of_the_list_shows_a_list(clerk: Client, make_letter: Any, query: str) -> None:
    make_letter()
    assert clerk.get(f"/desk/letters/{query}").status_code == 200


def test_unknown_letter_is_not_found(clerk: Client) -> None:
    assert clerk.get("/desk/letters/999/").status_code == 404
    assert clerk.post("/desk/letters/999/sending/").status_code == 404


def test_list_asks_no_more_for_three_letters_than_for_one(clerk: Client, make_letter: Any) -> None:
    make_letter()
    one = queries_of(clerk, "/desk/letters/?show=all")
    make_letter()
    make_letter()
    assert queries_of(clerk, "/desk/letters/?show=all") == one <= 20
