"""What staff do in a day: see what needs them, answer, edit a product on one page, pack and send."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.walking import Shop, wait_for

from .test_customer import go_to_payment, put_medium_ball_into_basket, somebody

pytestmark = pytest.mark.browser


def leave_message(page: Page, email: str, text: str) -> None:
    page.goto("/contact/")
    form = page.locator("form[action='/messages/']")
    form.get_by_label("Your message").fill(text)
    form.get_by_label("Your name").fill("Tom Bellweather")
    form.get_by_label("Your e-mail address").fill(email)
    page.wait_for_timeout(3000)
    form.get_by_role("button", name="Send the message").click()
    expect(page.locator("main")).to_contain_text("M-")


def buy(page: Page, email: str) -> None:
    put_medium_ball_into_basket(page)
    go_to_payment(page, email=email)
    page.get_by_role("button", name=re.compile("by card")).click()
    page.get_by_role("button", name=re.compile("^Pay")).first.click()
    expect(page.locator("main")).to_contain_text("Your order is paid")


@pytest.fixture
def stranger(new_context: Any) -> Page:
    page: Page = new_context(viewport={"width": 390, "height": 844}).new_page()
    return page


def test_staff_see_what_needs_them_and_every_entry_leads_somewhere(staff: Page):
    staff.goto("/desk/")
    for group in (
        "Letters not sent",
        "Quotes to price",
        "Messages to answer",
        "Orders to pack or send",
        "Low in stock",
    ):
        expect(staff.get_by_role("heading", name=group)).to_be_visible()
    hrefs = staff.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any(href.startswith("/desk/quotes/Q-") for href in hrefs)
    assert any(href.startswith("/desk/messages/M-") for href in hrefs)
    for href in sorted(set(hrefs)):
        response = staff.request.get(href)
        assert response.status == 200, href


def test_staff_answer_a_message_and_the_thread_shows_it(stranger: Page, staff: Page, shop: Shop):
    tom = somebody()
    leave_message(stranger, tom, "Is order 100482 on its way?\n<b>It is a present.</b>")
    letter = shop.letter(to=tom)
    reference = re.search(r"M-[A-Z0-9]+", letter["text"])
    thread = re.search(r"http://\S+/m/\S+", letter["text"])
    assert reference
    assert thread
    staff.goto(f"/desk/messages/{reference[0]}/")
    expect(staff.locator("main")).to_contain_text("<b>It is a present.</b>")
    staff.locator("[name=text]").fill("It left this morning.")
    staff.get_by_role("button", name="Send the answer").click()
    answer = shop.letter(to=tom, count=2)
    assert "It left this morning." in answer["text"]
    stranger.goto(thread[0])
    expect(stranger.locator("main")).to_contain_text("It left this morning.")


def test_staff_edit_a_product_and_its_variants_on_one_page(stranger: Page, staff: Page):
    staff.goto("/admin/catalogue/product/")
    staff.get_by_role("link", name="Thumb Saver Cradle", exact=True).click()
    label = staff.locator("input[value='size M']")
    row = staff.locator("tr", has=label)
    price = row.locator("input[name$=price]")
    before = price.input_value()
    price.fill("12.34")
    row.locator("input[name*=stock]").first.fill("3")
    staff.get_by_label("Maker").fill("Thumb Works Ltd, Sheffield")
    staff.get_by_role("button", name="Save and continue editing").first.click()
    expect(staff.locator(".messagelist")).to_contain_text("changed successfully")

    stranger.goto("/products/")
    stranger.get_by_role("link", name="Thumb Saver Cradle").first.click()
    expect(stranger.locator("main")).to_contain_text("£12.34")
    expect(stranger.locator("main")).to_contain_text("Last 3")
    expect(stranger.locator("main")).to_contain_text("Thumb Works Ltd, Sheffield")
    price.fill(before)
    staff.get_by_role("button", name="Save and continue editing").first.click()


def test_staff_pack_and_send_an_order(stranger: Page, staff: Page, shop: Shop):
    ann = somebody()
    buy(stranger, ann)
    number = re.search(r"\b\d{6}\b", shop.letter(to=ann, subject="order")["subject"])
    assert number
    staff.goto("/desk/orders/")
    staff.goto(f"/desk/orders/{number[0]}/")
    staff.get_by_role("button", name="Mark as packed").click()
    staff.get_by_label("Carrier").fill("Royal Mail")
    staff.get_by_label(re.compile("Tracking number")).fill("AB123456789GB")
    staff.get_by_role("button", name="Mark as shipped").dblclick()
    letter = shop.letter(to=ann, count=2)
    assert "AB123456789GB" in letter["text"]
    expect(staff.get_by_role("button", name="Mark as shipped")).to_have_count(0)
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("AB123456789GB")
    assert len(shop.letters(to=ann)) == 2


@pytest.fixture
def dead_mail_server(shop: Shop) -> Iterator[Any]:
    """Every letter is refused for good until `revive` is called."""

    def control(**values: Any) -> None:
        request = urllib.request.Request(
            f"{shop.mailbox}/_control", json.dumps(values).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request).close()

    control(refuse="5xx")
    yield lambda: control(refuse="none")
    control(refuse="none")


def test_staff_send_a_refused_letter_again(stranger: Page, staff: Page, shop: Shop, dead_mail_server: Any):
    eve = somebody()
    leave_message(stranger, eve, "Hello, is anybody there today?")  # the visitor notices nothing

    def failed_letter() -> str | None:
        staff.goto("/desk/letters/")
        link = staff.locator("main li, main tr, main article", has_text=eve).get_by_role("link").first
        return link.get_attribute("href") if link.count() else None

    href = wait_for(failed_letter)
    assert not shop.letters(to=eve)
    dead_mail_server()
    staff.goto(href)
    staff.get_by_role("button", name=re.compile("again", re.IGNORECASE)).click()
    assert shop.letter(to=eve)
