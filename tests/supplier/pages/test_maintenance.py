"""The shop closed for a while: visitors are told, staff get in, and nothing of it needs the database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from supplier.look.bare import STYLE, STYLE_HASH

ROOT = Path(__file__).resolve().parents[3]
PAGES = ("/", "/products/", "/basket/", "/accounts/", "/nothing/here/", "/o/x/", "/sitemap.xml", "/robots.txt")


@pytest.fixture
def closed(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    call_command("maintenance", "on", "We are back at <three>.")
    yield
    call_command("maintenance", "off")


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("path", PAGES)
def test_closed_shop_says_so_without_asking_the_database(path: str) -> None:
    """This test has no database: a query would fail it."""
    answer = Client().get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 60
    assert answer.headers["Cache-Control"] == "no-store"
    assert "We are back at &lt;three&gt;." in answer.text
    assert STYLE in answer.text
    assert STYLE_HASH in answer.headers["Content-Security-Policy"]
    assert '<meta name="robots" content="noindex">' in answer.text


@pytest.mark.usefixtures("closed")
def test_forms_and_events_are_refused_too() -> None:
    client = Client()
    assert client.post("/webhooks/stripe/", "{}", content_type="application/json").status_code == 503
    assert client.post("/messages/", {"text": "Hello"}).status_code == 503


@pytest.mark.django_db
@pytest.mark.usefixtures("closed")
def test_staff_get_in_and_customers_do_not(clinic_buyer: Any, sales_clerk: Any) -> None:
    visitor, customer, clerk = Client(), Client(), Client()
    assert visitor.get("/accounts/login/").status_code == 200
    data = {"login-username": sales_clerk.email, "login-password": "a-long-password-9", "login_submit": "1"}
    assert clerk.post("/accounts/login/", data).headers["Location"] == "/desk/"
    desk = clerk.get("/desk/")
    assert desk.status_code == 200
    assert "closed to visitors" in desk.text
    assert clerk.get("/products/").status_code == 200
    customer.force_login(clinic_buyer)
    assert customer.get("/products/").status_code == 503
    assert visitor.get("/desk/").status_code == 302
    client = Client()
    client.cookies["sessionid"] = "made-up"
    assert client.get("/products/").status_code == 503


@pytest.mark.django_db
def test_variable_closes_the_shop_and_health_tells(client: Client, settings: Any) -> None:
    assert client.get("/healthz").json()["shop"] == "open"
    settings.MAINTENANCE = True
    assert client.get("/healthz").json() == {"database": "ok", "shop": "closed"}
    assert client.get("/products/").status_code == 503
    settings.MAINTENANCE = False
    assert "closed to visitors" not in client.get("/products/").text


def test_closed_shop_shows_its_page_without_database_and_without_static_files(tmp_path: Path) -> None:
    """A process of its own in which the database is unreachable and collectstatic never ran."""
    ask = "from django.test import Client; r = Client().get('/'); print(r.status_code, '<style>' in r.text)"
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "MAINTENANCE": "1", "STATIC_FROM_SOURCE": "0",
        "SHOP_VAR_DIR": str(tmp_path),
    }  # fmt: skip
    command = [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", ask]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == ["503 True"]


@pytest.mark.django_db
def test_closed_shop_answers_before_the_page_cache(client: Client, settings: Any) -> None:
    settings.PAGE_CACHE = True
    for _ in range(2):
        assert client.get("/techniques/").status_code == 200
    settings.MAINTENANCE = True
    assert client.get("/techniques/").status_code == 503
