from typing import Any

import pytest
from django.test import Client

from supplier.inquiries import spam
from supplier.inquiries.models import Inquiry, State
from supplier.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"text": "See https://stillhand.example/tools"}, State.NEW),
        ({"text": "http://a.example http://b.example http://c.example"}, State.NEW),
        ({"homepage": "http://spam.example"}, State.QUARANTINED),
        ({"text": "[url=http://x.example]x[/url] http://a http://b http://c http://d"}, State.QUARANTINED),
        ({"name": "Ѕtіllhаnd Аccоunts"}, State.QUARANTINED),
        ({"name": "Ελένη Παπαδοπούλου"}, State.NEW),
        ({"name": "Мария Иванова", "company": "Салон SPA"}, State.NEW),
    ],
)
def test_message_is_quarantined_by_its_score(send: Any, changes: dict[str, str], state: str) -> None:
    send(**changes)
    assert Inquiry.objects.get().state == state


def test_quarantined_message_gets_no_acknowledgement_and_a_warning_without_its_text(client: Client, send: Any) -> None:
    response = client.get(send(homepage="x", text="secret pills")["Location"])
    letter = Letter.objects.get()
    assert letter.to == ["sales@stillhand.example"]
    assert letter.reply_to == []
    assert "secret pills" not in letter.text + letter.html
    assert Inquiry.objects.get().reference in response.content.decode()


def test_many_messages_from_one_place_are_kept_but_quarantined(send: Any) -> None:
    for number in range(32):
        send(email=f"somebody-{number}@post.example")
    states = list(Inquiry.objects.order_by("pk").values_list("state", flat=True))
    assert states == [State.NEW] * 30 + [State.QUARANTINED] * 2


def test_many_messages_from_one_address_are_kept_but_quarantined(send: Any) -> None:
    for number in range(12):
        send(text=f"Message {number}")
    states = list(Inquiry.objects.order_by("pk").values_list("state", flat=True))
    assert states == [State.NEW] * 10 + [State.QUARANTINED] * 2


def test_every_reason_has_words_and_points() -> None:
    assert spam.score(list(spam.REASONS)) == sum(points for points, _words in spam.REASONS.values())
    assert len(spam.words_for(list(spam.REASONS))) == len(spam.REASONS)
