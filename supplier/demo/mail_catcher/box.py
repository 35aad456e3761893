"""The folder of letters: one .eml file each, whose name begins with its time."""

import itertools
import re
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

NAME = re.compile(r"\d{8}-\d{6}-\d{6}-\d{4}")
FROM, TO = "X-Envelope-From", "X-Envelope-To"


class Box:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    def keep(self, content: bytes, *, sender: str, recipients: list[str]) -> str:
        with self._lock:
            now = time.time()
            moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now))
            name = f"{moment}-{int(now % 1 * 1_000_000):06}-{next(self._numbers) % 10_000:04}"
            envelope = f"{FROM}: {sender}\r\n{TO}: {', '.join(recipients)}\r\n".encode()
            draft = self.folder / f"{name}.draft"
            draft.write_bytes(envelope + content)
            # A reader must never see half a letter.
            draft.rename(self.folder / f"{name}.eml")
        return name

    def letters(self) -> list["Letter"]:
        """Newest first."""
        names = sorted((file.stem for file in self.folder.glob("*.eml") if NAME.fullmatch(file.stem)), reverse=True)
        return [Letter(self.folder / f"{name}.eml") for name in names]

    def find(self, name: str) -> "Letter | None":
        file = self.folder / f"{name}.eml"
        return Letter(file) if NAME.fullmatch(name) and file.exists() else None

    def clear(self) -> None:
        for letter in self.letters():
            letter.file.unlink(missing_ok=True)


@dataclass(frozen=True)
class Letter:
    file: Path

    @property
    def name(self) -> str:
        return self.file.stem

    @property
    def source(self) -> bytes:
        return self.file.read_bytes()

    @cached_property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.source, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def header(self, name: str) -> str:
        return str(self.message.get(name, ""))

    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items() if name not in {FROM, TO}]

    def recipients(self) -> list[str]:
        return [address.strip() for address in self.header(TO).split(",") if address.strip()]

    def part(self, kind: str) -> str:
        """The text of the `plain` or `html` part; "" when there is none."""
        body = self.message.get_body((kind,))
        return str(body.get_content()) if body else ""

    def attachments(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each."""
        parts = enumerate(self.message.iter_attachments())
        return [(part.get_filename() or f"part-{number}", _content(part)) for number, part in parts]


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()
