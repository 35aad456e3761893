"""Choosing by need, in a browser: with and without a script, on a phone and on a desk, by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.test_look import DESK, PHONE, SMALL_TARGETS, TOUCH

pytestmark = pytest.mark.browser

MakeContext = Callable[..., BrowserContext]


@pytest.fixture
def desk(new_context: MakeContext) -> Page:
    return new_context(viewport=DESK).new_page()


@pytest.fixture
def phone(new_context: MakeContext) -> Page:
    return new_context(viewport=PHONE, has_touch=True).new_page()


def found(page: Page) -> int:
    """What the head of the list says."""
    return int(page.locator("#found").inner_text().split()[0])


def count_of(page: Page, choice: str) -> int:
    return int(page.locator(f"#{choice} span").inner_text())


def shown(page: Page) -> list[str]:
    return page.locator("#results .object__name").all_inner_texts()


def test_filters_keep_what_their_counts_promise(visitor: Page) -> None:
    page = visitor
    page.goto("/products/")
    everything = found(page)
    for choice, address in (
        ("f-hand-palm", "/products/?hand=palm"),
        ("f-pressure-firm", "/products/?hand=palm&pressure=firm"),
    ):
        page.get_by_role("button", name=re.compile("^Filter")).click()
        promised = count_of(page, choice)
        page.locator(f"#{choice}").click()
        page.wait_for_url(f"**{address}")
        expect(page.locator("#found")).to_have_text(re.compile(rf"^{promised} tools?$"))
        assert len(shown(page)) == promised
        if page.locator("#filters").is_visible():  # with a script the sheet stays, to choose on
            page.get_by_role("button", name=re.compile("^Show ")).click()
    page.get_by_role("link", name="Take out Palm").click()
    page.wait_for_url("**/products/?pressure=firm")
    page.wait_for_timeout(500)  # it moves to where Palm was, and a second press there would be a slip
    page.get_by_role("link", name="Take out Firm").click()
    page.wait_for_url("**/products/")
    expect(page.locator("#found")).to_have_text(f"{everything} tools")


def test_several_choices_are_cleared_at_once(visitor: Page) -> None:
    visitor.goto("/products/?hand=palm&pressure=firm&stock=in&sort=price")
    visitor.get_by_role("link", name="Clear all").click()
    visitor.wait_for_url("**/products/?sort=price")


def test_sorting_needs_no_script(new_context: MakeContext) -> None:
    page = new_context(viewport=DESK, java_script_enabled=False).new_page()
    page.goto("/products/?stock=in")
    page.get_by_label("Sort by").select_option("Price, low first")
    page.get_by_role("button", name="Sort").click()
    page.wait_for_url("**/products/?stock=in&sort=price")
    prices = [float(text.split("£")[1]) for text in page.locator("#results .price").all_inner_texts()]
    assert prices == sorted(prices)


def test_list_is_narrowed_in_place_and_said_aloud(desk: Page) -> None:
    """One document all along; the title, the address, the focus and the live region are right."""
    desk.goto("/products/")
    desk.evaluate("window.sameDocument = true")
    desk.locator("#f-hand-palm").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/products/?hand=palm")
    expect(desk).to_have_title(re.compile("^All tools: Palm"))
    expect(desk.locator("#said")).to_have_text(desk.locator("#found").inner_text())
    expect(desk.locator("#f-hand-palm")).to_be_focused()
    expect(desk.locator("#f-hand-palm")).to_have_attribute("aria-current", "true")
    desk.get_by_label("Sort by").select_option("Price, high first")
    desk.wait_for_url("**/products/?hand=palm&sort=-price")
    desk.get_by_role("link", name="Take out Palm").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/products/?sort=-price")
    expect(desk.locator("#found")).to_be_focused()
    assert desk.evaluate("window.sameDocument")


def test_back_and_forward_show_what_the_address_says(desk: Page) -> None:
    desk.goto("/products/")
    everything = found(desk)
    for choice in ("f-hand-palm", "f-pressure-firm"):
        desk.locator(f"#{choice}").click()
        expect(desk.locator(f"#{choice}")).to_have_attribute("aria-current", "true")
    both = found(desk)
    desk.go_back()
    expect(desk.locator("#f-pressure-firm")).not_to_have_attribute("aria-current", "true")
    expect(desk).to_have_title(re.compile("^All tools: Palm –"))
    desk.go_back()
    expect(desk.locator("#found")).to_have_text(f"{everything} tools")
    desk.go_forward()
    expect(desk.locator("#f-hand-palm")).to_have_attribute("aria-current", "true")
    expect(desk.locator("#f-pressure-firm")).not_to_have_attribute("aria-current", "true")
    desk.go_forward()
    expect(desk.locator("#found")).to_have_text(re.compile(f"^{both} tool"))
    desk.locator("#results .object__name a").first.click()
    expect(desk).to_have_url(re.compile(r"/products/[\w-]+_\d+/$"))
    desk.go_back()
    expect(desk.locator("#found")).to_have_text(re.compile(f"^{both} tool"))
    desk.go_back()
    expect(desk.locator("#f-pressure-firm")).not_to_have_attribute("aria-current", "true")
    expect(desk).to_have_url(re.compile(r"\?hand=palm$"))


def test_nothing_old_stays_in_the_browser(desk: Page) -> None:
    """No copy of a page with its prices is kept for "back"."""
    desk.goto("/products/")
    desk.locator("#f-hand-palm").click()
    desk.wait_for_url("**/products/?hand=palm")
    kept = desk.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "£" not in kept


def test_newest_press_wins_on_a_slow_network(desk: Page) -> None:
    desk.goto("/products/")
    held: list[Route] = []
    desk.route("**/products/?hand=palm", lambda route: held.append(route))
    desk.locator("#f-hand-palm").click()
    desk.locator("#f-hand-fingers").click()
    desk.wait_for_url("**/products/?hand=fingers")
    for route in held:  # the first answer comes late
        route.continue_()
    desk.wait_for_timeout(300)
    expect(desk.locator("#f-hand-fingers")).to_have_attribute("aria-current", "true")
    expect(desk.locator("#f-hand-palm")).not_to_have_attribute("aria-current", "true")
    assert desk.url.endswith("?hand=fingers")


def test_newest_step_forward_wins_on_a_slow_network(desk: Page) -> None:
    desk.goto("/products/")
    for choice in ("f-hand-palm", "f-pressure-firm"):
        desk.locator(f"#{choice}").click()
        expect(desk.locator(f"#{choice}")).to_have_attribute("aria-current", "true")
    both = found(desk)
    for choice in ("f-pressure-firm", "f-hand-palm"):
        desk.go_back()
        expect(desk.locator(f"#{choice}")).not_to_have_attribute("aria-current", "true")
    held: list[Route] = []
    desk.route("**/products/?hand=palm", lambda route: held.append(route))
    desk.go_forward()
    desk.wait_for_timeout(300)
    assert held
    desk.go_forward()
    expect(desk.locator("#found")).to_have_text(re.compile(f"^{both} tool"))
    for route in held:  # the answer to the first step comes late
        route.continue_()
    desk.wait_for_timeout(300)
    expect(desk.locator("#found")).to_have_text(re.compile(f"^{both} tool"))
    assert "pressure=firm" in desk.url


def test_second_press_of_a_shaking_hand_takes_nothing_out(desk: Page) -> None:
    desk.goto("/products/")
    box = desk.locator("#f-hand-palm").bounding_box()
    assert box
    desk.mouse.click(box["x"] + 40, box["y"] + 20)
    desk.wait_for_selector("#f-hand-palm[aria-current]", timeout=5000)
    desk.mouse.click(box["x"] + 42, box["y"] + 21)
    desk.wait_for_timeout(600)
    assert desk.url.endswith("?hand=palm")


def test_trouble_on_the_way_is_left_to_the_browser(desk: Page) -> None:
    """A list that can't be fetched is gone to, so that the page which says why is seen."""
    desk.goto("/products/")
    desk.route(
        "**/products/?hand=palm",
        lambda route: (
            route.fulfill(status=503, body="busy") if route.request.resource_type == "xhr" else route.continue_()
        ),
    )
    desk.evaluate("window.sameDocument = true")
    desk.locator("#f-hand-palm").click()
    desk.wait_for_function("!window.sameDocument")
    expect(desk.locator("#f-hand-palm")).to_have_attribute("aria-current", "true")


