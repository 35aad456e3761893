"""The basket in a real browser: with and without scripts, by keyboard, and for whoever listens to it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.basket.models import Basket, Line
from catalog.order.models import Order
from tests.shop import make_method
from tests.visit import Browser, Shop, look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
HOW_MANY = "How many of Spiky Palm Ball"


def pieces() -> list[int]:
    return list(Line.objects.filter(basket__status=Basket.OPEN).values_list("quantity", flat=True))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_steps_count_at_once_keep_the_focus_and_are_said(shop: Shop, size: Any) -> None:
    def story(page: Page) -> None:
        shop.enter(page)
        page.goto(f"{shop.url}/basket/")
        page.evaluate("window.here = true")
        more, number, said = (
            page.get_by_role("button", name="One more"),
            page.get_by_role("textbox", name=HOW_MANY),
            page.locator("#basket-said"),
        )
        more.click()
        more.click()
        expect(number).to_have_value("4")
        expect(said).to_have_text("Spiky Palm Ball: 4, £35.60. To pay: £39.55.")
        expect(more).to_be_focused()
        expect(page.locator("#sum")).to_contain_text("£39.55")
        expect(page.locator("#basket-count")).to_have_text("4")
        page.get_by_role("button", name="One fewer").click()
        expect(said).to_contain_text("3, £26.70")
        number.fill("5")
        number.press("Tab")
        expect(said).to_contain_text("5, £44.50")
        page.get_by_role("button", name="One more").click()
        expect(page.get_by_role("alert")).to_contain_text("Only 5 are in stock")
        expect(page.get_by_role("button", name="One more")).to_be_focused()
        look(page, "error")
        assert page.evaluate("window.here"), "it is still the same page"

    Browser().run(story, viewport=size)
    assert pieces() == [5]


def test_taking_out_leads_to_the_way_back(shop: Shop) -> None:
    def story(page: Page) -> None:
        shop.enter(page)
        page.goto(f"{shop.url}/basket/")
        page.get_by_role("textbox", name=HOW_MANY).fill("0")
        page.get_by_role("textbox", name=HOW_MANY).press("Enter")
        back = page.get_by_role("button", name="Put it back")
        expect(back).to_be_focused()
        look(page, "taken out")
        back.press("Enter")
        expect(page.get_by_role("textbox", name=HOW_MANY)).to_have_value("2")

    Browser().run(story, viewport=DESK)
    assert pieces() == [2]


def test_without_scripts_every_button_does_the_same(shop: Shop) -> None:
    def story(page: Page) -> None:
        shop.enter(page)
        page.goto(f"{shop.url}/basket/")
        page.get_by_role("button", name="One more").click()
        page.wait_for_url("**/basket/#line-*")
        number = page.get_by_role("textbox", name=HOW_MANY)
        expect(number).to_have_value("3")
        number.fill("4")
        page.get_by_role("button", name="Change", exact=True).click()
        expect(page.locator("#sum")).to_contain_text("£39.55")
        number.fill("5")
        number.press("Enter")
        expect(number).to_have_value("5")
        page.get_by_role("button", name="Keep for later").click()
        page.get_by_role("button", name="Put it into the basket").click()
        expect(number).to_have_value("5")
        page.get_by_role("button", name="Take out").click()
        page.get_by_role("button", name="Put it back").click()
        page.get_by_text("Delivery: United Kingdom").click()
        page.get_by_label("It goes to").select_option("DE")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#sum")).to_contain_text("To pay, without UK VAT")
        page.get_by_text("Share this basket").click()
        expect(page.get_by_label("A link to these things")).to_have_value(re.compile(r"/basket/shared/\?add=T-1:5$"))
        expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()

    make_method("eu-standard", countries="DE IE", price="12.90")
    Browser().run(story, viewport=PHONE, java_script_enabled=False)
    assert pieces() == [5]


def test_link_is_copied_sent_and_put_into_anothers_basket(shop: Shop) -> None:
    def story(page: Page) -> None:
        shop.enter(page)
        page.goto(f"{shop.url}/basket/")
        page.get_by_text("Share this basket").click()
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator("#share-said")).to_have_text("The link is copied.")
        link = page.evaluate("navigator.clipboard.readText()")
        page.context.clear_cookies()
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_have_text("A basket for you")
        look(page, "shared")
        page.get_by_role("button", name="Put these into my basket").dblclick()
        expect(page.get_by_role("textbox", name=HOW_MANY)).to_be_visible()
        expect(page.locator("#basket-count")).to_have_text("2")

    permissions = ["clipboard-read", "clipboard-write"]
    Browser().run(story, viewport=DESK, permissions=permissions)


def test_keyboard_alone_leads_from_the_product_to_the_payment(shop: Shop) -> None:
    def story(page: Page) -> str:
        page.goto(f"{shop.url}/products/")
        press(page, "link", "Spiky Palm Ball")
        page.wait_for_url("**/products/spiky*/")
        press(page, "button", "Add to basket")
        page.wait_for_url("**/basket/")
        press(page, "button", "One more")
        expect(page.locator("#basket-said")).to_contain_text("2, £17.80")
        press(page, "link", "Go to checkout")
        page.wait_for_url("**/checkout/")
        press(page, "button", "Go to delivery")
        expect(page.locator(".notice--bad")).to_be_focused()
        for field, text in FIELDS:
            walk_to(page, page.get_by_label(field, exact=True))
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_url("**/checkout/delivery/")
        press(page, "button", "Go to payment")
        page.wait_for_url("**/checkout/pay/")
        press(page, "button", "Pay £21.75 by card")
        expect(page.get_by_text("Stand-in for Stripe")).to_be_visible()
        return page.url

    Browser().run(story, viewport=DESK)
    assert Order.objects.count() == 1


FIELDS = [
    ("E-mail", "maureen@tadworth.example"),
    ("First name", "Maureen"),
    ("Last name", "Tadworth"),
    ("Address", "8 Example Terrace"),
    ("Town", "Sampleton"),
    ("Postcode", "sx46dq"),
]


def press(page: Page, role: Any, name: str) -> None:
    walk_to(page, page.get_by_role(role, name=name).first)
    page.keyboard.press("Enter")


#: Its own, or that of what lies over the whole tool.
OUTLINE = "element => ['', '::after'].some(part => getComputedStyle(element, part).outlineStyle !== 'none')"


def walk_to(page: Page, target: Any) -> None:
    """With Tab alone; what has the focus shows it."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate(OUTLINE), "the focus can be seen"
            return
    raise AssertionError(f"no way to {target}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_pages_have_no_barriers_and_fit_their_screen(shop: Shop, scheme: Any, width: int) -> None:
    def story(page: Page) -> None:
        shop.enter(page)
        page.goto(f"{shop.url}/basket/")
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        page.get_by_label("Voucher code").fill("NOPE")
        page.get_by_role("button", name="Use it").click()
        expect(page.locator("#voucher-error")).to_be_visible()
        check(page, "voucher refused")
        page.goto(f"{shop.url}/basket/shared/?add=T-1:9,GONE:1")
        check(page, "shared")
        page.goto(f"{shop.url}/checkout/")
        page.get_by_role("button", name="Go to delivery").click()
        expect(page.locator(".notice--bad")).to_be_focused()
        check(page, "errors")
        page.goto(f"{shop.url}/basket/")
        page.get_by_role("button", name="Keep for later").click()
        expect(page.get_by_role("heading", name="Kept for later")).to_be_visible()
        check(page, "kept for later")

    Browser().run(story, viewport={"width": width, "height": 900}, color_scheme=scheme)


def check(page: Page, name: str) -> None:
    look(page, f"{name}: {page.url}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} fits"
    assert page.evaluate(SMALL) == [], name


SMALL = """() => [...document.querySelectorAll('main :is(button, select, summary, input:not([type=hidden]))')]
  .filter(e => !['radio', 'checkbox'].includes(e.type) && !e.closest('.visually-hidden'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width && box.height && (box.height < 43.5 || box.width < 43.5)).map(([html]) => html)"""
