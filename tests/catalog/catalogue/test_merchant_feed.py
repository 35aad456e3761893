"""The feed for Google's Merchant Center: what is for sale, at the price of its page and of the basket."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.catalogue import merchant_feed
from catalog.catalogue.models import Product, ProductImage
from tests.factories.catalogue import give_facts, make_image, make_parent, put_into, set_stock
from tests.factories.texts import make_range, make_technique, make_tool
from tests.shop import make_method
from tests.structured import SITE, shown

pytestmark = pytest.mark.django_db

FEED = "/feeds/google-merchant.xml"
G = "{http://base.google.com/ns/1.0}"
CONTENT = Path(__file__).resolve().parents[3] / "supplier/demo/content"
SUMMARY = "Two ridged beech rollers on a steel axle."
#: Google refuses an item that lacks one of these.
REQUIRED = ("id", "title", "description", "link", "image_link", "availability", "price", "condition", "brand", "mpn")

Item = dict[str, list[str]]


def items(client: Client) -> dict[str, Item]:
    """By their id; each with its Google attributes, in order."""
    response = client.get(FEED)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    tree = ElementTree.fromstring(b"".join(response))  # type: ignore[call-overload]
    assert tree.tag == "rss"
    found: dict[str, Item] = {}
    for item in tree.iterfind("channel/item"):
        told: Item = {}
        for part in item:
            told.setdefault(part.tag.removeprefix(G), []).append(part.text or "")
        found[told["id"][0]] = told
    return found


def make_listed(sku: str, **fields: Any) -> Product:
    tool = make_tool(sku, **{"summary": SUMMARY, **fields})
    make_image(tool)
    return tool


@pytest.fixture
def demo() -> None:
    """All products of the demo, each with a photograph."""
    files = [str(CONTENT / name) for name in ("categories.csv", "products.csv", "delivery.csv")]
    call_command("load_catalogue", *files, verbosity=0, later=True)
    ProductImage.objects.bulk_create(
        ProductImage(product=product, original="images/a.jpg", alt="A tool", width=4, height=3, has_renditions=True)
        for product in Product.objects.exclude(structure=Product.CHILD)
    )


def test_every_price_of_the_demo_is_that_of_its_page_and_of_the_basket(client: Client, demo: None) -> None:
    told = items(client)
    for_sale = Product.objects.filter(stockrecords__price__isnull=False, is_public=True)
    assert set(told) == set(for_sale.values_list("upc", flat=True))
    for sku, item in told.items():
        price = item["price"][0].removesuffix(" GBP")
        product = for_sale.get(upc=sku)
        assert price == _price_on_page(client, item["link"][0], product)
        if item["availability"] == ["in_stock"]:  # else nobody can put it into a basket
            assert price == _price_in_basket(product)


def _price_on_page(client: Client, link: str, product: Product) -> str:
    page = shown(client, link.removeprefix(SITE))
    if not product.parent_id:
        return re.search(r'<p class="price">£([\d.]+)</p>', page.html)[1]  # type: ignore[index]
    row = re.search(rf'value="{product.pk}".*?</label>', page.html, re.DOTALL)[0]  # type: ignore[index]
    assert "checked" in row.partition(">")[0]
    return re.search(r"£([\d.]+)", row)[1]  # type: ignore[index]


def _price_in_basket(product: Product) -> str:
    visitor = Client()
    target = product.parent_id or product.pk
    typed = {"quantity": 1, **({"child_id": product.pk} if product.parent_id else {})}
    visitor.post(f"/basket/add/{target}/", typed, headers={"origin": SITE})
    line = re.search(r'<p class="line__sum">(.*?)</p>', visitor.get("/basket/").content.decode())
    return line[1].removeprefix("£")  # type: ignore[index]


def test_demo_items_have_what_google_asks_for(client: Client, demo: None) -> None:
    for item in items(client).values():
        for name in REQUIRED:
            assert len(item[name]) == 1
            assert item[name][0].strip()
        assert merchant_feed.SHORTEST_DESCRIPTION <= len(item["description"][0]) <= merchant_feed.LONGEST_DESCRIPTION
        assert not re.search(r"<|&lt;|&amp;|\{\{", item["description"][0])
        assert len(item["title"][0]) <= merchant_feed.LONGEST_TITLE
        assert "gtin" not in item  # those of the demo are for use within one shop
        assert item["product_type"][0].count(" > ") <= 2


def test_what_nobody_can_buy_is_left_out(client: Client) -> None:
    make_listed("SOLD")
    make_listed("HIDDEN", is_public=False)
    make_listed("UNPRICED").stockrecords.update(price=None)
    make_listed("NO-RECORD").stockrecords.all().delete()
    make_listed("WORDLESS", summary="")
    make_tool("NO-PICTURE", summary=SUMMARY)
    hidden = make_parent("P-HIDDEN", is_public=False, summary=SUMMARY)
    make_image(hidden)
    assert set(items(client)) == {"SOLD"}


def test_variants_are_items_of_one_group(client: Client) -> None:
    parent = make_parent(variants={"soft": ("8.90", 132), "firm": ("9.40", 0)}, summary=SUMMARY)
    make_image(parent, alt="All of them")
    firm = parent.children.get(variant_label="firm")
    own = make_image(firm)
    give_facts(firm, colour=["violet"], weight_g=105)
    told = items(client)
    assert {item["item_group_id"][0] for item in told.values()} == {parent.upc}
    item = told["SH-DHM-03-F"]
    assert item["link"] == [f"{SITE}{parent.get_absolute_url()}?variant=SH-DHM-03-F"]
    assert (item["price"], item["availability"]) == (["9.40 GBP"], ["out_of_stock"])
    assert (item["color"], item["shipping_weight"]) == (["violet"], ["105 g"])
    assert item["image_link"] == [SITE + own.original.url]
    assert len(item["additional_image_link"]) == 1
    assert told["SH-DHM-03-S"]["availability"] == ["in_stock"]


@pytest.mark.parametrize(("pieces", "state"), [(9, "in_stock"), (1, "in_stock"), (0, "out_of_stock")])
def test_availability_is_that_of_the_page(client: Client, pieces: int, state: str) -> None:
    tool = make_listed("SH-1")
    set_stock(tool, pieces, low_at=3)
    assert items(client)["SH-1"]["availability"] == [state]
    offer = shown(client, tool.get_absolute_url()).data["Product"]["offers"]
    assert (offer["availability"] == "https://schema.org/OutOfStock") == (state == "out_of_stock")


def test_delivery_is_that_of_the_page(client: Client) -> None:
    make_method("uk", price="3.95", free_from=Decimal("45"), name="UK standard")
    make_method("eu", countries="DE", price="12.90", position=1)
    make_listed("CHEAP")
    make_listed("DEAR", price="45.00")
    tree = ElementTree.fromstring(b"".join(client.get(FEED)))  # type: ignore[call-overload]
    told = {
        item.findtext(f"{G}id"): [one.findtext(f"{G}price") for one in item.iterfind(f"{G}shipping")]
        for item in tree.iterfind("channel/item")
    }
    assert told == {"CHEAP": ["3.95 GBP"], "DEAR": ["0.00 GBP"]}


def test_ranges_and_number_are_told(client: Client) -> None:
    tool = make_listed("SH-1")
    give_facts(tool, gtin="4006381333931")
    tools = make_range("hand-tools")
    put_into(tools, tool)
    put_into(make_range("rollers", parent=tools), tool)
    put_into(make_technique("deep-hand-massage"), tool)
    item = items(client)["SH-1"]
    assert (item["product_type"], item["gtin"]) == (["Hand tools > Rollers"], ["4006381333931"])


def test_hostile_words_are_only_words(client: Client) -> None:
    make_listed(
        "SH-1", title="A & B <script>\x0b]]>\ufffe \U0001f600", summary="It isn't <b>bold</b> & \x01 so on, \x0c no."
    )
    (item,) = items(client).values()
    assert item["title"] == ["A & B <script> ]]> \U0001f600"]
    assert "\x01" not in item["description"][0]


def test_feed_asks_the_same_for_each_piece(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merchant_feed, "CHUNK", 5)
    tools = make_range("hand-tools")

    def queries_for(number: int) -> int:
        for place in range(number):
            put_into(tools, make_listed(f"SH-{number}-{place}"))
        with CaptureQueriesContext(connection) as queries:
            assert len(items(client)) >= number
        return len(queries)

    one_chunk, three_chunks = queries_for(5), queries_for(10)
    each = (three_chunks - one_chunk) / 2
    assert each <= 7
    assert one_chunk <= each + 2


def test_feed_is_not_kept_and_not_found(client: Client) -> None:
    response = client.get(FEED)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert response.streaming
    assert client.post(FEED).status_code == 405
