"""A real worker process, and a mail server of this process whose answers a test decides."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.servers import free_port, with_test_database

ROOT = Path(__file__).parent.parent.parent.parent
PATIENCE_SECONDS = 60


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"


class MailServer:
    """Keeps what it is given. `answer`: what it says then; `hold`: keeps the letter but does not answer."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = "250 OK"
        self.refused_addresses: dict[str, str] = {}
        self.hold = threading.Event()
        self.controller: Controller | None = None
        self.port = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused_addresses:
            return self.refused_addresses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import asyncio

        if self.answer.startswith("250"):
            self.received.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        while self.hold.is_set():
            await asyncio.sleep(0.05)
        return self.answer

    def start(self) -> None:
        """Again on the same port after a stop."""
        self.port = self.port or free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.received]

    @property
    def message_ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.received]


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.hold.clear()
    server.stop()


@contextmanager
def worker(server: MailServer) -> Iterator["subprocess.Popen[bytes]"]:
    """`manage.py procrastinate worker` on this test's database."""
    environment = with_test_database(EMAIL_URL=f"smtp://127.0.0.1:{server.port}", LOG_LEVEL="ERROR")
    command = [sys.executable, "manage.py", "procrastinate", "worker", "-q", "mail"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.1)
