"""A browser beside Django's test server: somebody with a filled basket walks through the shop."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.signing import Signer
from playwright.sync_api import Page, sync_playwright

from tests.browser import launch
from tests.servers import StripeStandIn
from tests.shop import make_basket, make_method, make_product


class Browser:
    """Playwright lives in a thread of its own: its event loop would keep Django from asking the database."""

    def __init__(self) -> None:
        self.result: Any = None

    def run(self, story: Callable[[Page], Any], **options: Any) -> Any:
        errors: list[BaseException] = []
        thread = threading.Thread(target=self._run, args=(story, options, errors))
        thread.start()
        thread.join(90)
        if errors:
            raise errors[0]
        return self.result

    def _run(self, story: Callable[[Page], Any], options: dict[str, Any], errors: list[BaseException]) -> None:
        try:
            with sync_playwright() as playwright:
                browser = launch(playwright)
                context = browser.new_context(locale="en-GB", timezone_id="Europe/London", **options)
                context.set_default_timeout(15_000)
                self.result = story(context.new_page())
                browser.close()
        except BaseException as error:
            errors.append(error)


@dataclass(frozen=True)
class Shop:
    url: str
    basket: str

    def enter(self, page: Page) -> None:
        """With a basket already filled."""
        cookie: Any = {"name": django_settings.OSCAR_BASKET_COOKIE_OPEN, "value": self.basket, "url": self.url}
        page.context.add_cookies([cookie])


@pytest.fixture
def shop(live_server: Any, stripe: StripeStandIn, settings: Any) -> Shop:
    settings.SITE_URL = live_server.url
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"form-action": ["'self'", stripe.url]}
    settings.CONTENT_SECURITY_POLICY = settings.CONTENT_SECURITY_POLICY | {"DIRECTIVES": directives}
    make_method("uk-standard", price="3.95")
    basket = make_basket(make_product("Spiky Palm Ball", stock=5), quantity=2)
    return Shop(live_server.url, Signer().sign(basket.pk))


def look(page: Page, name: str) -> None:
    """Every page on the way is free of barriers that a machine can find. (Without scripts it cannot look.)"""
    page.wait_for_load_state()
    if page.evaluate("() => matchMedia('(scripting: enabled)').matches"):
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert [violation["id"] for violation in found.response["violations"]] == [], name
