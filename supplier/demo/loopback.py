"""A small web server on loopback, shared by the Stripe stand-in and the mail catcher.

Standard library only, so both start fast.
"""

import json
import signal
import sys
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LOOPBACK = "127.0.0.1"
LARGEST_BODY = 5_000_000


class LostAnswer(Exception):
    """The work is done, but the connection closes without an answer, as on a bad line."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: "Message[str, str]"
    body: bytes

    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True)

    def json(self) -> Any:
        return json.loads(self.body or b"{}")


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = HTTPStatus.OK
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


App = Callable[[Request], Answer]


def json_answer(data: Any, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(json.dumps(data).encode(), status, "application/json", headers or {})


def page_answer(html: str, status: int = HTTPStatus.OK, *, policy: str) -> Answer:
    return Answer(html.encode(), status, "text/html; charset=utf-8", {"Content-Security-Policy": policy})


def redirect_answer(url: str) -> Answer:
    return Answer(b"", HTTPStatus.SEE_OTHER, "text/plain", {"Location": url})


def make_server(app: App, port: int) -> ThreadingHTTPServer:
    """A server for `app`, bound to loopback; port 0 takes a free one."""
    handler = type("Handler", (_Handler,), {"app": staticmethod(app)})
    server = _Server((LOOPBACK, port), handler)
    server.daemon_threads = True
    return server


def stop_on_sigterm() -> None:
    """End like on Ctrl-C, so that `finally` blocks run."""
    signal.signal(signal.SIGTERM, _exit)


def _exit(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


class _Server(ThreadingHTTPServer):
    # Fifty customers at once are a test of ours; the default queue of five would reset some of them.
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    app: App
    protocol_version = "HTTP/1.1"
    server_version = "loopback"
    # Without it the system holds back the second packet of an answer for 40 ms.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, *args: Any) -> None:
        pass

    def _serve(self) -> None:
        try:
            self._send(self._refusal() or self.app(self._request()))
        except LostAnswer:
            self.close_connection = True

    def _refusal(self) -> Answer | None:
        """A page of another site may point its own name at this machine; it must not read or steer us."""
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        if host not in {LOOPBACK, "localhost"}:
            return json_answer({"error": "Only for this machine."}, HTTPStatus.FORBIDDEN)
        if int(self.headers.get("Content-Length") or 0) > LARGEST_BODY:
            self.close_connection = True
            return json_answer({"error": "Too large."}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None

    def _request(self) -> Request:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        return Request(self.command, address.path, query, self.headers, body)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Request-Id", f"req_{uuid.uuid4().hex[:14]}")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
