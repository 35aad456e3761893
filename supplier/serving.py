"""How gunicorn serves the shop: `gunicorn -c python:supplier.serving supplier.wsgi`.

Its own answers to requests that never reach Django are bare; ours look like the shop and say what to do.
"""

import contextlib
import socket
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

worker_class = "supplier.serving.ShopWorker"
threads = 8
#: Bytes of the first line of a request; the longest address that a page of ours makes has a few hundred.
limit_request_line = 8190

ANSWERS = {
    LimitRequestLine: ("414 URI Too Long", "414.html"),
    LimitRequestHeaders: ("431 Headers Too Large", "400.html"),
}
BAD_REQUEST = ("400 Bad Request", "400.html")
#: What is still on its way is read and dropped, for a browser that is cut off while sending shows no answer.
DRAIN_BYTES, DRAIN_SECONDS = 1_000_000, 0.5


class ShopWorker(ThreadWorker):
    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Refused a request from %s: %s", addr[0] if addr else "", type(exc).__name__)
        with contextlib.suppress(OSError):
            client.sendall(refusal(*ANSWERS.get(type(exc), BAD_REQUEST)))
            _drain(client)


def refusal(status: str, template: str) -> bytes:
    from django.template.loader import render_to_string

    from supplier.look.bare import POLICY

    page = render_to_string(template).encode()
    head = [
        f"HTTP/1.1 {status}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        "Referrer-Policy: no-referrer",
        f"Content-Security-Policy: {POLICY}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + page


def _drain(client: socket.socket) -> None:
    client.shutdown(socket.SHUT_WR)
    client.settimeout(DRAIN_SECONDS)
    left = DRAIN_BYTES
    while left > 0 and (piece := client.recv(65536)):
        left -= len(piece)
