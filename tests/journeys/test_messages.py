"""What visitors and staff write to each other, with and without JavaScript on the visitor's side."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.walking import Shop

from .test_customer import somebody

pytestmark = pytest.mark.browser


def leave_message(page: Page, text: str, sender: str) -> str:
    """Returns the message's reference."""
    page.goto("/contact/")
    form = page.locator("form[action='/messages/']")
    form.get_by_label("Your message").fill(text)
    form.get_by_label("Your name").fill("Tom Bellweather")
    form.get_by_label("Your e-mail address").fill(sender)
    form.get_by_role("button", name="Send the message").click()
    reference = re.search(r"M-[A-Z0-9]+", page.locator("main").inner_text())
    assert reference
    return reference[0]


def test_staff_answer_a_message_and_the_visitor_writes_back(visitor: Page, staff: Page, shop: Shop):
    sender = somebody()
    reference = leave_message(visitor, "Does the oil wash out?", sender)

    staff.goto("/desk/")
    expect(staff.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\d+ things"))
    staff.locator("nav").get_by_role("link", name="Messages").click()
    staff.get_by_label("Find by name").fill(reference)
    staff.get_by_role("button", name="Find").click()
    staff.get_by_role("link", name="Tom Bellweather").click()
    expect(staff.locator(".thread")).to_contain_text("Does the oil wash out?")
    staff.get_by_label("Your answer").fill("It does, at 40 degrees.")
    staff.get_by_role("button", name="Send the answer").click()
    expect(staff.locator(".state").first).to_have_text("Answered")

    letter = shop.letter(to=sender, subject="answer")
    assert "It does, at 40 degrees." in letter["text"]
    visitor.goto(re.search(r"http\S+/m/[\w-]+/", letter["text"])[0])  # type: ignore[index]
    expect(visitor.locator(".thread")).to_contain_text("It does, at 40 degrees.")
    visitor.get_by_label("Write back").fill("Thank you, and at 30?")
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator(".thread")).to_contain_text("Thank you, and at 30?")
    staff.reload()
    expect(staff.locator(".state").first).to_have_text("Open")


def test_message_that_is_too_long_comes_back_as_it_was_typed(visitor: Page):
    visitor.goto("/contact/")
    form = visitor.locator("form[action='/messages/']")
    form.get_by_label("Your message").fill("word " * 2001)
    form.get_by_label("Your name").fill("Tom Bellweather")
    form.get_by_label("Your e-mail address").fill(somebody())
    form.get_by_role("button", name="Send the message").click()
    expect(visitor.get_by_role("alert")).to_contain_text("At most 10,000 characters fit here")
    expect(visitor.get_by_label("Your message")).to_have_value("word " * 2001)
    visitor.get_by_label("Your message").fill("Short now.")
    visitor.get_by_role("button", name="Send the message").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Thank you, we have your message")


def test_staff_release_what_only_looked_like_spam(visitor: Page, staff: Page, shop: Shop):
    sender = somebody()
    links = "https://a.example https://b.example https://c.example https://d.example [url=http://e.example]e[/url]"
    reference = leave_message(visitor, links, sender)
    expect(visitor.locator("main")).to_contain_text("Our spam filter wants a person to look at it")
    assert shop.letter(subject=reference)["to"] == ["sales@stillhand.example"]
    staff.goto(f"/desk/messages/{reference}/")
    assert staff.locator(".thread a").count() == 0
    staff.get_by_role("button", name="It is no spam").click()
    expect(staff.locator(".state").first).to_have_text("New")
    assert reference in shop.letter(to=sender)["subject"]
