"""A tool's page on phone and desk, with and without JavaScript: photographs, variants, waiting, keeping."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.walking import Shop, sign_in

from .test_customer import go_to_payment, put_medium_ball_into_basket

pytestmark = pytest.mark.browser

BALL = "/products/spiky-palm-ball_3/"
SOLD_OUT = "Jade Hand Roller"


@pytest.fixture(params=[(390, 844), (1440, 900)], ids=["phone", "desk"])
def looker(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    width, height = request.param
    return new_context(viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()


def open_tool(page: Page, name: str) -> None:
    page.goto("/products/")
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_photographs_open_large_and_close_by_keyboard_alone(looker: Page) -> None:
    open_tool(looker, "Spiky Palm Ball")
    first, second = looker.locator(".gallery__photo").nth(0), looker.locator(".gallery__photo").nth(1)
    first.focus()
    looker.keyboard.press("Enter")
    dialog = looker.get_by_role("dialog", name="Photographs of the Spiky Palm Ball")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Close", exact=True)).to_be_focused()
    large = dialog.locator("img")
    assert large.get_attribute("alt") == first.locator("img").get_attribute("alt")
    looker.keyboard.press("ArrowRight")
    expect(large).to_have_attribute("alt", second.locator("img").get_attribute("alt") or "")
    expect(dialog.locator(".zoom__where")).to_contain_text("2 / ")
    for name in ("Look closer", "Close", "Previous", "Next"):
        box = dialog.get_by_role("button", name=name, exact=True).bounding_box()
        assert box
        assert box["width"] >= 44
        assert box["height"] >= 44
    looker.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(second).to_be_focused()  # the one seen last


def test_looking_closer_shows_more_than_fits_and_can_be_moved(looker: Page) -> None:
    open_tool(looker, "Spiky Palm Ball")
    looker.locator(".gallery__photo").first.click()
    stage = looker.locator(".zoom__stage")
    looker.wait_for_function("document.querySelector('.zoom__stage img').complete")
    fits = "stage => stage.scrollWidth <= stage.clientWidth && stage.scrollHeight <= stage.clientHeight"
    assert stage.evaluate(fits)
    looker.get_by_role("button", name="Look closer").click()
    expect(looker.get_by_role("button", name="Look closer")).to_have_attribute("aria-pressed", "true")
    assert not stage.evaluate(fits)
    before = stage.evaluate("stage => stage.scrollTop + stage.scrollLeft")
    stage.focus()
    looker.keyboard.press("ArrowUp")
    looker.keyboard.press("ArrowLeft")
    looker.wait_for_function(
        "before => { const s = document.querySelector('.zoom__stage'); return s.scrollTop + s.scrollLeft < before }",
        arg=before,
    )


def test_small_photographs_say_where_one_is(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    open_tool(page, "Spiky Palm Ball")
    small = page.locator(".gallery__small a")
    expect(small.nth(0)).to_have_attribute("aria-current", "true")
    small.nth(2).click()
    expect(small.nth(2)).to_have_attribute("aria-current", "true")
    expect(page.locator(".gallery__photo").nth(2)).to_be_in_viewport(ratio=0.9)
    page.locator(".gallery__strip").focus()
    page.keyboard.press("ArrowLeft")
    expect(small.nth(1)).to_have_attribute("aria-current", "true")


def test_photographs_are_links_without_script(plain: Page) -> None:
    open_tool(plain, "Spiky Palm Ball")
    plain.locator(".gallery__photo").first.click()
    plain.wait_for_url(re.compile(r"\.jpe?g$"))


def test_choosing_a_variant_shows_its_photograph(looker: Page) -> None:
    open_tool(looker, "Spiky Palm Ball")
    looker.get_by_label("Firm").check()
    key = looker.get_by_label("Firm").get_attribute("value")
    photo = looker.locator(f".gallery__photo[data-variant='{key}']")
    photo.scroll_into_view_if_needed()
    expect(photo).to_be_in_viewport(ratio=0.5)
    if looker.viewport_size and looker.viewport_size["width"] < 960:
        expect(looker.locator(".gallery__small a[aria-current]")).to_have_attribute(
            "href", f"#{photo.get_attribute('id')}"
        )
    box, column = photo.bounding_box(), looker.locator(".gallery").bounding_box()
    assert box
    assert column
    assert box["width"] > column["width"] * 0.9


def test_variant_of_the_address_is_chosen_and_shown_first(visitor: Page) -> None:
    visitor.goto(f"{BALL}?variant=SH-DHM-03-F")
    chosen = visitor.get_by_label("Firm")
    expect(chosen).to_be_checked()
    first = visitor.locator(".gallery__photo").first
    assert first.get_attribute("data-variant") == chosen.get_attribute("value")


def test_guest_waits_for_what_is_sold_out(visitor: Page, shop: Shop) -> None:
    ann = f"{uuid.uuid4().hex[:12]}@post.example"
    open_tool(visitor, SOLD_OUT)
    expect(visitor.get_by_role("button", name="Add to basket")).to_have_count(0)
    form = visitor.locator("#alert")
    form.get_by_label("Your e-mail address").fill("ann@nowhere")
    form.get_by_role("button", name="Tell me when it is back").click()
    expect(visitor.locator("#alert [role=alert]")).to_contain_text("This is not an e-mail address")
    expect(form.get_by_label("Your e-mail address")).to_have_value("ann@nowhere")
    form.get_by_label("Your e-mail address").fill(ann)
    form.get_by_role("button", name="Tell me when it is back").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Please check your e-mail")
    link = re.search(r"http://\S+/a/\S+", shop.letter(to=ann)["text"])
    assert link
    visitor.goto(link[0])
    visitor.get_by_role("button", name="Yes, write to me").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("You are on the list")
    visitor.get_by_role("button", name="Take me off the list").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("You are not on the list")


def test_visitor_keeps_a_tool_signs_in_and_finds_it_kept(visitor: Page) -> None:
    open_tool(visitor, "Spiky Palm Ball")
    visitor.get_by_role("button", name="Keep for later").click()
    form = visitor.locator("form", has=visitor.locator("[name=login-password]"))
    form.locator("[name=login-username]").fill("buyer@clinic.example")
    form.locator("[name=login-password]").fill("stillhand-demo")
    form.get_by_role("button").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Spiky Palm Ball")
    visitor.get_by_role("button", name="Take it off").click()
    expect(visitor.get_by_role("button", name="Keep for later")).to_be_visible()


def test_customer_is_on_the_list_in_one_press(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, "buyer@clinic.example")
    open_tool(page, SOLD_OUT)
    page.get_by_role("button", name="Tell me when it is back").click()
    expect(page.locator("#alert")).to_contain_text("You are on the list")
    page.goto("/accounts/alerts/")
    page.get_by_role("button", name=re.compile("Don’t write to me")).first.click()
    expect(page.locator("main")).to_contain_text("You are waiting for nothing")


def test_buyer_reviews_a_tool_and_staff_read_it_first(
    new_context: Callable[..., BrowserContext], staff: Page, shop: Shop
) -> None:
    title = f"Quiet and firm {uuid.uuid4().hex[:6]}"
    buyer = new_context(viewport={"width": 390, "height": 844}).new_page()
    buyer.goto("/accounts/register/")
    buyer.locator("[name=email]").fill(f"{uuid.uuid4().hex[:12]}@post.example")
    for field in ("password1", "password2"):
        buyer.locator(f"[name={field}]").fill("a-long-password-9")
    buyer.locator("main form").get_by_role("button").click()
    buyer.wait_for_url(lambda url: "register" not in url)
    put_medium_ball_into_basket(buyer)
    go_to_payment(buyer, email=None)
    buyer.get_by_role("button", name=re.compile("by card")).click()
    buyer.get_by_role("button", name=re.compile("^Pay")).first.click()
    expect(buyer.locator("main")).to_contain_text("Your order is paid")

    buyer.goto("/accounts/reviews/")
    buyer.get_by_role("link", name="Spiky Palm Ball").click()
    buyer.get_by_label("Good", exact=True).check()
    buyer.get_by_label("In one line").fill(title)
    buyer.get_by_label("Your review").fill("Each evening, five minutes.")
    buyer.get_by_label("The name to show").fill("Ann")
    buyer.get_by_role("button", name="Send the review").click()
    expect(buyer.locator("main")).to_contain_text("Being read")

    staff.goto("/desk/")
    staff.get_by_role("heading", name="Reviews to read").scroll_into_view_if_needed()
    staff.goto("/admin/reviews/productreview/?status__exact=0")
    staff.get_by_role("link", name=title).click()
    staff.get_by_label("Status").select_option(label="Shown")
    staff.get_by_role("button", name="Save", exact=True).click()
    buyer.goto(BALL)
    expect(buyer.locator("article", has_text=title)).to_contain_text("Good (4 of 5)")
    expect(buyer.locator("article", has_text=title)).to_contain_text("Ann, bought here")
