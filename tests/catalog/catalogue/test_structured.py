"""Structured data of products and ranges: it says what the page says, no more, no less."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from oscar.apps.offer.models import Range

from catalog.catalogue.gtin import public_gtin
from catalog.catalogue.models import Product
from catalog.shipping import returns
from tests.factories.catalogue import give_facts, make_image, make_parent, put_into, set_stock
from tests.factories.texts import make_range, make_technique, make_tool
from tests.shop import make_method
from tests.structured import SITE, Shown, shown

pytestmark = pytest.mark.django_db

#: What Google asks of each (developers.google.com/search/docs/appearance/structured-data), as of November 2026.
REQUIRED = {
    "Product": {"name", "image", "offers"},
    "ProductGroup": {"name", "productGroupID", "hasVariant", "variesBy"},
    "Offer": {"price", "priceCurrency", "availability"},
    "OfferShippingDetails": {"shippingRate", "shippingDestination", "deliveryTime"},
    "ShippingDeliveryTime": {"handlingTime", "transitTime"},
    "MerchantReturnPolicy": {"applicableCountry", "returnPolicyCategory", "merchantReturnDays"},
    "ListItem": {"position", "name"},
}
WORDS_OF_STOCK = {
    "https://schema.org/InStock": "In stock",
    "https://schema.org/LimitedAvailability": "Last",
    "https://schema.org/OutOfStock": "Sold out",
}


def assert_complete(data: Any) -> None:
    """Every thing in it has what is required of its type."""
    if isinstance(data, list):
        for one in data:
            assert_complete(one)
    if isinstance(data, dict):
        missing = REQUIRED.get(data.get("@type", ""), set()) - set(data)
        assert not missing, f"{data['@type']} lacks {missing}"
        for value in data.values():
            assert_complete(value)


def assert_offer_is_shown(page: Shown, offer: dict[str, Any]) -> None:
    assert f"£{offer['price']}" in page.text
    assert offer["priceCurrency"] == "GBP"
    assert WORDS_OF_STOCK[offer["availability"]] in page.text
    assert offer["itemCondition"] == "https://schema.org/NewCondition"
    for delivery in offer["shippingDetails"]:
        rate, days = delivery["shippingRate"], delivery["deliveryTime"]["transitTime"]
        assert rate["currency"] == "GBP"
        assert days["minValue"] <= days["maxValue"]


@pytest.fixture
def roller() -> Product:
    tool = make_tool("SH-R", title="Roller & stand", summary="Two beech <rollers>.", price="29.00")
    make_image(tool)
    make_image(tool, order=1)
    put_into(make_range("rollers", parent=make_range("hand-tools")), tool)
    return tool


@pytest.fixture
def methods() -> None:
    make_method("uk", price="3.95", free_from=Decimal("45"), name="UK standard", days_min=2, days_max=3)
    make_method(
        "fast", price="7.95", name="UK express", days_min=1, days_max=1, max_weight_g=15000, position=1, cut_off="14:00"
    )
    make_method("collect", price="0.00", name="Collection", position=2)
    make_method("eu", countries="DE", price="12.90", name="EU standard", position=3)


def test_product_says_what_its_page_says(client: Client, roller: Product, methods: None) -> None:
    page = shown(client, roller.get_absolute_url())
    data = page.data["Product"]
    assert_complete(data)
    assert data["name"] == page.heading == "Roller & stand"
    assert data["description"] == "Two beech <rollers>." in page.text
    assert data["sku"] == "SH-R" in page.text
    assert data["url"] == page.canonical == data["offers"]["url"]
    assert len(data["image"]) == 2
    for image in data["image"]:
        assert image.removeprefix(SITE) in page.html
    assert_offer_is_shown(page, data["offers"])
    assert "aggregateRating" not in data
    assert "review" not in data


@pytest.mark.parametrize(
    ("pieces", "state", "words"),
    [(50, "InStock", "In stock"), (2, "LimitedAvailability", "Last 2"), (0, "OutOfStock", "Sold out.")],
)
def test_availability_is_the_stock_of_the_page(
    client: Client, roller: Product, pieces: int, state: str, words: str
) -> None:
    set_stock(roller, pieces, low_at=5)
    page = shown(client, roller.get_absolute_url())
    assert page.data["Product"]["offers"]["availability"] == f"https://schema.org/{state}"
    assert words in page.text


def test_product_that_is_not_for_sale_makes_no_offer(client: Client, roller: Product) -> None:
    roller.stockrecords.update(price=None)
    page = shown(client, roller.get_absolute_url())
    assert "offers" not in page.data["Product"]
    assert "£" not in page.text


def test_each_variant_has_the_price_stock_and_address_of_its_row(client: Client, methods: None) -> None:
    parent = make_parent(variants={"soft": ("8.90", 132), "medium": ("9.15", 3), "firm": ("9.40", 0)})
    make_image(parent)
    for variant, colour in zip(parent.children.order_by("pk"), ("sage green", "grey", "violet"), strict=True):
        give_facts(variant, colour=[colour], material=["natural rubber"])
    page = shown(client, parent.get_absolute_url())
    data = page.data["ProductGroup"]
    assert_complete(data)
    assert (data["name"], data["productGroupID"]) == (page.heading, parent.upc)
    assert data["variesBy"] == ["https://schema.org/color"]
    rows = re.findall(r'<label class="choice">.*?</label>', page.html, re.DOTALL)
    assert len(rows) == len(data["hasVariant"]) == 3
    for row, variant in zip(rows, data["hasVariant"], strict=True):
        row_text = Shown(row).text
        assert variant["name"].rpartition(", ")[2].capitalize() in row_text
        assert_offer_is_shown(Shown(row), variant["offers"])
        assert variant["url"] == variant["offers"]["url"] == f"{page.canonical}?variant={variant['sku']}"


def test_address_of_a_variant_chooses_it(client: Client) -> None:
    parent = make_parent()
    for variant in shown(client, parent.get_absolute_url()).data["ProductGroup"]["hasVariant"]:
        html = client.get(variant["url"].removeprefix(SITE)).content.decode()
        chosen = Product.objects.get(upc=variant["sku"]).pk
        assert re.search(rf'value="{chosen}"[^>]* checked', html)


def test_delivery_costs_what_the_checkout_charges(client: Client, roller: Product, methods: None) -> None:
    def rates() -> dict[str, str]:
        offer = shown(client, roller.get_absolute_url()).data["Product"]["offers"]
        return {one["name"]: one["shippingRate"]["value"] for one in offer["shippingDetails"]}

    assert rates() == {"UK standard": "3.95", "UK express": "7.95"}
    roller.stockrecords.update(price=Decimal("45.00"))
    assert rates() == {"UK standard": "0.00", "UK express": "7.95"}
    give_facts(roller, weight_g=15001)
    assert rates() == {"UK standard": "0.00"}


def test_delivery_tells_the_days_of_the_method(client: Client, roller: Product, methods: None) -> None:
    offer = shown(client, roller.get_absolute_url()).data["Product"]["offers"]
    time = offer["shippingDetails"][0]["deliveryTime"]
    assert (time["transitTime"]["minValue"], time["transitTime"]["maxValue"]) == (2, 3)
    assert time["handlingTime"]["maxValue"] == 0
    assert offer["shippingDetails"][0]["shippingDestination"]["addressCountry"] == "GB"
    assert "cutoffTime" not in time
    express = offer["shippingDetails"][1]["deliveryTime"]
    assert re.fullmatch(r"14:00:00\+0[01]:00", express["cutoffTime"])


def test_sealed_goods_come_back_as_new_only(client: Client, roller: Product) -> None:
    def policy() -> dict[str, Any]:
        return dict(shown(client, roller.get_absolute_url()).data["Product"]["offers"]["hasMerchantReturnPolicy"])

    assert "itemCondition" not in policy()
    give_facts(roller, sealed_hygiene_good=True)
    assert policy()["itemCondition"] == "https://schema.org/NewCondition"
    assert "as long as the seal is whole" in shown(client, roller.get_absolute_url()).text


def test_terms_for_returns_are_those_of_the_demos_page() -> None:
    content = Path(__file__).resolve().parents[3] / "supplier/demo/content/pages"
    text = (content / "returns.md").read_text()
    assert f"within {returns.DAYS} days and without a reason" in text
    assert "**You changed your mind:** you do, including from abroad." in text
    assert "Unopened, they can come back like anything else." in text
    assert "slug: returns" in text
    assert returns.PATH == "/returns/"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("4006381333931", "4006381333931"),
        ("036000291452", "036000291452"),
        ("73513537", "73513537"),
        ("4006381333932", ""),  # wrong check digit
        ("2900426000012", ""),  # for use within one shop
        ("0200000000004", ""),
        ("400638133393", ""),
        ("<b>", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_numbers_that_others_know_are_told(typed: str | None, told: str) -> None:
    assert public_gtin(typed) == told


def test_product_tells_its_number_maker_and_material(client: Client, roller: Product) -> None:
    give_facts(
        roller, gtin="4006381333931", maker="Alder Ltd, 4 Example Street", material=["beech", "steel"], weight_g=210
    )
    page = shown(client, roller.get_absolute_url())
    data = page.data["Product"]
    assert (data["gtin"], data["manufacturer"]["name"]) == ("4006381333931", "Alder Ltd")
    assert (data["material"], data["weight"]["value"]) == ("beech and steel", 210)
    assert "Alder Ltd" in page.text
    assert "Beech and steel" in page.text
    assert "210 g" in page.text


def test_breadcrumbs_are_those_of_the_page(client: Client, roller: Product) -> None:
    technique = make_technique("deep-hand-massage")
    rollers = roller.categories.get()
    gifts = Range.objects.create(name="For gifts", slug="for-gifts", is_public=True)
    gifts.add_product(roller)
    addresses = [*(thing.get_absolute_url() for thing in (roller, rollers, technique)), "/ranges/for-gifts/"]
    for address in addresses:
        page = shown(client, address)
        assert page.breadcrumb_list == page.crumbs
        for _name, url in page.breadcrumb_list:
            assert client.get(url.removeprefix(SITE)).status_code == 200


def test_range_lists_its_tools_in_their_order(client: Client) -> None:
    tools = make_range("hand-tools")
    put_into(tools, *(make_tool(f"SH-{number}", priority=number) for number in range(30)))
    for query in ("", "?page=2"):
        page = shown(client, f"{tools.get_absolute_url()}{query}")
        told = [(item["name"], item["url"]) for item in page.data["ItemList"]["itemListElement"]]
        names = re.findall(r'class="object__name"><a href="([^"]*)">(.*?)</a>', page.html)
        assert told == [(name, SITE + url) for url, name in names]
        assert len(told) in (24, 6)


def test_offers_need_no_more_queries_with_more_variants(client: Client, django_assert_max_num_queries: Any) -> None:
    parent = make_parent(variants={f"{letter}-firm": ("8.90", 5) for letter in "abcdefgh"})
    with django_assert_max_num_queries(10):
        client.get(parent.get_absolute_url())
