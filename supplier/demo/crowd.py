"""`./bin/bench crowd`: requests per second of cached pages beside a bare Django view that returns the same bytes.

One gunicorn worker on a free port of this machine serves both; they are asked in turns of half a second, so that
whatever else the machine does meets both alike. Compare the ratio, not the figures of different days.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
TURNS = 6
TURN_SECONDS = 0.5
#: Requests under way at once.
VISITORS = 4
#: No copy is given to whoever brings this cookie, so each page is made.
PASSES_BY = "Cookie: oscar_history=x\r\n"
GOAL = 0.4


@dataclass
class Figures:
    """Requests and seconds of each way to be served."""

    requests: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, way: str, requests: int, seconds: float) -> None:
        self.requests[way] = self.requests.get(way, 0) + requests
        self.seconds[way] = self.seconds.get(way, 0.0) + seconds

    def rate(self, way: str) -> float:
        return self.requests[way] / self.seconds[way]


def main() -> None:
    from supplier.demo.bench import _set_up

    _set_up()
    pages = dict(_pages())
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as port, _basket() as with_basket:
        print(f"{'page':<12}{'bytes':>8}{'bare/s':>9}{'cached/s':>10}{'basket/s':>10}{'made/s':>9}{'cached:bare':>13}")
        for name, path in pages.items():
            size = _tell_bare_view(Path(folder), name, port, path)
            _print_row(name, size, _measure(port, name, path, with_basket))
    print(f"Goal of cached:bare: {GOAL}. One worker, {VISITORS} visitors at once, compressed, on this machine only.")


def _pages() -> Iterator[tuple[str, str]]:
    from blog.models import Article
    from catalog.catalogue.models import Category, Product

    yield "home", "/"
    yield "category", Category.objects.get(slug="hand-tools").get_absolute_url()
    yield "product", Product.objects.get(upc="SH-DHM-03").get_absolute_url()
    yield "article", Article.objects.get(slug="can-hand-massage-improve-sleep-quality").get_absolute_url()


@contextmanager
def _basket() -> Iterator[str]:
    """The header of a guest with something in the basket."""
    from django.conf import settings
    from django.core.signing import Signer

    from catalog.basket.models import Basket
    from catalog.catalogue.models import Product
    from catalog.partner.strategy import PublicStrategy

    basket = Basket.objects.create()
    basket.strategy = PublicStrategy()
    basket.add_product(Product.objects.filter(parent__upc="SH-DHM-03").earliest("pk"), 2)
    yield f"Cookie: {settings.OSCAR_BASKET_COOKIE_OPEN}={Signer().sign(basket.pk)}\r\n"  # type: ignore[misc]
    basket.delete()


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    from supplier.demo.run import ROOT, _free_port

    port = _free_port()
    environment = {
        **os.environ,
        "SITE_URL": f"http://{HOST}:{port}",
        "CROWD_FOLDER": str(folder),
        "PAGE_CACHE": "1",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "gunicorn", "supplier.demo.crowd_wsgi", "--bind", f"{HOST}:{port}"]
    options = ["--workers", "1", "--worker-class", "gthread", "--threads", str(VISITORS), "--log-level", "error"]
    process = subprocess.Popen([*command, *options], cwd=ROOT, env=environment)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(15)


def _wait_for(port: int, process: Any) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.25)
    sys.exit("The server that was to be measured did not start.")


def _tell_bare_view(folder: Path, name: str, port: int, path: str) -> int:
    """What the shop answers is what the bare view will; returns the number of bytes of the body."""
    with Visitor(port, path) as visitor:
        visitor.ask()
        head, body = visitor.read()
    lines = [line.split(": ", 1) for line in head.split("\r\n")[1:]]
    headers = {key: value for key, value in lines if key.lower() not in ("server", "date", "connection")}
    (folder / f"{name}.json").write_text(json.dumps(headers))
    (folder / f"{name}.body").write_bytes(body)
    return len(body)


def _measure(port: int, name: str, path: str, with_basket: str) -> Figures:
    ways = {
        "bare": (f"/_bare/{name}/", ""),
        "cached": (path, ""),
        "basket": (path, with_basket),
        "made": (path, PASSES_BY),
    }
    figures = Figures()
    for turn in range(TURNS + 1):
        for way, (url, header) in ways.items():
            requests, seconds = _turn(port, url, header)
            if turn:  # the first one warms everything up
                figures.add(way, requests, seconds)
    return figures


def _turn(port: int, path: str, header: str) -> tuple[int, float]:
    visitors = [Visitor(port, path, header) for _ in range(VISITORS)]
    start, count = time.perf_counter(), 0
    for visitor in visitors:
        visitor.ask()
    while time.perf_counter() - start < TURN_SECONDS:
        for visitor in visitors:
            visitor.read()
            visitor.ask()
            count += 1
    for visitor in visitors:
        visitor.read()
        visitor.close()
    return count + len(visitors), time.perf_counter() - start


class Visitor:
    """One kept connection that asks for one page again and again, with as little work as possible."""

    def __init__(self, port: int, path: str, header: str = "") -> None:
        self.path = path
        text = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip\r\n{header}\r\n"
        self.request = text.encode()
        self.connection = socket.create_connection((HOST, port), timeout=30)
        self.file = self.connection.makefile("rb", buffering=65536)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def ask(self) -> None:
        self.connection.sendall(self.request)

    def read(self) -> tuple[str, bytes]:
        lines = []
        length = -1
        while (line := self.file.readline()) not in (b"\r\n", b""):
            lines.append(line)
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        if not lines or b" 200 " not in lines[0] or length < 0:
            sys.exit(f"{self.path} was answered with {lines[:1]}")
        return b"".join(lines).decode("latin-1").strip(), self.file.read(length)

    def close(self) -> None:
        self.file.close()
        self.connection.close()


def _print_row(name: str, size: int, figures: Figures) -> None:
    bare, cached, basket, made = (figures.rate(way) for way in ("bare", "cached", "basket", "made"))
    print(
        f"{name:<12}{size:>8}{bare:>9.0f}{cached:>10.0f}{basket:>10.0f}{made:>9.0f}{cached / bare:>13.2f}", flush=True
    )


if __name__ == "__main__":
    main()
