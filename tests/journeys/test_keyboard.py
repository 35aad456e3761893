"""Whole ways through the shop by keyboard alone, each step with a focus that can be seen."""

import re
import uuid
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

MOST_PRESSES = 250
FOCUS_IS_SEEN = """() => {
  const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  const shown = e => e && (drawn(getComputedStyle(e)) || drawn(getComputedStyle(e, '::after')));
  const e = document.activeElement, box = (e.closest('label') || e).getBoundingClientRect();
  return [e, e.closest('label'), e.parentElement, e.nextElementSibling].some(shown)
    && box.bottom > 0 && box.top < innerHeight;
}"""
LETTERS = "a short word about thick handles"


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request: pytest.FixtureRequest, new_context: Any) -> Page:
    """On a desk, where the whole menu is in the way; its mouse is never used."""
    return new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 800}).new_page()


def reach(page: Page, target: Locator) -> Locator:
    """Tab, until it has the focus, and can be seen to have it."""
    expect(target).to_be_attached()
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert page.evaluate(FOCUS_IS_SEEN), target
            return target
    raise AssertionError(f"the keyboard does not reach {target}")


def press(page: Page, target: Locator) -> None:
    reach(page, target)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def type_into(page: Page, label: str, text: str) -> None:
    reach(page, page.locator("main").get_by_label(label, exact=True).first)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def link(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.locator("main").get_by_role("link", name=name).first


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.locator("main").get_by_role("button", name=name).first


def somebody() -> str:
    return f"{uuid.uuid4().hex[:12]}@post.example"


def test_keyboard_leads_from_home_to_a_paid_order(page: Page) -> None:
    page.goto("/")
    press(page, link(page, "Can hand massage improve sleep quality?"))
    press(page, link(page, "deep hand massage"))
    press(page, link(page, "Spiky Palm Ball"))
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Medium")).to_be_checked()
    press(page, button(page, "Add to basket"))
    expect(link(page, "Spiky Palm Ball, medium")).to_be_visible()
    press(page, link(page, re.compile("checkout", re.IGNORECASE)))
    for label, text in (
        ("E-mail", somebody()), ("First name", "Ann"), ("Last name", "Tester"), ("Address", "1 Test Street"),
        ("Town", "Sheffield"), ("Postcode", "S1 2AB"),
    ):  # fmt: skip
        type_into(page, label, text)
    press(page, button(page, "Go to delivery"))
    press(page, button(page, re.compile("payment")))
    press(page, button(page, re.compile("^Pay £")))
    expect(page.locator("body")).to_contain_text("Stand-in for Stripe")
    pay = page.get_by_role("button", name=re.compile("^Pay")).first
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if pay.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Your order is paid")


def test_keyboard_finds_a_tool_by_search(page: Page) -> None:
    page.goto("/")
    reach(page, page.locator("#header-search"))
    page.keyboard.type("lavender")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?*")
    press(page, link(page, "Lavender Massage Oil"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lavender Massage Oil")


def test_keyboard_leaves_a_message(page: Page) -> None:
    page.goto("/contact/")
    box = page.locator("form", has=page.locator("[name=text]"))
    for name, text in (("text", LETTERS), ("name", "Ann Tester"), ("email", somebody())):
        reach(page, box.locator(f"[name={name}]").first)
        page.keyboard.type(text)
    press(page, box.get_by_role("button").first)
    page.wait_for_url("**/messages/thanks/**")


def test_keyboard_asks_for_a_quote_and_is_told_what_is_missing(page: Page) -> None:
    page.goto("/wholesale/?sku=SH-DHM-01")
    form = page.locator("form", has=page.locator("[name=company]"))
    send = form.get_by_role("button", name=re.compile("quote|send", re.IGNORECASE)).last
    press(page, send)
    problems = page.locator(".notice--bad").first
    expect(problems).to_contain_text("to mend before we go on")
    press(page, problems.get_by_role("link").first)  # leads to the field
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('input, select, textarea')")
