"""Product, range and technique pages: what they say, where they send, how much they ask."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.catalogue.models import Product, ProductRecommendation, TechniqueProduct
from tests.factories.catalogue import make_image, make_parent, put_into, set_stock
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10
MOST_WITH_BASKET = 14


def text_of(response: Any) -> str:
    html = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def json_ld(response: Any) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return {data["@type"]: data for data in map(json.loads, found)}


def test_product_page_offers_each_variant_with_price_and_stock(client: Client) -> None:
    parent = make_parent()
    page = client.get(parent.get_absolute_url())
    html = page.content.decode()
    assert html.count('type="radio" name="child_id"') == 3
    assert "£9.40" in html
    assert "In stock" in text_of(page)
    assert f"/wholesale/?sku={parent.upc}" in html


def test_product_page_without_stock_says_what_to_do_and_has_no_button(client: Client) -> None:
    product = make_tool("SH-1")
    set_stock(product, 0)
    page = client.get(product.get_absolute_url())
    assert "We can write to you when it is back" in text_of(page)
    assert "Add to basket" not in text_of(page)


def test_product_page_never_shows_what_is_private(client: Client) -> None:
    product = make_tool("SH-1", cost="4321.99", case_pack=8765, trade_moq=7654, lead_time_days=6543)
    html = client.get(product.get_absolute_url()).content.decode()
    assert not re.search("4321|8765|7654|6543", html)


def test_wrong_slug_moves_for_good_and_keeps_the_query(client: Client) -> None:
    product = make_tool("SH-1")
    response = client.get(f"/products/old-name_{product.pk}/?variant=X")
    assert (response.status_code, response["Location"]) == (301, f"{product.get_absolute_url()}?variant=X")


def test_variant_moves_to_its_parent_and_is_chosen_there(client: Client) -> None:
    parent = make_parent()
    firm = parent.children.get(variant_label="firm")
    response = client.get(firm.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, f"{parent.get_absolute_url()}?variant=SH-DHM-03-F")
    html = client.get(response["Location"]).content.decode()
    assert re.search(rf'value="{firm.pk}" required checked', html)


@pytest.mark.parametrize("field", ["unpublished", "unknown", "huge"])
def test_what_nobody_may_see_is_not_found(client: Client, field: str) -> None:
    product = make_tool("SH-1", is_public=False)
    key = {"unpublished": product.pk, "unknown": product.pk + 99, "huge": 10**30}[field]
    assert client.get(f"/products/{product.slug}_{key}/").status_code == 404


def test_variant_of_an_unpublished_parent_is_not_found(client: Client) -> None:
    parent = make_parent(is_public=False)
    assert client.get(parent.children.first().get_absolute_url()).status_code == 404


def test_product_page_carries_structured_data(client: Client) -> None:
    parent = make_parent(summary="</script><b>rounded</b> spikes")
    make_image(parent)
    put_into(make_range("rollers", parent=make_range("tools")), parent)
    data = json_ld(client.get(parent.get_absolute_url()))
    assert data["ProductGroup"]["description"] == "</script><b>rounded</b> spikes"
    offers = [variant["offers"] for variant in data["ProductGroup"]["hasVariant"]]
    assert [offer["price"] for offer in offers] == ["8.90", "8.90", "9.40"]
    assert [step["name"] for step in data["BreadcrumbList"]["itemListElement"]] == [
        "Tools",
        "Tools",
        "Rollers",
        parent.title,
    ]


def test_product_page_sets_no_cookie_and_tells_nobody(client: Client) -> None:
    from oscar.apps.analytics.models import ProductRecord

    response = client.get(make_tool("SH-1").get_absolute_url())
    assert not response.cookies
    assert not ProductRecord.objects.exists()


def test_range_shows_what_is_below_it_each_once(client: Client) -> None:
    tools = make_range("tools")
    balls, rollers = make_range("balls", parent=tools), make_range("rollers", parent=tools)
    both = make_tool("SH-1", title="Cork ball")
    put_into(balls, both)
    put_into(rollers, both)
    page = client.get(tools.get_absolute_url())
    assert text_of(page).count("Cork ball") == 1
    assert 'href="/categories/tools/balls_' in page.content.decode()


def test_range_has_one_address(client: Client) -> None:
    balls = make_range("balls", parent=make_range("tools"))
    response = client.get(f"/categories/balls_{balls.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/categories/tools/balls_{balls.pk}/")


def test_technique_lives_at_its_own_address(client: Client) -> None:
    technique = make_technique("deep-hand-massage")
    response = client.get(f"/categories/deep-hand-massage_{technique.pk}/")
    assert (response.status_code, response["Location"]) == (301, "/techniques/deep-hand-massage/")


@pytest.mark.parametrize("hidden", ["itself", "its parent"])
def test_hidden_ranges_are_not_found(client: Client, hidden: str) -> None:
    parent = make_range("tools", is_public=hidden != "its parent")
    child = make_range("balls", parent=parent, is_public=hidden != "itself")
    assert client.get(f"/categories/tools/balls_{child.pk}/").status_code == 404


def test_technique_shows_a_tool_of_its_text_no_second_time(client: Client) -> None:
    technique = make_technique("deep-hand-massage", description="## Tools\n{{ product S-1 }}\n")
    for place, sku in enumerate(["S-1", "S-2"]):
        tool = make_tool(sku, title=f"Tool {sku}")
        TechniqueProduct.objects.create(category=technique, product=tool, position=place)
    technique.save()
    html = client.get("/techniques/deep-hand-massage/").content.decode()
    assert [html.count(f">Tool {sku}</a>") for sku in ("S-1", "S-2")] == [1, 1]
    assert 'href="/products/?technique=deep-hand-massage"' in html


def test_technique_shows_its_tools_in_order_without_hidden_ones(client: Client) -> None:
    technique = make_technique("deep-hand-massage")
    for place, (sku, public) in enumerate([("B", True), ("A", True), ("C", False)]):
        tool = make_tool(sku, is_public=public)
        TechniqueProduct.objects.create(category=technique, product=tool, position=place)
    words = text_of(client.get("/techniques/deep-hand-massage/"))
    assert words.index("Tool B") < words.index("Tool A")
    assert "Tool C" not in words


@pytest.mark.parametrize("page", ["999", "0", "-1", "abc", "%00", ""])
def test_any_page_number_shows_a_page(client: Client, page: str) -> None:
    make_tool("SH-1")
    assert "Tool SH-1" in text_of(client.get(f"/products/?page={page}"))


def _fill(number: int) -> list[str]:
    """A shop with so many products; the addresses of its pages."""
    tools = make_range("tools")
    balls = make_range("balls", parent=tools)
    technique = make_technique("deep-hand-massage")
    parent = make_parent(
        description="## What it is for\nSee [another](product:S-1) and [deep](technique:deep-hand-massage)."
    )
    put_into(balls, parent)
    for place in range(6):
        tool = make_tool(f"S-{place}")
        ProductRecommendation.objects.create(primary=parent, recommendation=tool, ranking=place)
        TechniqueProduct.objects.create(category=technique, product=tool, position=place)
        put_into(balls, tool)
    kind = Product.objects.get(upc="S-0").product_class
    Product.objects.bulk_create(
        Product(upc=f"M-{place}", title=f"More {place}", slug="more", product_class=kind)
        for place in range(number - 10)
    )
    return ["/products/", parent.get_absolute_url(), tools.get_absolute_url(), technique.get_absolute_url()]


def _counts(client: Client, addresses: list[str]) -> list[int]:
    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    return counts


def test_pages_ask_little_and_no_more_when_the_shop_grows(client: Client) -> None:
    addresses = _fill(20)
    few = _counts(client, addresses)
    kind = Product.objects.get(upc="S-0").product_class
    Product.objects.bulk_create(
        Product(upc=f"G-{place}", title=f"Grown {place}", slug="g", product_class=kind) for place in range(1980)
    )
    assert _counts(client, addresses) == few
    assert max(few) <= MOST_QUERIES


def test_pages_ask_little_of_a_visitor_with_a_basket(client: Client) -> None:
    addresses = _fill(20)
    for sku in ("S-0", "S-1", "S-2"):
        tool = Product.objects.get(upc=sku)
        client.post(f"/basket/add/{tool.pk}/", {"quantity": 1}, headers={"origin": "http://testserver"})
    assert max(_counts(client, addresses)) <= MOST_WITH_BASKET


def test_reviews_of_oscar_that_anybody_may_write_are_gone(client: Client) -> None:
    product = make_tool("SH-1")
    for ending in ("reviews/add/", "reviews/1/", "reviews/1/vote/"):
        assert client.get(f"{product.get_absolute_url()}{ending}").status_code == 404
