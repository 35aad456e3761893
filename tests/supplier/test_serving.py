"""What gunicorn refuses before Django hears of it is answered with our pages."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import free_port, wait_until_open

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    number = free_port()
    folder = tmp_path_factory.mktemp("serving")
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "SHOP_VAR_DIR": str(folder)}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:supplier.serving", "supplier.wsgi"]
    command += ["--bind", f"127.0.0.1:{number}", "--log-file", str(folder / "log")]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_until_open(number)
        yield number
    finally:
        process.terminate()
        process.wait(20)


def send(port: int, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return answer.decode()


@pytest.mark.parametrize("length", [9_000, 60_000, 400_000])
def test_address_that_is_too_long_gets_our_page(port: int, length: int) -> None:
    answer = send(port, b"GET /search/?q=" + b"a" * length + b" HTTP/1.1\r\nHost: testserver\r\n\r\n")
    assert answer.startswith("HTTP/1.1 414 URI Too Long\r\n")
    assert "<h1>That address is too long</h1>" in answer
    assert 'name="robots" content="noindex"' in answer
    assert "Content-Security-Policy: " in answer


@pytest.mark.parametrize(
    "request_text",
    [b"NONSENSE\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X-A: " + b"a" * 9_000 + b"\r\n\r\n"],
)
def test_request_that_is_none_gets_our_page(port: int, request_text: bytes) -> None:
    answer = send(port, request_text)
    assert answer.startswith(("HTTP/1.1 400 ", "HTTP/1.1 431 "))
    assert "<h1>That was not understood</h1>" in answer
    assert "NONSENSE" not in answer


def test_other_requests_still_reach_the_shop(port: int) -> None:
    answer = send(port, b"GET /robots.txt HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 ")
