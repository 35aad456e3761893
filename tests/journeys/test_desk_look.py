"""The staff's pages about the look: styleguide and letters, measured in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.walking import sign_in

from .test_look import SMALL_TARGETS, TOUCH

pytestmark = pytest.mark.browser

PAGES = (
    "/desk/styleguide/",
    "/desk/letters/preview/",
    "/desk/letters/preview/order-paid/",
    "/desk/letters/preview/quote-offered.abroad/?size=desk",
)
SIZES = (320, 768, 1440)
#: A letter stands within the page of a mail program, which has the landmarks.
OF_A_PAGE = {"rules": {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}}


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext]) -> Callable[[str], Page]:
    def open_desk(scheme: Any) -> Page:
        page = new_context(color_scheme=scheme, bypass_csp=True).new_page()
        sign_in(page, "staff@stillhand.example")
        return page

    return open_desk


def violations(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:120]}"
        for found in Axe().run(page, options=options).response["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_about_the_look_have_no_barriers_and_fit(desk: Callable[[str], Page], scheme: str) -> None:
    page = desk(scheme)
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            page.goto(path)
            assert violations(page) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
            assert page.evaluate(SMALL_TARGETS % TOUCH) == [], (path, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_have_no_barriers_and_fit_a_narrow_phone(desk: Callable[[str], Page], scheme: str) -> None:
    page = desk("light")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/desk/letters/preview/")
    for path in page.locator("main .index a").evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        page.goto(f"{path}html/?scheme={scheme}")
        assert violations(page, OF_A_PAGE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_the_styleguide_switches_light_and_dark_whatever_the_screen_is(desk: Callable[[str], Page]) -> None:
    page = desk("light")
    page.goto("/desk/styleguide/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("link", name="Dark", exact=True).click()
    assert page.evaluate(ground) != light
    page.get_by_role("link", name="Light", exact=True).click()
    assert page.evaluate(ground) == light


def test_a_letter_is_shown_in_its_frame_and_runs_no_script(desk: Callable[[str], Page]) -> None:
    page = desk("light")
    page.goto("/desk/letters/preview/order-paid/")
    frame = page.frame_locator("iframe.preview__frame")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Your order is paid")
    assert page.locator("iframe").get_attribute("sandbox") == "allow-popups allow-popups-to-escape-sandbox"


def test_the_menu_of_the_desk_stays_on_one_line_on_a_small_computer(desk: Callable[[str], Page]) -> None:
    page = desk("light")
    for width in (1024, 1100, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/desk/")
        tops = page.locator(".header li a, .header__tools a").evaluate_all(
            "links => links.filter(link => link.offsetWidth).map(link => Math.round(link.getBoundingClientRect().top))"
        )
        assert len(tops) >= 9
        assert len(set(tops)) == 1, width


def test_boxes_to_tick_in_the_admin_are_large_enough(desk: Callable[[str], Page]) -> None:
    page = desk("light")
    page.goto("/admin/catalogue/product/")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("input[type=checkbox]:visible").first).to_be_visible()
    boxes = page.locator("input[type=checkbox]:visible").evaluate_all(
        "boxes => boxes.map(box => Math.min(box.getBoundingClientRect().width, box.getBoundingClientRect().height))"
    )
    assert boxes
    assert min(boxes) >= 24
