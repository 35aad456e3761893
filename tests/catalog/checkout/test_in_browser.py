"""The way to pay in a real browser: the policy of our pages must let it through to Stripe's page and back."""

import pytest
from playwright.sync_api import Page, expect

from catalog.order import states
from catalog.order.models import Order
from tests.shop import GUEST
from tests.visit import Browser, Shop, look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


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
