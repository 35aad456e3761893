from __future__ import annotations

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oscar.apps.offer.models import Range

from blog.models import Article, Tag
from catalog.catalogue.models import Category, Product
from supplier.pages import sitemaps
from tests.factories.catalogue import make_image, put_into
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def maps(client: Client) -> list[str]:
    """Addresses of the maps that /sitemap.xml names, without the site."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    urls = [str(one.text) for one in tree.findall("s:sitemap/s:loc", NAMES)]
    assert all(url.startswith(f"{settings.SITE_URL}/") for url in urls)
    return [url.removeprefix(settings.SITE_URL) for url in urls]


def entries(client: Client) -> dict[str, ElementTree.Element]:
    """Of all maps, by address without the site."""
    trees = [ElementTree.fromstring(client.get(url).content) for url in maps(client)]
    rows = [url for tree in trees for url in tree.findall("s:url", NAMES)]
    found = {str(url.findtext("s:loc", namespaces=NAMES)): url for url in rows}
    assert len(found) == len(rows)
    return {url.removeprefix(f"{settings.SITE_URL}/"): row for url, row in found.items()}


def addresses(client: Client) -> dict[str, str | None]:
    """With the day of the last change."""
    return {url: row.findtext("s:lastmod", namespaces=NAMES) for url, row in entries(client).items()}


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
        *("", "products/", "techniques/", "journal/", "wholesale/", "offers/"),
        tool.get_absolute_url().strip("/") + "/",
        f"categories/hand-tools_{tools.pk}/",
        f"categories/hand-tools/rollers_{rollers.pk}/",
        "techniques/deep-hand-massage/",
        "journal/sleep/",
        "delivery/",
    }


def test_sitemap_leads_to_collections_that_staff_opened(client: Client) -> None:
    Range.objects.create(name="For gifts", slug="for-gifts", is_public=True, description="Small and sturdy.")
    Range.objects.create(name="Only for sums", slug="only-for-sums", is_public=False)
    found = [url for url in entries(client) if url.startswith("ranges/")]
    assert found == ["ranges/for-gifts/"]
    html = client.get("/ranges/for-gifts/").content.decode()
    assert '<meta property="og:description" content="Small and sturdy.">' in html


def test_sitemap_tells_when_texts_were_changed(client: Client, make_page: Any) -> None:
    article("sleep", "published")
    make_page("delivery")

    found = addresses(client)
    assert (found["journal/sleep/"], found["delivery/"]) == ("2026-10-15", "2026-11-19")


def test_sitemap_tells_when_a_tool_of_a_range_was_changed(client: Client) -> None:
    tools = make_range("hand-tools")
    put_into(make_range("rollers", parent=tools), make_tool("SH-1"))
    Product.objects.update(date_updated=datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC))
    make_range("empty")
    found = addresses(client)
    assert found[f"categories/hand-tools_{tools.pk}/"] == "2026-11-02"
    assert [day for url, day in found.items() if "empty" in url] == [None]


def test_sitemap_names_the_photographs_of_a_page(client: Client) -> None:
    tool = make_tool("SH-1")
    second, first = make_image(tool, order=1), make_image(tool, order=0)
    row = entries(client)[tool.get_absolute_url().lstrip("/")]
    images = [one.text for one in row.findall("image:image/image:loc", NAMES)]
    assert images == [f"{settings.SITE_URL}{image.original.url}" for image in (first, second)]


def test_sitemap_leads_to_the_tags_of_published_articles_only(client: Client) -> None:
    article("sleep", "published").tags.add(Tag.objects.create(name="evening", slug="evening"))
    article("draft", "draft").tags.add(Tag.objects.create(name="secret", slug="secret"))
    found = addresses(client)
    assert "journal/tags/evening/" in found
    assert "journal/tags/secret/" not in found


def test_every_address_of_the_sitemap_is_there_and_calls_itself_so(client: Client, make_page: Any) -> None:
    put_into(make_range("rollers", parent=make_range("hand-tools")), make_tool("SH-1"))
    make_technique("deep-hand-massage")
    article("sleep", "published").tags.add(Tag.objects.create(name="evening", slug="evening"))
    make_page("delivery")
    for address in entries(client):
        html = client.get(f"/{address}").content.decode()
        assert f'<link rel="canonical" href="{settings.SITE_URL}/{address}">' in html
        assert "noindex" not in html


def test_long_map_is_cut_into_several_by_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps.ShopSitemap, "limit", 2)
    for number in range(5):
        make_tool(f"SH-{number}")
    assert [url for url in maps(client) if "products" in url] == [
        "/sitemap-products.xml",
        "/sitemap-products.xml?p=2",
        "/sitemap-products.xml?p=3",
    ]
    assert sum(url.startswith("products/tool") for url in entries(client)) == 5
    with CaptureQueriesContext(connection) as queries:
        client.get("/sitemap-products.xml?p=2")
    assert any("LIMIT 2 OFFSET 2" in query["sql"] for query in queries)


@pytest.mark.parametrize("address", ["sitemap-nothing.xml", "sitemap-products.xml?p=99", "sitemap-products.xml?p=x"])
def test_map_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/{address}").status_code == 404


def test_sitemap_needs_the_same_queries_with_more_of_everything(client: Client, make_page: Any) -> None:
    def queries_of_all_maps() -> list[int]:
        counts = []
        for address in ("/sitemap.xml", *maps(client)):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    parent = make_range("hand-tools")

    def grow(numbers: range) -> None:
        for number in numbers:
            make_image(make_tool(f"SH-{number}"))
            make_range(f"range-{number}", parent=Category.objects.get(pk=parent.pk))
            tag = Tag.objects.create(name=f"tag {number}", slug=f"tag-{number}")
            article(f"article-{number}", "published").tags.add(tag)
            make_page(f"page-{number}")

    grow(range(2))
    queries_of_all_maps()  # warms what the process keeps, such as the row of the site
    few = queries_of_all_maps()
    grow(range(2, 12))
    assert queries_of_all_maps() == few
    assert max(few) <= 9
