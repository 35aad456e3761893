"""Which pages of the demo are measured, found as a search engine would; and a visitor with something in the basket."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode
from urllib.response import addinfourl

NAMES = ("home", "category", "technique", "product", "variants", "article", "search", "basket", "checkout")
#: Part of an address that each of these pages has, in the demo's content.
_FOUND_BY = {
    "category": r"/categories/hand-tools_",
    "technique": r"/techniques/deep-hand-massage/",
    "product": r"/products/deep-hand-massage-roller_",
    "variants": r"/products/spiky-palm-ball_",
    "article": r"/journal/can-hand-massage",
}
#: Pages of one person, and pages without end: search engines are told to leave them out.
_PRIVATE = {"search": "/search/?q=palm", "basket": "/basket/", "checkout": "/checkout/"}


class NotOpen(Exception):
    """The demo does not answer, or lacks a page; the words say what to do."""


@dataclass(frozen=True)
class Page:
    name: str
    url: str
    is_private: bool = False
    cookies: Mapping[str, str] = field(default_factory=dict)


def pages(address: str, *, only: Collection[str] = ()) -> list[Page]:
    found = _sitemap(address)
    urls = {"home": f"{address}/"} | {name: _first(found, part, name) for name, part in _FOUND_BY.items()}
    basket = _cookies_of_a_full_basket(address, urls["product"])
    rows = [Page(name, url) for name, url in urls.items()]
    for name, path in _PRIVATE.items():
        rows.append(Page(name, address + path, is_private=True, cookies={} if name == "search" else basket))
    return [page for page in rows if not only or page.name in only]


def _sitemap(address: str) -> list[str]:
    """All addresses of the sitemap and of the sitemaps that it names."""
    locations = _locations(f"{address}/sitemap.xml")
    maps = [url for url in locations if ".xml" in url]
    return [url for url in locations if url not in maps] + [url for one in maps for url in _locations(one)]


def _locations(url: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<loc>([^<]+)</loc>", _open(url).read().decode())]


def _first(urls: Collection[str], part: str, name: str) -> str:
    for url in urls:
        if re.search(part, url):
            return url
    raise NotOpen(f"The shop has no page for “{name}”: is the demo's content loaded?")


def _cookies_of_a_full_basket(address: str, product_url: str) -> dict[str, str]:
    """A product's number ends its address; the form is sent as from our own page."""
    number = product_url.rstrip("/").rsplit("_", 1)[-1]
    form = urllib.request.Request(
        f"{address}/basket/add/{number}/", data=urlencode({"quantity": 1}).encode(), headers={"Origin": address}
    )
    answer = _open(form)
    cookies = [header.split(";", 1)[0] for header in answer.headers.get_all("Set-Cookie") or []]
    if not cookies:
        raise NotOpen("The basket took nothing: is the roller of the demo's content in stock?")
    return dict(cookie.split("=", 1) for cookie in cookies)


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _open(request: str | urllib.request.Request) -> addinfourl:
    """Without any proxy, and without following: the cookies are on the redirect."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere)
    try:
        return opener.open(request, timeout=20)
    except urllib.error.HTTPError as answer:
        if answer.code in (302, 303):
            return answer
        raise NotOpen(f"{answer.url} answered {answer.code}.") from answer
    except OSError as problem:
        raise NotOpen(f"No shop answers ({problem}). Start ./bin/demo first, or name its address.") from problem
