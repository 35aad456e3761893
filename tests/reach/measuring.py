"""Opens every page of the list in a real browser and measures what each keeps to; one pass for all tests.

In light at three widths and in dark at one, axe asks everything it knows; in dark at the other two only about contrast,
for nothing else depends on the scheme.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import APIResponse, BrowserContext, Page

from tests.reach.addresses import Answer, addresses, fill
from tests.reach.furnish import EMAIL
from tests.reach.looking import ADDRESS, CONFIRM, STATES
from tests.walking import PASSWORD, ROOT, Shop, demo_environment, sign_in

SHOTS = Path(os.environ.get("SHOP_VAR_DIR") or ROOT / "var") / "shots"
WIDTHS = (320, 768, 1440)
#: At twice the size of text: a phone, and a window on a desk.
LARGE_TEXT_WIDTHS = (390, 1280)
AXE_ALL = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
AXE_CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
RUN_AXE = """options => axe.run(document, options).then(found => found.violations.map(
  one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | ')))"""

#: What sticks out of the window: seen only by who scrolls sideways, or cut off.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = e => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const out = [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1)
      && !e.closest('.visually-hidden, [popover], svg, picture') && !scrolls(e) && e.checkVisibility();
  }).map(e => e.outerHTML.slice(0, 100));
  return (document.documentElement.scrollWidth > width ? ['scrolls sideways'] : []).concat(out.slice(0, 3));
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'a[href], button, select, textarea, summary, input:not([type=hidden])')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.visually-hidden'))
  .filter(e => !(['radio', 'checkbox'].includes(e.type) && e.closest('label, .choice')))
  .filter(e => !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
  .filter(e => { const box = e.getBoundingClientRect(); return box.width > 1 && box.height > 1 && box.height < 43.5; })
  .map(e => Math.round(e.getBoundingClientRect().height) + ' px: ' + e.outerHTML.slice(0, 100))"""
STRUCTURE = """() => {
  const problems = [], count = selector => document.querySelectorAll(selector).length;
  if (count('h1') !== 1) problems.push(count('h1') + ' h1');
  if (count('main') !== 1) problems.push(count('main') + ' main');
  if (!count('header')) problems.push('no header');
  if (document.documentElement.lang !== 'en-GB') problems.push('lang ' + document.documentElement.lang);
  let last = 0;
  for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
    const level = Number(heading.tagName[1]);
    if (last && level > last + 1) problems.push('h' + last + ' then ' + heading.outerHTML.slice(0, 80));
    last = level;
  }
  return problems;
}"""
#: After a press of Tab, so that the browser shows the focus as it does for the keyboard.
UNSEEN_FOCUS = """() => {
  const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  const shown = e => drawn(getComputedStyle(e)) || drawn(getComputedStyle(e, '::after'));
  const all = [...document.querySelectorAll('a[href], button, select, textarea, summary, input:not([type=hidden])')]
    .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}) && !e.closest('[popover]'));
  return all.filter(e => {
    e.focus({preventScroll: true});
    if (document.activeElement !== e) return false;
    const places = [e, e.closest('label'), e.parentElement, e.nextElementSibling];
    return !places.filter(Boolean).some(shown);
  }).map(e => e.outerHTML.slice(0, 100));
}"""
MOVING = "() => document.getAnimations().filter(a => a.playState === 'running').length"


@dataclass
class Measured:
    """What was found wrong, by kind: {kind: {page: problems}}; `titles`: {title: pages}."""

    wrong: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def note(self, kind: str, page: str, problems: list[str]) -> None:
        if problems:
            self.wrong.setdefault(kind, {}).setdefault(page, []).extend(problems)


@dataclass
class Stop:
    """A page to open: `route` names it; `html` is given for pages that no address shows by itself."""

    who: str
    route: str
    url: str
    html: str = ""

    @property
    def name(self) -> str:
        return f"{self.who}: /{self.route}" + (f" [{self.url.partition('?')[2]}]" if "?" in self.url else "")


def furnish_demo(shop: Shop) -> dict[str, Any]:
    """Lets the running demo's own settings make the customer who has done everything."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.reach.furnish", str(urlsplit(shop.url).port)]
    environment = demo_environment(shop.var) | {"DJANGO_SETTINGS_MODULE": "supplier.settings", "LOG_LEVEL": "ERROR"}
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr[-3000:]
    made: dict[str, Any] = json.loads(answer.stdout)
    return made


