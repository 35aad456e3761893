"""What a professional does from the request for a quote to the paid order, with and without JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.walking import Shop

from .test_customer import somebody

pytestmark = pytest.mark.browser


def ask_for_quote(page: Page, email: str) -> str:
    """Fills the request with a known tool, something in words and a pasted list; returns the reference."""
    page.locator("[name=lines-0-quantity]").fill("12")
    page.locator("[name=lines-1-what]").fill("Cards printed with our crest")
    page.locator("[name=lines-1-quantity]").fill("42")
    page.get_by_label("Paste a list").fill("SH-DHM-02, 24\nSH-OIL-03; 6")
    page.get_by_label("Your name").fill("Rosa Whitlock")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Company").fill("Whitlock Hand Clinic Ltd")
    page.get_by_role("button", name="Ask for a quote").click()
    reference = re.search(r"Q-[A-Z0-9]+", page.locator("main").inner_text())
    assert reference
    return reference[0]


def price_and_send(staff: Page, reference: str) -> None:
    staff.goto(f"/desk/quotes/{reference}/")
    for line, price in (("1", "19.50"), ("3", "6.20"), ("4", "7.10")):
        staff.locator(f"[name=line{line}-price]").fill(price)
    staff.locator("[name=line2-is_left_out]").check()
    staff.locator("[name=delivery_name]").fill("By parcel")
    staff.locator("[name=delivery_price]").fill("12.00")
    staff.get_by_role("button", name="Save the prices").click()
    staff.get_by_role("button", name=re.compile("^Send")).click()
    expect(staff.locator("main")).to_contain_text(re.compile("offer", re.IGNORECASE))


def test_professional_asks_gets_an_offer_accepts_and_pays(visitor: Page, staff: Page, shop: Shop):
    rosa = somebody()
    visitor.goto("/products/")
    visitor.get_by_role("link", name="Deep Hand Massage Roller").first.click()
    visitor.get_by_role("link", name="Ask for a trade price").click()
    reference = ask_for_quote(visitor, rosa)
    acknowledgement = shop.letter(to=rosa)
    assert reference in acknowledgement["text"]
    assert any(reference in letter["subject"] for letter in shop.letters(to="sales@stillhand.example"))

    price_and_send(staff, reference)
    offer = shop.letter(to=rosa, count=2)
    link = re.search(r"http://\S+/q/\S+", offer["text"])
    assert link
    visitor.goto(link[0])
    main = visitor.locator("main")
    # 12 × 19.50 + 24 × 6.20 + 6 × 7.10 + 12.00 = 437.40 net, with 20 % VAT 524.88
    expect(main).to_contain_text("87.48")
    expect(main).to_contain_text("£524.88")
    expect(main).to_contain_text("24.17")  # the public price, net, beside ours

    accept(visitor)
    visitor.get_by_role("button", name="Pay £524.88").click()
    expect(main).to_contain_text("£524.88")
    expect(main).to_contain_text("Your order is paid")
    confirmation = shop.letter(to=rosa, count=3)
    assert "£524.88" in confirmation["text"]
    visitor.goto(link[0])  # accepted is accepted: no second order
    expect(visitor.get_by_role("button", name=re.compile("^Accept"))).to_have_count(0)


def accept(page: Page) -> None:
    page.locator("[name=name]").fill("Rosa Whitlock")
    page.locator("[name=po_number]").fill("PO-4711")
    page.locator("[name=line1]").fill("14 Example Street")
    page.locator("[name=line4]").fill("Sampleton")
    page.locator("[name=postcode]").fill("SW1A 1AA")
    page.get_by_role("button", name=re.compile("^Accept")).click()


def test_professional_turns_a_basket_into_a_quote_request(visitor: Page, shop: Shop):
    visitor.goto("/products/")
    visitor.get_by_role("link", name="Cork Palm Kneading Ball").first.click()
    visitor.get_by_label("How many").fill("30")
    visitor.get_by_role("button", name="Add to basket").click()
    visitor.get_by_text("Buying for a practice or shop?").click()
    visitor.get_by_role("button", name=re.compile("quote", re.IGNORECASE)).click()
    expect(visitor.locator("[name=lines-0-quantity]")).to_have_value("30")
    ben = somebody()
    visitor.get_by_label("Your name").fill("Ben")
    visitor.get_by_label("Your e-mail address").fill(ben)
    visitor.get_by_role("button", name="Ask for a quote").click()
    assert "Cork Palm Kneading Ball" in shop.letter(to=ben)["text"]


def test_professional_is_told_what_is_wrong_with_a_pasted_list_and_loses_nothing(visitor: Page, shop: Shop):
    visitor.goto("/wholesale/")
    pasted = "SH-DHM-02, 24\nSH-NOPE, 3\nSH-OIL-03, abc"
    visitor.get_by_label("Paste a list").fill(pasted)
    visitor.get_by_label("Your name").fill("Ben")
    nobody: Any = somebody()
    visitor.get_by_label("Your e-mail address").fill(nobody)
    visitor.get_by_role("button", name="Ask for a quote").click()
    expect(visitor.locator("main")).to_contain_text("Line 2: we don’t know “SH-NOPE”.")
    expect(visitor.locator("main")).to_contain_text("Line 3: “abc” is no quantity.")
    expect(visitor.get_by_label("Paste a list")).to_have_value(pasted)
    assert not shop.letters(to=nobody)
