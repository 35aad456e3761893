"""The whole demo as `./bin/demo` starts it, in a folder of its own, and a real browser to walk through it."""

import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import launch
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "stillhand-demo"


class Shop:
    """The running demo: its address and its mailbox."""

    def __init__(self, url: str, mailbox: str, var: Path) -> None:
        self.url = url
        self.mailbox = mailbox
        self.var = var

    def letters(self, **query: str) -> list[dict[str, Any]]:
        """Newest first; narrowed by `to=` and `subject=`."""
        with urllib.request.urlopen(f"{self.mailbox}/api/letters?{urllib.parse.urlencode(query)}") as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def letter(self, *, count: int = 1, seconds: float = 20, **query: str) -> dict[str, Any]:
        """The newest letter of this kind, once there are `count` of them."""
        try:
            return wait_for(
                lambda: (found := self.letters(**query)) and len(found) >= count and found[0], seconds=seconds
            )
        except AssertionError as error:
            error.add_note(f"The worker said: {(self.var / 'log/mail-worker.log').read_text()[-2000:]}")
            error.add_note(f"The newest letters: {[(found['to'], found['subject']) for found in self.letters()[:5]]}")
            raise


def wait_for(question: Callable[[], Any], *, seconds: float = 20) -> Any:
    """Asks once more after the end: a machine that stood still meanwhile gave the shop no time."""
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() <= end, f"still not true after {seconds} s"
        time.sleep(0.1)
    return answer


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    if running := os.environ.get("RUNNING_DEMO"):  # the var/ folder of a demo that was started by hand
        yield _join(Path(running), os.environ["RUNNING_DEMO_URL"])
        return
    var = tmp_path_factory.mktemp("demo") / "var"
    var.mkdir()
    _open_for_database_user(var)
    port = free_port()
    environment = demo_environment(var)
    log = (var / "demo.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "supplier.demo.run", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_until_open(process, var / "demo.log")
        yield _join(var, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def demo_environment(var: Path) -> dict[str, str]:
    """As if the demo was started by hand: without the settings of the tests."""
    ours = ("STRIPE_", "SITE_URL", "SECRET_KEY", "STATIC_", "DATABASE_URL", "SALES_", "LOG_LEVEL", "PAGE_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return environment | {"SHOP_VAR_DIR": str(var)}


def _join(var: Path, url: str) -> Shop:
    ports = json.loads((var / "demo-ports.json").read_text())
    return Shop(url, f"http://127.0.0.1:{ports['mailbox']}", var)


def _open_for_database_user(var: Path) -> None:
    """As root the database server runs as a user of its own, which must be able to enter pytest's private folders."""
    if os.geteuid() == 0:
        for folder in (var, *var.parents[:3]):
            folder.chmod(0o755)


def _wait_until_open(process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 300
    while "The shop is open" not in log.read_text():
        if process.poll() is not None or time.monotonic() > end:
            raise AssertionError("the demo did not start:\n" + log.read_text()[-4000:])
        time.sleep(0.3)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser, shop: Shop) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh visitor."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=shop.url, locale="en-GB", timezone_id="Europe/London", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def visitor(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    """Somebody new, on a phone, once with and once without JavaScript."""
    return new_context(java_script_enabled=request.param, viewport={"width": 390, "height": 844}).new_page()


@pytest.fixture
def staff(new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, "staff@stillhand.example")
    return page


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    form = page.locator("form", has=page.locator("[name=login-password]"))
    form.locator("[name=login-username]").fill(email)
    form.locator("[name=login-password]").fill(password)
    form.get_by_role("button").click()
    page.wait_for_url(lambda url: "/login/" not in url)