def test_sheet_stays_open_where_it_was_on_a_phone(phone: Page) -> None:
    phone.goto("/products/")
    phone.get_by_role("button", name="Filter").click()
    sheet = phone.locator("#filters")
    phone.locator("#f-price-30-60").click()
    phone.wait_for_url("**/products/?price=30-60")
    expect(sheet).to_be_visible()
    expect(phone.locator("#f-price-30-60")).to_be_in_viewport()
    expect(phone.get_by_role("button", name=re.compile("^Show "))).to_have_text(
        f"Show {phone.locator('#found').text_content()}"
    )
    phone.get_by_role("button", name=re.compile("^Show ")).click()
    expect(sheet).to_be_hidden()
    expect(phone.get_by_role("button", name="Filter, 1 chosen")).to_be_visible()


def test_sheet_closes_with_escape(phone: Page) -> None:
    phone.goto("/products/")
    phone.get_by_role("button", name="Filter").click()
    phone.keyboard.press("Escape")
    expect(phone.locator("#filters")).to_be_hidden()
    expect(phone.locator("#filters-open")).to_be_focused()


def test_home_leads_to_as_many_tools_as_it_says(visitor: Page) -> None:
    visitor.goto("/")
    part = visitor.get_by_role("link", name="The palm")
    promised = int(re.findall(r"(\d+) tools?$", part.inner_text())[0])
    part.click()
    visitor.wait_for_url("**/products/?hand=palm")
    assert found(visitor) == promised


