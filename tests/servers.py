"""The outside services of the tests: real processes on loopback, started once and put back to normal for each test."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent
WEBHOOK_SECRET = "whsec_test_secret"
API_KEY = "sk_test_of_the_tests"
TIMEOUT_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(port: int) -> None:
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on port {port} after {TIMEOUT_SECONDS} s")


def with_test_database(**more: str) -> dict[str, str]:
    """The environment of another process that works on the database of this test."""
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "EMBEDDED_DATABASE": name, **more}
    if url := os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = f"{url.rsplit('/', 1)[0]}/{name}"
    return environment


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Loopback:
    """Speaks to a server of ours the way a person or a test tool would."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers (names in small letters) and text; follows no redirect."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data, names)
        try:
            response = self._opener.open(request, timeout=TIMEOUT_SECONDS)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return response.status, {k.lower(): v for k, v in response.headers.items()}, response.read().decode()

    def get_json(self, path: str) -> Any:
        return json.loads(self.ask(path)[2])

    def control(self, path: str = "", **values: Any) -> Any:
        status, _headers, text = self.ask(
            f"/_control{path}", json.dumps(values).encode(), Content_Type="application/json"
        )
        assert status == 200, text
        return json.loads(text)


class StripeStandIn(Loopback):
    def press(self, session_id: str, button: str) -> str:
        """Presses a button of the hosted page; returns where the customer is sent."""
        _status, headers, _text = self.ask(f"/pay/{session_id}", urllib.parse.urlencode({"do": button}).encode())
        return headers["location"]

    def log(self) -> list[dict[str, Any]]:
        log: list[dict[str, Any]] = self.get_json("/_control/log")
        return log

    def release(self, *, reverse: bool = False) -> int:
        count: int = self.control(f"/release{'?order=reverse' if reverse else ''}")["released"]
        return count


@contextmanager
def running(module: str, *options: str) -> Iterator[list[int]]:
    """Runs `python -m supplier.demo.<module>`; yields the ports that it printed on its first line."""
    command = [sys.executable, "-m", f"supplier.demo.{module}", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield [int(port) for port in line.split()]
        finally:
            process.terminate()
            process.wait(TIMEOUT_SECONDS)


@pytest.fixture(scope="session")
def stripe_process() -> Iterator[StripeStandIn]:
    options = ("--port", "0", "--webhook-secret", WEBHOOK_SECRET, "--retry-after", "0.1", "0.2")
    with running("stripe_stand_in", *options) as ports:
        yield StripeStandIn(f"http://127.0.0.1:{ports[0]}")


@pytest.fixture
def stripe_stand_in(stripe_process: StripeStandIn) -> StripeStandIn:
    """No webhook address is set: a test that wants webhooks says where they go."""
    stripe_process.control(reset=True, webhook_url="")
    return stripe_process


@pytest.fixture
def stripe(stripe_stand_in: StripeStandIn, settings: Any) -> StripeStandIn:
    """The shop talks to the stand-in; webhooks go nowhere until a test says where."""
    settings.STRIPE_API_BASE = stripe_stand_in.url
    settings.STRIPE_SECRET_KEY = API_KEY
    settings.STRIPE_WEBHOOK_SECRETS = [WEBHOOK_SECRET]
    return stripe_stand_in


class MailCatcher(Loopback):
    def __init__(self, smtp_port: int, web_port: int) -> None:
        super().__init__(f"http://127.0.0.1:{web_port}")
        self.smtp_port = smtp_port

    def letters(self, **query: str) -> list[dict[str, Any]]:
        """Newest first; `to=` and `subject=` narrow the list."""
        letters: list[dict[str, Any]] = self.get_json(f"/api/letters?{urllib.parse.urlencode(query)}")
        return letters


@pytest.fixture(scope="session")
def mail_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailCatcher]:
    with running("mail_catcher", "--folder", str(tmp_path_factory.mktemp("mail"))) as ports:
        yield MailCatcher(*ports)


@pytest.fixture
def mail_catcher(mail_process: MailCatcher) -> MailCatcher:
    mail_process.control(refuse="none", clear=True)
    return mail_process
