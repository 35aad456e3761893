from __future__ import annotations

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from blog.models import Article
from catalog.catalogue.models import Category, Product
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client: Client) -> dict[str, str | None]:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        str(url.findtext("s:loc", namespaces=NAMES)).removeprefix(f"{settings.SITE_URL}/"): url.findtext(
            "s:lastmod", namespaces=NAMES
        )
        for url in tree.findall("s:url", NAMES)
    }


def article(slug: str, state: str) -> Article:
    return Article.objects.create(
        slug=slug,
        title=slug,
        description="-",
        author="-",
        state=state,
        source="Text.",
        published_on=datetime.date(2026, 10, 15),
    )


def test_sitemap_holds_what_every_visitor_sees_and_nothing_else(client: Client, make_page: Any) -> None:
    tool = make_tool("SH-1")
    make_tool("SH-2", is_public=False)
    Product.objects.create(upc="SH-1-M", title="Variant", structure=Product.CHILD, parent=tool)
    tools = make_range("hand-tools")
    rollers = make_range("rollers", parent=tools)
    make_range("hidden", parent=make_range("secret", is_public=False))
    make_technique("deep-hand-massage")
    article("sleep", "published")
    article("draft", "draft")
    make_page("delivery")

    assert set(addresses(client)) == {
        *("", "products/", "techniques/", "journal/"),
        tool.get_absolute_url().strip("/") + "/",
        f"categories/hand-tools_{tools.pk}/",
        f"categories/hand-tools/rollers_{rollers.pk}/",
        "techniques/deep-hand-massage/",
        "journal/sleep/",
        "delivery/",
    }


def test_sitemap_tells_when_texts_were_changed(client: Client, make_page: Any) -> None:
    article("sleep", "published")
    make_page("delivery")

    found = addresses(client)
    assert (found["journal/sleep/"], found["delivery/"]) == ("2026-10-15", "2026-11-19")


def test_sitemap_needs_the_same_queries_with_more_of_everything(
    client: Client, make_page: Any, django_assert_max_num_queries: Any
) -> None:
    client.get("/sitemap.xml")
    parent = make_range("hand-tools")
    for number in range(10):
        make_tool(f"SH-{number}")
        make_range(f"range-{number}", parent=Category.objects.get(pk=parent.pk))
        article(f"article-{number}", "published")
        make_page(f"page-{number}")
    with django_assert_max_num_queries(9):
        client.get("/sitemap.xml")