def test_needs_are_asked_on_the_home_page(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_label("Part of the hand", exact=True).select_option("palm")
    visitor.get_by_label("Pressure", exact=True).select_option("firm")
    visitor.get_by_label(re.compile("^In stock")).check()
    visitor.get_by_role("button", name="Show the tools").click()
    visitor.wait_for_url("**/products/?hand=palm&pressure=firm&stock=in")
    assert found(visitor) == len(shown(visitor)) > 0


def test_combination_that_leaves_nothing_shows_the_ways_out(visitor: Page) -> None:
    visitor.goto("/products/?material=jade&pressure=firm&hand=wrist")
    assert found(visitor) == 0
    way = visitor.locator(".ways-out a").first
    promised = int(way.locator(".index__end").inner_text())
    way.click()
    expect(visitor.locator("#found")).to_have_text(re.compile(f"^{promised} tool"))


def state_of(page: Page, field: Any) -> tuple[str | None, str | None]:
    return field.get_attribute("aria-expanded"), field.get_attribute("aria-activedescendant")


@pytest.mark.parametrize("name", ["header-search", "q"])
def test_suggestions_are_walked_by_keyboard(desk: Page, name: str) -> None:
    desk.goto("/search/")
    field, options = desk.locator(f"#{name}"), desk.locator(f"#{name}-list [role=option]")
    expect(field).to_have_role("combobox")
    field.press_sequentially("hand")
    expect(options.first).to_be_visible()
    number = options.count()
    assert 1 < number <= 8
    expect(desk.locator(f"#{name}-list + [role=status]")).to_have_text(f"{number} suggestions")
    assert state_of(desk, field) == ("true", None)
    for key, place in (("ArrowDown", 0), ("End", number - 1), ("Home", 0), ("ArrowUp", None), ("ArrowUp", number - 1)):
        field.press(key)
        assert state_of(desk, field) == ("true", None if place is None else f"{name}-list-{place}")
        assert desk.locator(f"#{name}-list [aria-selected=true]").count() == (place is not None)
    field.press("Escape")
    assert state_of(desk, field) == ("false", None)
    expect(field).to_have_value("hand")
    field.press("ArrowDown")
    target = options.first.get_attribute("data-url")
    assert state_of(desk, field) == ("true", f"{name}-list-0")
    field.press("Enter")
    desk.wait_for_url(f"**{target}")


def test_typed_words_are_searched_whatever_is_suggested(visitor: Page) -> None:
    visitor.goto("/search/")
    field = visitor.locator("#q")
    field.press_sequentially("lavender")
    field.press("Enter")
    visitor.wait_for_url("**/search/?q=lavender")
    assert "result" in visitor.locator("#found").inner_text()


def test_suggestion_is_gone_to_by_a_press(phone: Page) -> None:
    phone.goto("/search/")
    phone.locator("#q").press_sequentially("lavender")
    first = phone.locator("#q-list [role=option]").first
    target = first.get_attribute("data-url")
    first.tap()
    phone.wait_for_url(f"**{target}")


def test_stale_suggestions_never_come_late(desk: Page) -> None:
    desk.goto("/search/")
    held: list[Route] = []
    desk.route("**/suggestions/?q=la", lambda route: held.append(route))
    field = desk.locator("#q")
    field.fill("la")
    desk.wait_for_timeout(400)
    field.fill("jade")
    expect(desk.locator("#q-list [role=option]").first).to_contain_text("Jade")
    field.press("Escape")
    for route in held:
        route.continue_()
    desk.wait_for_timeout(300)
    assert state_of(desk, field) == ("false", None)


LISTS = (
    "/products/",
    "/products/?hand=palm&pressure=firm&hand=moon",
    "/products/?material=jade&pressure=firm&hand=wrist",
    "/search/",
    "/search/?q=lavender",
    "/search/?q=zzzzqq",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_lists_have_no_barriers_open_or_closed(new_context: MakeContext, width: int, scheme: Any) -> None:
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True).new_page()
    for path in LISTS:
        page.goto(path)
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        assert page.evaluate(SMALL_TARGETS % TOUCH) == [], path
    page.goto("/search/")
    page.locator("#q").press_sequentially("hand")
    page.locator("#q-list [role=option]").first.wait_for()
    page.locator("#q").press("ArrowDown")
    assert barriers(page) == []
    if width < 960:
        page.goto("/products/?stock=in")
        page.locator("#filters-open").click()
        assert barriers(page) == []
        assert page.evaluate(SMALL_TARGETS % TOUCH) == []


def barriers(page: Page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]
