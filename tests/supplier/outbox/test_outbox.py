"""What happens to one letter: kept with its transaction, sent, tried again, failed, sent again."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from supplier.outbox import sending
from supplier.outbox.actions import send_again
from supplier.outbox.models import Letter
from supplier.outbox.sending import _is_permanent, deliver
from supplier.outbox.tasks import sweep_letters

from .conftest import MailServer

pytestmark = pytest.mark.django_db


def write(subject: str = "Hello", to: str = "visitor@post.example") -> Letter:
    send_mail(subject, "Text", None, [to])
    return Letter.objects.latest("pk")


def test_rollback_takes_the_letter_and_its_job_along() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_letter_is_delivered_as_it_was_written(mail_server: MailServer) -> None:
    message = EmailMultiAlternatives(
        "Grüße 🌿", "Text ä", "Shop <shop@stillhand.example>", ["visitor@post.example"], reply_to=["sales@x.example"]
    )
    message.attach_alternative("<p>HTML ä</p>", "text/html")
    message.attach("offer.pdf", b"%PDF \x00\xff", "application/pdf")
    message.extra_headers["Auto-Submitted"] = "auto-replied"
    message.send()
    deliver(Letter.objects.get().pk)
    [letter] = mail_server.received
    assert (letter["Subject"], letter["From"], letter["Reply-To"], letter["Auto-Submitted"]) == (
        "Grüße 🌿",
        "Shop <shop@stillhand.example>",
        "sales@x.example",
        "auto-replied",
    )
    assert letter.get_body(("plain",)).get_content().strip() == "Text ä"  # type: ignore[union-attr]
    assert letter.get_body(("html",)).get_content().strip() == "<p>HTML ä</p>"  # type: ignore[union-attr]
    [attachment] = letter.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("offer.pdf", b"%PDF \x00\xff")
    kept = Letter.objects.get()
    assert (kept.state, kept.attempts, kept.message_id) == ("sent", 1, letter["Message-ID"])


def test_sent_letter_is_not_delivered_again(mail_server: MailServer) -> None:
    letter = write()
    deliver(letter.pk)
    deliver(letter.pk)
    assert len(mail_server.received) == 1


def test_message_id_stays_the_same_from_try_to_try(mail_server: MailServer) -> None:
    letter = write()
    mail_server.answer = "451 later"
    assert deliver(letter.pk) is not None
    mail_server.answer = "250 OK"
    Letter.objects.update(next_attempt_at=timezone.now())
    deliver(letter.pk)
    assert mail_server.message_ids == [letter.message_id]


def test_server_that_is_down_makes_the_letter_wait_ever_longer(mail_server: MailServer) -> None:
    mail_server.stop()
    letter = write()
    pauses = []
    for _try in range(14):
        Letter.objects.update(next_attempt_at=timezone.now())
        pauses.append(deliver(letter.pk) or 0)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 14)
    assert "ConnectionRefusedError" in letter.last_error
    assert 1 < pauses[0] < 3
    assert 2800 < pauses[-1] <= 3600 * 1.2


def test_letter_that_is_not_due_is_left_alone_until_it_is(mail_server: MailServer) -> None:
    letter = write()
    Letter.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=1))
    assert 55 < (deliver(letter.pk) or 0) <= 60
    assert mail_server.received == []


def test_refusal_for_good_fails_at_once_with_the_servers_words_and_can_be_sent_again(mail_server: MailServer) -> None:
    letter = write()
    mail_server.answer = "554 no such mailbox"
    assert deliver(letter.pk) is None
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert "no such mailbox" in letter.last_error
    mail_server.answer = "250 OK"
    assert send_again(letter) is True
    deliver(letter.pk)
    assert mail_server.message_ids == [letter.message_id]
    assert send_again(letter) is False


def test_one_refused_address_is_seen_and_costs_the_others_nothing(mail_server: MailServer) -> None:
    mail_server.refused_addresses["gone@stillhand.example"] = "550 gone"
    send_mail("Hello", "Text", None, ["sales@stillhand.example", "gone@stillhand.example"])
    for letter in Letter.objects.all():
        deliver(letter.pk)
    assert dict(Letter.objects.values_list("to__0", "state")) == {
        "sales@stillhand.example": "sent",
        "gone@stillhand.example": "failed",
    }
    assert len(mail_server.received) == 1


def test_letter_is_given_up_only_after_a_week_of_tries(mail_server: MailServer) -> None:
    letter = write()
    mail_server.answer = "451 later"
    Letter.objects.update(attempts=sending.MAX_ATTEMPTS - 1)
    assert sending.MAX_ATTEMPTS * sending.LONGEST_PAUSE >= 7 * 24 * 3600
    assert deliver(letter.pk) is None
    assert Letter.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (smtplib.SMTPDataError(554, b"no"), True),
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPSenderRefused(553, b"no", "x"), True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"gone")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"later")}), False),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), False),
        (smtplib.SMTPConnectError(554, b"not you"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
    ],
)
def test_only_refusals_of_this_letter_are_final(error: Exception, permanent: bool) -> None:
    assert _is_permanent(error) is permanent


def test_broken_transport_does_not_lose_the_letter(settings: Any) -> None:
    """Not even an error that nobody thought of."""
    settings.OUTBOX_TRANSPORT = "supplier.outbox.models.NoSuchBackend"
    letter = write()
    assert deliver(letter.pk) is not None
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert "NoSuchBackend" in letter.last_error


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "Hello\r\nBcc: x@y.example"},
        {"to": ["a@b.example\nBcc: x@y.example"]},
        {"reply_to": ["a@b.example\r\nX: y"]},
    ],
)
def test_line_breaks_in_headers_are_refused_before_anything_is_kept(fields: dict[str, Any]) -> None:
    with pytest.raises(BadHeaderError):
        EmailMessage(**{"subject": "Hello", "to": ["a@b.example"], **fields}).send()
    assert not Letter.objects.exists()


def test_sweep_sends_what_a_lost_job_left(mail_server: MailServer) -> None:
    letter = write()
    ProcrastinateJob.objects.all()._raw_delete(using="default")
    sweep_letters(timestamp=0)
    assert mail_server.received == []  # its job may still come
    Letter.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=1))
    sweep_letters(timestamp=0)
    assert mail_server.message_ids == [letter.message_id]


def test_sweep_stops_at_a_server_that_is_down(mail_server: MailServer) -> None:
    mail_server.stop()
    for number in range(3):
        write(f"Letter {number}")
    Letter.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=1))
    sweep_letters(timestamp=0)
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_staff_see_failed_letters_and_those_that_have_waited_long() -> None:
    fresh, failed, stuck = write("fresh"), write("failed"), write("stuck")
    failed.mark_failed("550")
    long_ago = timezone.now() - timedelta(hours=1)
    Letter.objects.filter(pk=stuck.pk).update(attempts=5, created_at=long_ago)
    assert set(Letter.objects.unsent()) == {failed, stuck}
    assert fresh.state == "waiting"


@pytest.mark.parametrize("kind", ["o", "q", "m"])
def test_guest_links_are_sent_whole_but_neither_shown_to_staff_nor_kept(mail_server: MailServer, kind: str) -> None:
    path = f"http://testserver/{kind}/{'a-_0' * 10}xyz/"
    send_mail("Hello", f"Look: {path}", None, ["visitor@post.example"], html_message=f'<a href="{path}">Look</a>')
    letter = Letter.objects.get()
    assert "a-_0" not in letter.shown_text
    deliver(letter.pk)
    assert path in mail_server.received[0].as_string().replace("=\n", "").replace("=3D", "=")
    letter.refresh_from_db()
    assert "a-_0" not in letter.text + letter.html
    assert f"http://testserver/{kind}/…/" in letter.text
