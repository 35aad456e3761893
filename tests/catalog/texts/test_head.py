"""The head of every public page: one address, the languages, and how a link to it looks."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import include, path
from django.utils import translation

from blog.models import Article
from catalog.texts.crawling import is_closed
from catalog.texts.languages import alternates, language_tag, locale_of
from supplier.pages.models import Page
from tests.factories.catalogue import make_image, make_parent, put_into
from tests.factories.texts import make_range, make_technique, make_tool
from tests.structured import SITE

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    """Links and metas of a page; `title` as it stands in the tab."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: dict[str, list[dict[str, str]]] = {}
        self.title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]  # type: ignore[index]
        self.feed(html.partition("<body")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := told.get("name") or told.get("property")):
            assert name not in self.metas or name == "theme-color", f"{name} is told twice"
            self.metas[name] = told["content"]
        if tag == "link":
            self.links.setdefault(told["rel"], []).append(told)

    @property
    def canonical(self) -> str:
        (link,) = self.links.get("canonical", [{"href": ""}])
        return link["href"]


def head_of(client: Client, address: str, status: int = 200) -> Head:
    response = client.get(address)
    assert response.status_code == status
    return Head(response.content.decode())


@pytest.fixture
def shop() -> dict[str, str]:
    """A page of each public kind."""
    tools = make_range("hand-tools", summary="Rollers and balls.")
    for number in range(30):
        put_into(tools, make_tool(f"SH-{number}"))
    roller = make_tool("SH-R", title="Roller", summary="Two beech rollers.")
    make_image(roller, alt="A roller on linen")
    technique = make_technique("deep-hand-massage", summary="Slow and deep.")
    article = Article.objects.create(
        slug="sleep",
        title="Does it help sleep?",
        description="What three studies say.",
        author="Us",
        state="published",
        published_on=datetime.date(2026, 10, 15),
        source="Text.",
    )
    Page.objects.create(
        slug="delivery", title="Delivery", description="Prices.", updated_on=datetime.date(2026, 11, 19), source="Two."
    )
    return {
        "home": "/",
        "tools": "/products/",
        "range": tools.get_absolute_url(),
        "techniques": "/techniques/",
        "technique": technique.get_absolute_url(),
        "product": roller.get_absolute_url(),
        "journal": "/journal/",
        "article": article.get_absolute_url(),
        "page": "/delivery/",
        "wholesale": "/wholesale/",
        "offers": "/offers/",
    }


def test_public_pages_tell_their_own_address_title_description_and_picture(
    client: Client, shop: dict[str, str]
) -> None:
    titles, descriptions = set(), set()
    for address in shop.values():
        head = head_of(client, address)
        assert head.canonical == head.metas["og:url"] == f"{SITE}{address}"
        assert "robots" not in head.metas
        assert head.metas["og:title"] in head.title
        assert head.metas["description"] == head.metas["og:description"]
        assert head.metas["og:locale"] == "en_GB"
        assert head.metas["og:image"].startswith(f"{SITE}/")
        assert int(head.metas["og:image:width"]) > 0 < int(head.metas["og:image:height"])
        assert head.metas["og:image:alt"] == head.metas["twitter:image:alt"]
        titles.add(head.title)
        descriptions.add(head.metas["description"])
    assert len(titles) == len(descriptions) == len(shop)


def test_picture_that_is_shared_exists_in_the_size_that_is_told(client: Client, shop: dict[str, str]) -> None:
    import io

    from PIL import Image

    for address in (shop["home"], shop["product"]):
        metas = head_of(client, address).metas
        file = client.get(metas["og:image"].removeprefix(SITE))
        with Image.open(io.BytesIO(b"".join(file))) as picture:  # type: ignore[call-overload]
            assert picture.size == (int(metas["og:image:width"]), int(metas["og:image:height"]))
    assert head_of(client, shop["product"]).metas["og:image:alt"] == "A roller on linen"


def test_article_tells_its_day(client: Client, shop: dict[str, str]) -> None:
    metas = head_of(client, shop["article"]).metas
    assert (metas["og:type"], metas["article:published_time"]) == ("article", "2026-10-15")


@pytest.mark.parametrize("noise", ["?utm_source=letter", "?gclid=1", "?page=1", "?page=abc", "?fbclid=%22%3E%3Cb%3E"])
@pytest.mark.parametrize("kind", ["home", "range", "product", "article", "journal", "page"])
def test_noise_in_an_address_is_dropped(client: Client, shop: dict[str, str], kind: str, noise: str) -> None:
    head = head_of(client, shop[kind] + noise)
    assert head.canonical == f"{SITE}{shop[kind]}"
    assert "robots" not in head.metas


