"""The staff's pages, found by following the links of the desk, keep to the same promises as the customers' pages."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import resolve
from playwright.sync_api import BrowserContext, Page

from tests.reach.measuring import AXE_ALL, RUN_AXE, SMALL_TARGETS, STICKING_OUT, STRUCTURE, UNSEEN_FOCUS, Measured
from tests.walking import sign_in

pytestmark = pytest.mark.browser

#: Of each kind of page that many addresses have.
EXAMPLES = 2
#: Letters by themselves are measured in tests/journeys/test_desk_look.py; files are no pages.
NO_PAGES = ("html", "file", "picture")
LINKS = "links => links.map(link => link.pathname + link.search)"


@pytest.fixture
def owner(new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", bypass_csp=True).new_page()
    sign_in(page, "owner@stillhand.example")
    return page


def test_every_page_of_the_desk_is_free_of_barriers_and_fits(owner: Page) -> None:
    measured, waiting, seen = Measured(), ["/desk/"], {}
    while waiting:
        path = waiting.pop(0)
        route = resolve(urlsplit(path).path).route
        if path in seen.setdefault(route, []) or len(seen[route]) >= EXAMPLES or route.rstrip("/").endswith(NO_PAGES):
            continue
        seen[route].append(path)
        owner.set_viewport_size({"width": 1440, "height": 900})
        answer = owner.goto(path)
        assert answer is not None
        assert answer.ok, path
        waiting += owner.locator("a[href^='/desk/'], a[href^='?']").evaluate_all(LINKS)
        _measure(owner, path, measured)
    assert measured.wrong == {}
    assert len(seen) >= 12, seen


def _measure(page: Page, path: str, measured: Measured) -> None:
    page.evaluate(AXE_SCRIPT)
    measured.note("structure", path, page.evaluate(STRUCTURE))
    for scheme, width in (("dark", 1440), ("light", 1440), ("light", 768), ("light", 320)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        measured.note("axe", f"{path} ({width} px, {scheme})", page.evaluate(RUN_AXE, AXE_ALL))
        measured.note("reflow", f"{path} ({width} px)", page.evaluate(STICKING_OUT))
        measured.note("targets", f"{path} ({width} px)", page.evaluate(SMALL_TARGETS))
    page.keyboard.press("Tab")
    measured.note("focus", path, page.evaluate(UNSEEN_FOCUS))