class Tour:
    """All stops, and a browser for each kind of person."""

    def __init__(self, made: dict[str, Any], new_context: Any) -> None:
        self.made = made
        options = {"reduced_motion": "reduce", "color_scheme": "light", "viewport": {"width": 1440, "height": 900}}
        self.contexts: dict[str, BrowserContext] = {
            who: new_context(**options) for who in ("visitor", "customer", "shopper")
        }
        sign_in(self.contexts["customer"].new_page(), EMAIL, PASSWORD)

    def stops(self) -> Iterator[Stop]:
        seen = set()
        for who in ("visitor", "customer"):
            for address in addresses(self.made["values"]):
                if address.route not in seen and self._is_page(who, address.url):
                    seen.add(address.route)
                    yield Stop(who, address.route, address.url)
        for route, more in STATES:
            yield Stop("customer", route, fill(route, self.made["values"]) + more)
        yield Stop("visitor", CONFIRM, fill(CONFIRM, self.made["values"]))
        yield from self._checkout()
        yield Stop("visitor", "404", "/nothing/is/here/")
        yield Stop("customer", "403", "/desk/")
        for name, html in self.made["bare"].items():
            yield Stop("visitor", name, f"/bare/{name}", html)

    def _is_page(self, who: str, url: str) -> bool:
        answer: APIResponse = self.contexts[who].request.get(url, max_redirects=0)
        return Answer(answer.status, answer.headers.get("content-type", "")).is_page

    def _checkout(self) -> Iterator[Stop]:
        page = self.contexts["shopper"].new_page()
        page.goto(fill("products/(?P<product_slug>[\\w-]*)_(?P<pk>\\d+)/", self.made["values"]))
        page.locator("#buy button").first.click()
        page.wait_for_load_state()
        yield Stop("shopper", "basket/", "/basket/")
        yield Stop("shopper", "checkout/", "/checkout/")
        page.goto("/checkout/")
        for name, value in ADDRESS.items():
            if name != "country":
                page.locator(f"main [name={name}]").fill(value)
        page.locator("main form").filter(has=page.locator("[name=line1]")).get_by_role(
            "button", name="Go to delivery"
        ).click()
        page.wait_for_url("**/checkout/delivery/")
        yield Stop("shopper", "checkout/delivery/", "/checkout/delivery/")
        page.get_by_role("button", name="payment").click()
        page.wait_for_url("**/checkout/pay/")
        yield Stop("shopper", "checkout/pay/", "/checkout/pay/")
        page.close()

    def open(self, page: Page, stop: Stop) -> None:
        if stop.html:
            page.route(f"**{stop.url}", lambda route: route.fulfill(body=stop.html, content_type="text/html"))
        page.goto(stop.url)


def measure(tour: Tour) -> Measured:
    measured = Measured()
    pages = {who: context.new_page() for who, context in tour.contexts.items()}
    errors: list[str] = []
    for page in pages.values():
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
    for stop in tour.stops():
        page = pages[stop.who]
        errors.clear()
        tour.open(page, stop)
        _measure_page(page, stop, measured)
        # The browser itself calls an answer of 403 or 404 an error.
        measured.note(
            "console", stop.name, [text for text in errors if "the server responded with a status" not in text]
        )
    return measured


def _measure_page(page: Page, stop: Stop, measured: Measured) -> None:
    measured.pages.append(stop.name)
    measured.titles.setdefault(page.title(), set()).add(stop.route)
    measured.note("structure", stop.name, page.evaluate(STRUCTURE))
    measured.note("motion", stop.name, [f"{n} running" for n in [page.evaluate(MOVING)] if n])
    page.evaluate(AXE_SCRIPT)
    for scheme, widths in (("light", WIDTHS), ("dark", tuple(reversed(WIDTHS)))):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            options = AXE_ALL if scheme == "light" or width == WIDTHS[-1] else AXE_CONTRAST
            found = page.evaluate(RUN_AXE, options)
            measured.note("axe", f"{stop.name} ({width} px, {scheme})", found)
            if scheme == "light":
                measured.note("reflow", f"{stop.name} ({width} px)", page.evaluate(STICKING_OUT))
            if scheme == "light" and width != 768:
                measured.note("targets", f"{stop.name} ({width} px)", page.evaluate(SMALL_TARGETS))
    page.emulate_media(color_scheme="light")
    if os.environ.get("KEEP_SHOTS"):
        _keep_shots(page, stop)
    _measure_large_text(page, stop, measured)
    page.keyboard.press("Tab")
    measured.note("focus", stop.name, page.evaluate(UNSEEN_FOCUS))


def _keep_shots(page: Page, stop: Stop) -> None:
    """For eyes: var/shots/, a phone and a desk, light and dark."""
    name = re.sub(r"\W+", "-", stop.name).strip("-")
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(image => image.loading = 'eager')")
    for scheme, width in itertools.product(("light", "dark"), (390, 1440)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")


def _measure_large_text(page: Page, stop: Stop, measured: Measured) -> None:
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in LARGE_TEXT_WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        measured.note("large text", f"{stop.name} ({width} px)", page.evaluate(STICKING_OUT))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 1440, "height": 900})
