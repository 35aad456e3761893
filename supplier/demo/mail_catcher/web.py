"""The web side: the list of letters, a letter, its HTML in a sandboxed frame, and JSON for tests."""

import re
from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from supplier.demo.loopback import Answer, Request, json_answer, page_answer

from .box import Box, Letter
from .smtp import Postman, UnknownRefusal

FOLDER = Path(__file__).parent / "html"
POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# The letter is a stranger's: no script, no form, no frame; its links open beside it.
# Pictures may come from this machine only.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
LETTER_POLICY = (
    f"sandbox {SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' data: http://127.0.0.1:* http://localhost:*; base-uri 'self'; frame-ancestors 'self'"
)
SHOWN = 200


class Web:
    def __init__(self, box: Box, postman: Postman) -> None:
        self.box, self.postman = box, postman

    def __call__(self, request: Request) -> Answer:
        match request.path.strip("/").split("/"):
            case [""]:
                return self._list()
            case ["page.css"]:
                return Answer((FOLDER / "page.css").read_bytes(), content_type="text/css; charset=utf-8")
            case ["api", "letters"]:
                return json_answer([_as_json(letter) for letter in self._matching(request.query)])
            case ["_control"]:
                return self._control(request)
            case ["letters", name, *rest]:
                letter = self.box.find(name)
                return _letter_answer(letter, rest) if letter else _not_found()
        return _not_found()

    def _matching(self, query: Mapping[str, str]) -> list[Letter]:
        """`?to=ADDRESS` and `?subject=PART` narrow the list."""
        to, subject = query.get("to", "").lower(), query.get("subject", "").lower()
        letters = (letter for letter in self.box.letters() if subject in letter.header("Subject").lower())
        return [letter for letter in letters if not to or to in [address.lower() for address in letter.recipients()]]

    def _list(self) -> Answer:
        letters = self.box.letters()
        rows = "".join(_row(letter) for letter in letters[:SHOWN])
        count = f"{len(letters)} letter{'' if len(letters) == 1 else 's'}"
        more = f", the newest {SHOWN} are shown" if len(letters) > SHOWN else ""
        empty = "" if rows else "<p>No letter has come yet.</p>"
        return _page("Letters", _fill("list", rows=rows, count=count + more, empty=empty))

    def _control(self, request: Request) -> Answer:
        if request.method == "GET":
            return json_answer({"refuse": self.postman.refuse, "letters": len(self.box.letters())})
        if not request.headers.get("Content-Type", "").startswith("application/json"):
            # A foreign page in the same browser cannot send this type without asking first.
            return json_answer({"error": "Send JSON."}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        wishes = request.json()
        try:
            self.postman.set_refuse(wishes.get("refuse", self.postman.refuse))
        except UnknownRefusal as error:
            return json_answer({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        if wishes.get("clear"):
            self.box.clear()
        return json_answer({"refuse": self.postman.refuse, "letters": len(self.box.letters())})


def _letter_answer(letter: Letter, rest: list[str]) -> Answer:
    match rest:
        case []:
            return _page(letter.header("Subject") or "Letter", _letter_page(letter))
        case ["html"]:
            return page_answer(_with_links_beside(letter.part("html")), policy=LETTER_POLICY)
        case ["source"]:
            return Answer(letter.source, content_type="text/plain; charset=utf-8")
        case ["attachments", number] if number.isdigit() and int(number) < len(letter.attachments()):
            name, content = letter.attachments()[int(number)]
            disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
            return Answer(content, content_type="application/octet-stream", headers=disposition)
    return _not_found()


def _letter_page(letter: Letter) -> str:
    html, text = letter.part("html"), letter.part("plain")
    frame = (
        f'<iframe title="The letter" src="/letters/{letter.name}/html" sandbox="{SANDBOX}"></iframe>' if html else ""
    )
    return _fill(
        "letter",
        letter=letter.name,
        subject=escape(letter.header("Subject") or "(no subject)"),
        sender=escape(letter.header("From")),
        recipients=escape(", ".join(letter.recipients())),
        date=escape(letter.header("Date")),
        html=frame or "<p>This letter has no HTML part.</p>",
        text=f'<pre tabindex="0">{_linked(text)}</pre>' if text else "<p>This letter has no text part.</p>",
        headers="".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in letter.headers()
        ),
        attachments="".join(
            f'<li><a href="/letters/{letter.name}/attachments/{number}">{escape(name)}</a>, {len(content)} bytes</li>'
            for number, (name, content) in enumerate(letter.attachments())
        ),
    )


def _with_links_beside(html: str) -> str:
    base = '<base target="_blank">'
    changed, count = re.subn(r"(<head[^>]*>)", rf"\1{base}", html, count=1, flags=re.IGNORECASE)
    return changed if count else base + html


def _linked(text: str) -> str:
    """Addresses in a text become links; all else is escaped."""
    pieces = re.split(r"(https?://[^\s<>\"']+)", text)
    return "".join(
        f'<a href="{escape(piece)}" target="_blank" rel="noopener">{escape(piece)}</a>' if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def _row(letter: Letter) -> str:
    subject = escape(letter.header("Subject") or "(no subject)")
    cells = "".join(f"<td>{escape(value)}</td>" for value in (", ".join(letter.recipients()), letter.header("Date")))
    return f'<tr><th scope="row"><a href="/letters/{letter.name}">{subject}</a></th>{cells}</tr>'


def _as_json(letter: Letter) -> dict[str, Any]:
    return {
        "id": letter.name,
        "subject": letter.header("Subject"),
        "from": letter.header("From"),
        "to": letter.recipients(),
        "reply_to": letter.header("Reply-To"),
        "message_id": letter.header("Message-ID"),
        "date": letter.header("Date"),
        "text": letter.part("plain"),
        "html": letter.part("html"),
        "headers": letter.headers(),
        "attachments": [name for name, _content in letter.attachments()],
    }


def _not_found() -> Answer:
    return _page(
        "Not found", '<h1>There is no such letter</h1><p><a href="/">All letters</a></p>', HTTPStatus.NOT_FOUND
    )


def _fill(name: str, **values: str) -> str:
    """Values are HTML already."""
    return Template((FOLDER / f"{name}.html").read_text(encoding="utf-8")).substitute(values)


def _page(title: str, body: str, status: int = HTTPStatus.OK) -> Answer:
    return page_answer(_fill("page", title=escape(title), body=body), status, policy=POLICY)
