"""The mailbox of the demo, filled through smtplib."""

import smtplib
import socket
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.servers import MailCatcher, running


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    values = {
        "From": "Stillhand <shop@stillhand.example>",
        "To": "maureen@tadworth.example",
        "Subject": "Your order 100123",
    }
    for name, value in (values | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        message[name] = value
    message.set_content("Your order is here: http://127.0.0.1:8000/o/abc/ & <b>more</b>\n")
    message.add_alternative(
        "<html><head><title>x</title></head><body><script>alert(1)</script>£29.00</body></html>", "html"
    )
    return message


def send(catcher: MailCatcher, message: EmailMessage, to: list[str] | None = None, timeout: float = 5) -> None:
    with smtplib.SMTP("127.0.0.1", catcher.smtp_port, timeout=timeout) as server:
        server.send_message(message, to_addrs=to)


def test_letter_is_kept_as_it_came(mail_catcher: MailCatcher) -> None:
    send(mail_catcher, letter(Reply_To="jo@clinic.example", Message_ID="<1@stillhand.example>"))
    [kept] = mail_catcher.letters()
    assert kept["subject"] == "Your order 100123"
    assert kept["to"] == ["maureen@tadworth.example"]
    assert kept["reply_to"] == "jo@clinic.example"
    assert kept["message_id"] == "<1@stillhand.example>"
    assert "/o/abc/" in kept["text"]
    assert "£29.00" in kept["html"]


def test_letters_are_listed_newest_first_and_narrowed(mail_catcher: MailCatcher) -> None:
    for number in range(3):
        send(mail_catcher, letter(Subject=f"Letter {number}"), to=[f"p{number}@x.example"])
    assert [kept["subject"] for kept in mail_catcher.letters()] == ["Letter 2", "Letter 1", "Letter 0"]
    assert [kept["subject"] for kept in mail_catcher.letters(to="P1@x.example")] == ["Letter 1"]
    assert [kept["subject"] for kept in mail_catcher.letters(subject="letter 0")] == ["Letter 0"]
    page = mail_catcher.ask("/")[2]
    assert page.index("Letter 2") < page.index("Letter 0")
    assert "3 letters" in page


def test_blind_copies_are_shown(mail_catcher: MailCatcher) -> None:
    send(mail_catcher, letter(), to=["maureen@tadworth.example", "sales@stillhand.example"])
    assert mail_catcher.letters()[0]["to"] == ["maureen@tadworth.example", "sales@stillhand.example"]


def test_letter_page_shows_all_parts_and_runs_nothing(mail_catcher: MailCatcher) -> None:
    message = letter(Subject='Hello <script>"&')
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="invoice ü.pdf")
    send(mail_catcher, message)
    name = mail_catcher.letters()[0]["id"]
    _status, headers, page = mail_catcher.ask(f"/letters/{name}")
    assert "Mailbox of the demo" in page
    assert "Hello &lt;script&gt;" in page
    assert "<script" not in page
    assert '<a href="http://127.0.0.1:8000/o/abc/"' in page
    assert "&lt;b&gt;more" in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; frame-src 'self'")
    _status, headers, content = mail_catcher.ask(f"/letters/{name}/attachments/0")
    assert content == "%PDF"
    assert headers["content-disposition"].startswith("attachment")


def test_html_of_a_letter_has_its_own_sandbox(mail_catcher: MailCatcher) -> None:
    send(mail_catcher, letter())
    name = mail_catcher.letters()[0]["id"]
    _status, headers, html = mail_catcher.ask(f"/letters/{name}/html")
    assert headers["content-security-policy"].startswith("sandbox allow-popups")
    assert '<base target="_blank">' in html
    assert "script-src" not in headers["content-security-policy"]
    assert "allow-scripts" not in str(headers)


@pytest.mark.parametrize("path", ["/letters/20260101-000000-000000-0000", "/letters/..%2f..%2fetc", "/nothing"])
def test_unknown_letter_is_404(mail_catcher: MailCatcher, path: str) -> None:
    assert mail_catcher.ask(path)[0] == 404


@pytest.mark.parametrize(("refuse", "code"), [("4xx", 451), ("5xx", 550)])
def test_catcher_refuses_when_told(mail_catcher: MailCatcher, refuse: str, code: int) -> None:
    mail_catcher.control(refuse=refuse)
    with pytest.raises(smtplib.SMTPDataError) as error:
        send(mail_catcher, letter())
    assert error.value.smtp_code == code
    assert mail_catcher.letters() == []
    mail_catcher.control(refuse="none")
    send(mail_catcher, letter())
    assert len(mail_catcher.letters()) == 1


def test_catcher_hangs_when_told(mail_catcher: MailCatcher) -> None:
    mail_catcher.control(refuse="hang")
    with pytest.raises((TimeoutError, socket.timeout, smtplib.SMTPServerDisconnected)):
        send(mail_catcher, letter(), timeout=0.5)
    assert mail_catcher.letters() == []


def test_unknown_refusal_is_told(mail_catcher: MailCatcher) -> None:
    status, _headers, text = mail_catcher.ask("/_control", b'{"refuse": "maybe"}', Content_Type="application/json")
    assert status == 400
    assert "none, 4xx, 5xx, hang" in text


def test_foreign_host_names_are_refused(mail_catcher: MailCatcher) -> None:
    assert mail_catcher.ask("/api/letters", Host="evil.example")[0] == 403


def test_letters_outlive_a_restart(tmp_path: Path) -> None:
    with running("mail_catcher", "--folder", str(tmp_path)) as ports:
        send(MailCatcher(*ports), letter())
    with running("mail_catcher", "--folder", str(tmp_path)) as ports:
        assert [kept["subject"] for kept in MailCatcher(*ports).letters()] == ["Your order 100123"]
