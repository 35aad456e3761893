"""What every page keeps to, whoever reads it and on whatever: measured in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/products/",
    "/techniques/",
    "/techniques/deep-hand-massage/",
    "/journal/",
    "/journal/can-hand-massage-improve-sleep-quality/",
    "/about/",
    "/contact/",
    "/wholesale/?sku=SH-DHM-03",
    "/search/?q=lavender",
    "/search/?q=ultrasonic",
    "/basket/",
    "/accounts/login/",
    "/password-reset/",
    "/nothing/is/here/",
)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
TOUCH = 43.5

SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, select, summary, input:not([type=hidden])')]
  .filter(e => !['radio', 'checkbox'].includes(e.type) && !e.closest('.visually-hidden'))
  .filter(e => !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width && box.height && box.height < %s).map(([html]) => html)"""
SHIFT = """() => new Promise(answer => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) sum += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => answer(sum), 600);
})"""


def product_page(page: Page) -> str:
    """A tool with variants, whatever its number is here."""
    page.goto("/products/")
    return str(page.get_by_role("link", name="Spiky Palm Ball").get_attribute("href"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_barriers_that_axe_knows(
    new_context: Callable[..., BrowserContext], size: dict[str, int], scheme: Any
) -> None:
    page = new_context(viewport=size, color_scheme=scheme, bypass_csp=True).new_page()
    found = {}
    for path in (*PAGES, product_page(page)):
        page.goto(path)
        found[path] = [violation["id"] for violation in Axe().run(page).response["violations"]]
    assert {path: names for path, names in found.items() if names} == {}


def test_pages_fit_a_narrow_phone_and_a_sore_finger(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    for path in (*PAGES, product_page(page)):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
        assert page.evaluate(SMALL_TARGETS % TOUCH) == [], path


def test_nothing_jumps_while_a_page_loads(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=PHONE).new_page()
    for path in (*PAGES, product_page(page)):
        page.goto(path)
        assert page.evaluate(SHIFT) < 0.01, path


def test_menu_opens_and_closes_without_javascript(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/products/")
    menu = page.get_by_role("navigation", name="Main")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible()
    page.get_by_role("button", name="Close").click()
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    menu.get_by_role("link", name="Techniques").click()
    assert page.url.endswith("/techniques/")


def test_keyboard_reaches_the_content_first(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=DESK).new_page()
    page.goto("/products/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_choosing_a_variant_brings_its_photograph_into_view(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    page.goto(product_page(page))
    page.get_by_label("Firm").check()
    page.wait_for_function("document.querySelector('.gallery__strip').scrollLeft > 0")
