"""The way to pay in a real browser: the policy of our pages must let it through to Stripe's page and back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.signing import Signer
from playwright.sync_api import Page, expect, sync_playwright

from catalog.order import states
from catalog.order.models import Order
from tests.browser import launch
from tests.servers import StripeStandIn
from tests.shop import GUEST, make_basket, make_method, make_product

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


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


def to_stripe(page: Page, url: str, *, clicks: int = 1) -> None:
    page.goto(f"{url}/checkout/")
    page.get_by_label("E-mail").fill(GUEST)
    page.get_by_label("First name").fill("Maureen")
    page.get_by_label("Last name").fill("Tadworth")
    page.get_by_label("Address", exact=True).fill("8 Example Terrace")
    page.get_by_label("Town").fill("Sampleton")
    page.get_by_label("Postcode").fill("SX4 6DQ")
    look(page, "address")
    page.get_by_role("button", name="Go to delivery").click()
    look(page, "delivery")
    page.get_by_role("button", name="Go to payment").click()
    look(page, "pay")
    page.get_by_role("button", name="Pay £21.75 by card").click(click_count=clicks)
    expect(page.get_by_text("Stand-in for Stripe")).to_be_visible()
    look(page, "stripe")


def look(page: Page, name: str) -> None:
    """Every page on the way is free of barriers that a machine can find. (Without scripts it cannot look.)"""
    page.wait_for_load_state()
    if page.evaluate("() => matchMedia('(scripting: enabled)').matches"):
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert [violation["id"] for violation in found.response["violations"]] == [], name


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_guest_pays_and_comes_back(shop: Shop, scripts: bool, width: int) -> None:
    def story(page: Page) -> str:
        shop.enter(page)
        to_stripe(page, shop.url)
        page.get_by_role("button", name="Pay with a card that is declined").click()
        expect(page.get_by_role("alert")).to_contain_text("declined")
        page.get_by_role("button", name="Pay with 3-D Secure").click()
        page.get_by_role("button", name="Confirm it is you").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("paid")
        look(page, "paid")
        return page.url

    url = Browser().run(story, java_script_enabled=scripts, viewport={"width": width, "height": 900})
    assert url.startswith(f"{shop.url}/o/")
    assert Order.objects.get().status == states.PAID


def test_customer_cancels_at_stripe_and_changes_the_order(shop: Shop) -> None:
    def story(page: Page) -> str:
        shop.enter(page)
        to_stripe(page, shop.url)
        page.get_by_role("link", name="Cancel and go back").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Not paid yet")
        look(page, "unpaid")
        page.get_by_role("button", name="Pay now").click()
        expect(page.get_by_text("Stand-in for Stripe")).to_be_visible()
        page.get_by_role("link", name="Cancel and go back").click()
        page.get_by_role("button", name="Change the order").click()
        page.wait_for_url("**/basket/")
        return page.content()

    content = Browser().run(story, viewport={"width": 1280, "height": 900})
    assert "Spiky Palm Ball" in content
    assert Order.objects.get().status == states.CANCELLED


def test_double_click_on_pay_makes_one_order(shop: Shop) -> None:
    def story(page: Page) -> str:
        shop.enter(page)
        to_stripe(page, shop.url, clicks=2)
        page.go_back()
        return page.url

    url = Browser().run(story, viewport={"width": 1280, "height": 900})
    assert Order.objects.count() == 1
    assert url.startswith(f"{shop.url}/o/"), "the way back leads to the order, not to a second one"
