"""The real worker process against a mail server: down and back, killed in mid-send, two at once."""

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client
from django.utils import timezone

from supplier.inquiries.models import Inquiry
from supplier.outbox.models import Letter
from tests.supplier.inquiries.conftest import OURS, typed

from .conftest import PATIENCE_SECONDS, MailServer, until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def all_sent() -> bool:
    return not Letter.objects.exclude(state="sent").exists()


def test_server_down_for_the_whole_journey_and_back(mail_server: MailServer, client: Client) -> None:
    mail_server.stop()
    with worker(mail_server):
        client.post("/messages/", typed(), headers=OURS)
        assert Inquiry.objects.count() == 1
        until(lambda: Letter.objects.filter(attempts__gt=0).count() == 2, "both letters tried")
        assert mail_server.received == []
        mail_server.start()
        until(all_sent, "letters sent once the server is back")
    inquiry = Inquiry.objects.get()
    assert sorted(str(letter["To"]) for letter in mail_server.received) == [inquiry.email, "sales@stillhand.example"]
    assert sorted(mail_server.message_ids) == sorted(Letter.objects.values_list("message_id", flat=True))


def test_worker_killed_in_mid_send_is_made_up_for_with_the_same_message_id(mail_server: MailServer) -> None:
    mail_server.hold.set()  # takes the letter, but doesn't say so
    with worker(mail_server) as first:
        send_mail("Hello", "Text", None, ["visitor@post.example"])
        until(lambda: len(mail_server.received) == 1, "letter handed over")
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert Letter.objects.get().state == "waiting"
    mail_server.hold.clear()
    Letter.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=1))
    with worker(mail_server):
        until(all_sent, "letter sent by the next worker")
    assert mail_server.message_ids == [Letter.objects.get().message_id] * 2


def test_two_workers_send_fifty_letters_once_each(mail_server: MailServer) -> None:
    for number in range(50):
        send_mail(f"Letter {number}", "Text", None, ["visitor@post.example"])
    with worker(mail_server), worker(mail_server):
        until(all_sent, "all letters sent")
    assert sorted(mail_server.subjects) == sorted(f"Letter {number}" for number in range(50))
    assert len(set(mail_server.message_ids)) == 50


def test_worker_whose_clock_is_behind_the_writers_sends_as_soon_as_it_caught_up(mail_server: MailServer) -> None:
    send_mail("From the future", "Text", None, ["visitor@post.example"])
    due = timezone.now() + timedelta(seconds=PATIENCE_SECONDS / 10)
    Letter.objects.update(next_attempt_at=due)
    with worker(mail_server):
        until(all_sent, "letter sent")
    sent_at = Letter.objects.get().sent_at
    assert sent_at
    assert due <= sent_at < due + timedelta(seconds=14)  # the sweep would have come later


def test_refused_letter_is_shown_on_the_desk_and_sent_again_from_there(
    mail_server: MailServer, client: Client, sales_clerk: Any
) -> None:
    client.force_login(sales_clerk)
    mail_server.answer = "550 mailbox unavailable"
    with worker(mail_server):
        send_mail("To a full box", "Text", None, ["visitor@post.example"])
        until(lambda: Letter.objects.get().state == "failed", "letter failed")
        page = client.get("/desk/").content.decode()
        assert "To a full box" in page
        assert "550" in page
        mail_server.answer = "250 OK"
        client.post(f"/desk/letters/{Letter.objects.get().pk}/sending/")
        until(all_sent, "letter sent again")
    assert mail_server.subjects == ["To a full box"]
