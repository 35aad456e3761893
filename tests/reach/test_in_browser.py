"""WCAG 2.2 AA and this shop's own promises, on every page that a customer can reach, measured in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.reach.measuring import Measured, Tour, furnish_demo, measure
from tests.walking import Shop

pytestmark = pytest.mark.browser

#: What each kind of measurement promises.
PROMISES = {
    "axe": "no barrier that axe knows, light and dark, at 320, 768 and 1440 px",
    "reflow": "nothing sticks out of the window, at 320 px (which is 400 % zoom) and wider",
    "large text": "nothing sticks out with text of twice the size, at 390 and 1280 px",
    "targets": "whatever can be pressed is 44 px high, or a link in a sentence",
    "structure": "one h1, headings in order, landmarks, language",
    "focus": "whatever has the focus shows it",
    "motion": "nothing moves for who asked for less motion",
    "console": "no error, and nothing that the Content Security Policy refused",
}


@pytest.fixture(scope="module")
def measured(browser: Browser, shop: Shop) -> Iterator[Measured]:
    contexts: list[BrowserContext] = []

    def new_context(**options: Any) -> BrowserContext:
        contexts.append(browser.new_context(base_url=shop.url, locale="en-GB", timezone_id="Europe/London", **options))
        return contexts[-1]

    yield measure(Tour(furnish_demo(shop), new_context))
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", PROMISES)
def test_every_page_keeps(measured: Measured, kind: str) -> None:
    assert measured.wrong.get(kind, {}) == {}, PROMISES[kind]


def test_every_title_is_of_one_page(measured: Measured) -> None:
    titles = {
        title: {route for route in routes if "with-product" not in route} for title, routes in measured.titles.items()
    }
    assert {title: routes for title, routes in titles.items() if len(routes) > 1} == {}


def test_tour_has_seen_the_whole_shop(measured: Measured) -> None:
    assert len(measured.pages) >= 75
    for part in (
        "visitor: /",
        "customer: /accounts/orders/",
        "shopper: /checkout/pay/",
        "visitor: /404",
        "visitor: /503",
    ):
        assert part in measured.pages