@pytest.mark.parametrize("kind", ["tools", "range"])
def test_second_page_of_a_list_is_its_own(client: Client, shop: dict[str, str], kind: str) -> None:
    first, second = head_of(client, shop[kind]), head_of(client, f"{shop[kind]}?utm_source=x&page=2")
    assert second.canonical == f"{SITE}{shop[kind]}?page=2"
    assert second.title != first.title
    assert head_of(client, f"{shop[kind]}?page=99").canonical == second.canonical


@pytest.mark.parametrize("query", ["material=wood", "sort=price", "page=2&hand=palm", "stock=in&utm_source=x"])
def test_filtered_list_points_to_the_whole_one_and_is_not_to_be_found(
    client: Client, shop: dict[str, str], query: str
) -> None:
    for kind in ("tools", "range"):
        head = head_of(client, f"{shop[kind]}?{query}")
        assert head.canonical == f"{SITE}{shop[kind]}"
        assert head.metas["robots"] == "noindex, follow"


def test_variant_points_to_its_product(client: Client) -> None:
    parent = make_parent()
    head = head_of(client, f"{parent.get_absolute_url()}?variant=SH-DHM-03-F")
    assert head.canonical == f"{SITE}{parent.get_absolute_url()}"
    assert "robots" not in head.metas


@pytest.mark.parametrize(
    "address",
    [
        *("/search/?q=palm", "/basket/", "/basket/shared/?add=SH-1:1", "/accounts/login/", "/password-reset/"),
        *("/messages/", "/accounts/", "/accounts/orders/", "/accounts/logout/", "/desk/"),
    ],
)
def test_private_pages_have_no_address_and_are_not_to_be_found(client: Client, sales_clerk: Any, address: str) -> None:
    if address.startswith(("/accounts/", "/desk/")) and "login" not in address:
        client.force_login(sales_clerk)
    head = head_of(client, address)
    assert not head.canonical
    assert head.metas["robots"].startswith("noindex")


def test_checkout_is_not_to_be_found(client: Client) -> None:
    tool = make_tool("SH-1")
    client.post(f"/basket/add/{tool.pk}/", {"quantity": 1}, headers={"origin": SITE})
    head = head_of(client, "/checkout/")
    assert (head.canonical, head.metas["robots"]) == ("", "noindex, follow")


def test_page_that_is_not_here_is_not_to_be_found(client: Client) -> None:
    head = head_of(client, "/nowhere/", status=404)
    assert (head.canonical, head.metas["robots"]) == ("", "noindex, follow")


def test_robots_are_kept_from_what_heads_ask_to_leave_out(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    for closed in ("/basket/", "/search/", "/accounts/", "/*?material=", "/*&material=", "/*?sort="):
        assert f"Disallow: {closed}" in lines
    assert not any("page=" in line for line in lines)


def test_language_is_told_as_browsers_want_it(client: Client) -> None:
    assert '<html lang="en-GB">' in client.get("/").content.decode()
    assert (language_tag("de"), locale_of("pt-br")) == ("de", "pt_BR")


def test_one_language_tells_no_alternates(client: Client) -> None:
    assert [code for code, _name in django_settings.LANGUAGES] == ["en-gb"]
    assert alternates("/products/") == []
    assert "alternate" not in head_of(client, "/products/").links


class TwoLanguages:
    """The addresses of a shop in English and German, English without a prefix."""

    from django.conf.urls.i18n import i18n_patterns

    urlpatterns = i18n_patterns(path("", include("supplier.urls")), prefix_default_language=False)


@pytest.fixture
def two_languages(settings: Any) -> Any:
    from django.conf.urls.i18n import is_language_prefix_patterns_used
    from django.urls import clear_url_caches

    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    settings.ROOT_URLCONF = TwoLanguages
    is_language_prefix_patterns_used.cache_clear()
    clear_url_caches()
    yield
    is_language_prefix_patterns_used.cache_clear()
    clear_url_caches()


def test_two_languages_tell_of_each_other(two_languages: None, client: Client) -> None:
    links = head_of(client, "/products/").links["alternate"]
    assert {(link["hreflang"], link["href"]) for link in links} == {
        ("en-GB", f"{SITE}/products/"),
        ("de", f"{SITE}/de/products/"),
        ("x-default", f"{SITE}/products/"),
    }


def test_private_pages_are_private_in_every_language(two_languages: None) -> None:
    assert [is_closed(path) for path in ("/basket/", "/de/basket/", "/fr/basket/", "/de/")] == [
        True,
        True,
        False,
        False,
    ]


def test_alternates_are_the_same_whichever_language_asks(two_languages: None) -> None:
    with translation.override("de"):
        told = alternates("/de/products/")
    assert told == alternates("/products/")
    assert len(told) == 3
