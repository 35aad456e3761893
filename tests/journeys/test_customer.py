"""What a customer does from the first article to the order's page, with and without JavaScript."""

import re
import uuid
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.walking import Shop

pytestmark = pytest.mark.browser

SLEEP_ARTICLE = "/journal/can-hand-massage-improve-sleep-quality/"


def somebody() -> str:
    """An address that no other test writes from."""
    return f"{uuid.uuid4().hex[:12]}@post.example"


def put_medium_ball_into_basket(page: Page) -> None:
    page.goto(SLEEP_ARTICLE)
    page.get_by_role("link", name="deep hand massage").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deep hand massage")
    for part in ("What it is", "Step by step", "When not to"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    page.get_by_role("link", name="Spiky Palm Ball").first.click()
    page.get_by_label("Medium").check()
    page.get_by_role("button", name="Add to basket").click()
    expect(page.get_by_role("link", name="Spiky Palm Ball, medium")).to_be_visible()


def fill_address(page: Page, *, email: str | None) -> None:
    if email:
        page.get_by_label("E-mail").fill(email)
    page.get_by_label("First name").fill("Ann")
    page.get_by_label("Last name").fill("Tester")
    page.get_by_label("Address", exact=True).fill("1 Test Street")
    page.get_by_label("Town").fill("Sheffield")
    page.get_by_label("Postcode").fill("S1 2AB")


def go_to_payment(page: Page, *, email: str | None) -> None:
    page.get_by_role("link", name=re.compile("checkout", re.IGNORECASE)).first.click()
    fill_address(page, email=email)
    page.get_by_role("button", name="Go to delivery").click()
    page.get_by_role("button", name=re.compile("payment|pay", re.IGNORECASE)).click()


def test_customer_reads_chooses_and_pays_as_a_guest(visitor: Page, shop: Shop):
    ann = somebody()
    put_medium_ball_into_basket(visitor)
    go_to_payment(visitor, email=ann)
    visitor.get_by_role("button", name="Pay £12.85 by card").click()
    expect(visitor.locator("body")).to_contain_text("Stand-in for Stripe")
    assert not shop.letters(to=ann)  # nothing before it is paid
    visitor.get_by_role("button", name=re.compile("^Pay")).first.click()

    expect(visitor.locator("main")).to_contain_text("Your order is paid")
    letter = shop.letter(to=ann, subject="order")
    assert "£12.85" in letter["text"]
    assert "Spiky Palm Ball, medium" in letter["html"]
    link = re.search(r"http://\S+/o/\S+", letter["text"])
    assert link
    visitor.goto(link[0])
    expect(visitor.locator("main")).to_contain_text("£12.85")


def test_customer_who_is_declined_tries_again_and_pays_once(visitor: Page, shop: Shop):
    declined = somebody()
    put_medium_ball_into_basket(visitor)
    go_to_payment(visitor, email=declined)
    visitor.get_by_role("button", name=re.compile("by card")).click()
    visitor.get_by_role("button", name=re.compile("decline", re.IGNORECASE)).click()
    expect(visitor.locator("body")).to_contain_text("declined")
    visitor.get_by_role("button", name=re.compile("^Pay")).first.click()
    expect(visitor.locator("main")).to_contain_text("Your order is paid")
    shop.letter(to=declined, subject="order")
    visitor.go_back()
    visitor.goto("/checkout/pay/")  # pressing on after the order is there
    expect(visitor.locator("main")).to_contain_text(re.compile("paid|empty", re.IGNORECASE))
    assert len(shop.letters(to=declined, subject="order")) == 1


def test_customer_who_cancels_at_stripe_can_pay_later(visitor: Page, shop: Shop):
    later = somebody()
    put_medium_ball_into_basket(visitor)
    go_to_payment(visitor, email=later)
    visitor.get_by_role("button", name=re.compile("by card")).click()
    visitor.get_by_role("link", name=re.compile("cancel", re.IGNORECASE)).click()
    expect(visitor.locator("main")).to_contain_text("Not paid yet")
    visitor.get_by_role("button", name="Pay now").click()
    visitor.get_by_role("button", name=re.compile("^Pay")).first.click()
    expect(visitor.locator("main")).to_contain_text("Your order is paid")
    shop.letter(to=later, subject="order")


@pytest.mark.parametrize(
    ("path", "from_where"),
    [
        (SLEEP_ARTICLE, "Can hand massage improve sleep quality?"),
        ("/techniques/deep-hand-massage/", "Deep hand massage"),
        ("/contact/", "Write to us"),
        ("product", "Spiky Palm Ball"),
    ],
)
def test_customer_leaves_a_message_and_both_sides_hear_of_it(visitor: Page, shop: Shop, path: str, from_where: str):
    if path == "product":
        visitor.goto("/products/")
        visitor.get_by_role("link", name="Spiky Palm Ball").first.click()
    else:
        visitor.goto(path)
    sender = somebody()
    form = visitor.locator("form[action='/messages/']")
    form.get_by_label("Your message").fill("Does it suit small hands?\nAnd how heavy is it?")
    form.get_by_label("Your name").fill("Maureen Tadworth")
    form.get_by_label("Your e-mail address").fill(sender)
    visitor.wait_for_timeout(3000)  # nobody writes two questions in no time
    form.get_by_role("button", name="Send the message").click()

    reference = re.search(r"M-[A-Z0-9-]+", visitor.locator("main").inner_text())
    assert reference
    acknowledgement = shop.letter(to=sender)
    assert reference[0] in acknowledgement["subject"] + acknowledgement["text"]
    letter = next(found for found in shop.letters(to="sales@stillhand.example") if sender in found["reply_to"])
    assert "Does it suit small hands?" in letter["text"]
    assert from_where in letter["text"]


def test_customer_signs_up_and_sees_past_orders(new_context: Any, shop: Shop):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    nora = somebody()
    page.goto("/accounts/register/")
    form = page.locator("form", has=page.locator("[name$=password2]"))
    form.locator("[name$=email]").fill(nora)
    form.locator("[name$=password1]").fill("a long walk by the sea")
    form.locator("[name$=password2]").fill("a long walk by the sea")
    form.get_by_role("button").click()
    page.wait_for_url(lambda url: "register" not in url)
    shop.letter(to=nora)

    put_medium_ball_into_basket(page)
    go_to_payment(page, email=None)
    page.get_by_role("button", name=re.compile("by card")).click()
    page.get_by_role("button", name=re.compile("^Pay")).first.click()
    expect(page.locator("main")).to_contain_text("Your order is paid")
    page.goto("/accounts/orders/")
    expect(page.locator("main")).to_contain_text("£12.85")
    page.locator("main").get_by_role("link", name=re.compile(r"\d{6}")).first.click()
    expect(page.locator("main")).to_contain_text("Spiky Palm Ball, medium")


def test_customer_resets_a_forgotten_password(visitor: Page, new_context: Any, shop: Shop):
    before = len(shop.letters(to="buyer@clinic.example", subject="password"))
    visitor.goto("/password-reset/")
    visitor.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill("Buyer@Clinic.example")
    visitor.locator("main form").get_by_role("button").click()
    letter = shop.letter(to="buyer@clinic.example", subject="password", count=before + 1)
    link = re.search(r"http://\S+/password-reset/confirm/\S+", letter["text"])
    assert link
    visitor.goto(link[0])
    visitor.locator("[name=new_password1]").fill("stillhand-demo")
    visitor.locator("[name=new_password2]").fill("stillhand-demo")
    visitor.locator("main form").get_by_role("button").click()
    expect(visitor.locator("main")).to_contain_text(re.compile("password", re.IGNORECASE))
    visitor.goto(link[0])  # a link works once
    expect(visitor.locator("[name=new_password1]")).to_have_count(0)
