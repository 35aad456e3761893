"""Lists of tools as answers: counts that are true, ways out of nothing, bad addresses, few queries."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from catalog.catalogue.models import Product
from catalog.search.engine import Entry, engine
from tests.factories.catalogue import put_into, set_stock
from tests.factories.texts import make_range, make_tool

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


def make(sku: str, *, price: str = "29.00", category: Any = None, **terms: str) -> Product:
    """A tool with values to filter by: hand="palm thumb"."""
    tool = make_tool(sku, price=price)
    if category:
        put_into(category, tool)
    triples = [(group, value, value.capitalize()) for group, values in terms.items() for value in values.split()]
    engine().write(
        Entry(
            "product",
            tool.pk,
            title=tool.title,
            url=tool.get_absolute_url(),
            text="",
            terms=tuple(triples),
            category_ids=(category.pk,) if category else (),
            offer_ids=(tool.pk,),
        )
    )
    return tool


@pytest.fixture
def tools(db: None) -> list[Product]:
    """A firm roller, a soft ball that is sold out, and a soft stone that is dear."""
    tools = [
        make("ROLLER", hand="palm", pressure="firm", material="beech"),
        make("BALL", price="9.50", hand="palm fingers", pressure="soft", material="cork"),
        make("STONE", price="64.00", hand="wrist", pressure="soft", material="jade"),
    ]
    set_stock(tools[1], 0)
    return tools


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def shown(html: str) -> list[str]:
    return re.findall(r'class="object__name"><a href="[^"]+">Tool (\w+)</a>', html)


def choices(html: str) -> dict[str, int]:
    """Links by their id, with their counts."""
    found = re.findall(r'<a class="filter" id="f-([^"]+)" href="[^"]*"[^>]*>[^<]* <span>(\d+)</span>', html)
    return {name: int(count) for name, count in found}


def href(html: str, id: str) -> str:
    return re.findall(rf'id="{id}" href="([^"]*)"', html)[0].replace("&amp;", "&")


def test_each_choice_says_how_many_there_are_with_it(client: Client, tools: list[Product]) -> None:
    everything = choices(html_of(client, "/products/"))
    assert everything["hand-palm"] == 2
    assert everything["stock-in"] == 2
    for id, promised in everything.items():
        group, _, value = id.partition("-")
        assert len(shown(html_of(client, f"/products/?{group}={value}"))) == promised, id


def test_counts_of_a_group_are_those_of_choosing_more_of_it(client: Client, tools: list[Product]) -> None:
    html = html_of(client, "/products/?hand=palm&stock=in")
    assert shown(html) == ["ROLLER"]
    assert choices(html)["hand-wrist"] == 1
    assert sorted(shown(html_of(client, href(html, "f-hand-wrist")))) == ["ROLLER", "STONE"]
    assert '<span class="filter filter--none">Fingers <span>0</span></span>' in html  # the ball is sold out


def test_any_of_a_group_and_all_groups(client: Client, tools: list[Product]) -> None:
    assert sorted(shown(html_of(client, "/products/?hand=palm&hand=wrist&pressure=soft"))) == ["BALL", "STONE"]


def test_chosen_is_marked_and_can_be_taken_out(client: Client, tools: list[Product]) -> None:
    html = html_of(client, "/products/?hand=palm&pressure=firm")
    assert len(re.findall('aria-current="true"', html)) == 2
    assert href(html, "c-hand-palm") == href(html, "f-hand-palm") == "/products/?pressure=firm"
    assert href(html, "clear") == "/products/"
    assert "Filter, 2 chosen" in html


def test_range_is_filtered_within_itself(client: Client) -> None:
    balls = make_range("balls")
    make("BALL", category=balls, hand="palm")
    make("CUBE", category=balls, hand="wrist")
    make("ROLLER", hand="palm")
    html = html_of(client, balls.get_absolute_url())
    assert choices(html)["hand-palm"] == 1
    assert shown(html_of(client, href(html, "f-hand-palm"))) == ["BALL"]


def test_lists_are_ordered_by_price(client: Client, tools: list[Product]) -> None:
    assert shown(html_of(client, "/products/?sort=price")) == ["BALL", "ROLLER", "STONE"]
    assert shown(html_of(client, "/products/?sort=-price")) == ["STONE", "ROLLER", "BALL"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("hand=moon", "moon"),
        ("pressure=%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("sort=cheapest", "cheapest"),
        ("hand=" + "x" * 500, "x" * 40 + "…"),
        ("price=15-3000", "15-3000"),
        ("stock=' OR 1=1 --", "&#x27; OR 1=1 --"),
        ("material=‮kryptonite", "kryptonite"),
    ],
)
def test_unknown_value_is_left_out_and_said_so(client: Client, tools: list[Product], query: str, said: str) -> None:
    html = html_of(client, f"/products/?{query}")
    assert f"We don’t know the filter “{said}”, so it was left out." in html
    assert len(shown(html)) == 3
    assert "<script>alert" not in html


def test_links_do_not_carry_on_what_is_unknown(client: Client, tools: list[Product]) -> None:
    html = html_of(client, "/products/?hand=moon&hand=palm")
    assert href(html, "f-pressure-firm") == "/products/?hand=palm&pressure=firm"
    assert "moon" not in "".join(re.findall('href="([^"]*)"', html))


def test_strange_parameters_change_nothing(client: Client, tools: list[Product]) -> None:
    html = html_of(client, "/products/?utm_source=letter&gclid=1")
    assert len(shown(html)) == 3
    assert "left out" not in html


def test_combination_that_leaves_nothing_says_so_and_leads_out(client: Client, tools: list[Product]) -> None:
    html = html_of(client, "/products/?hand=wrist&pressure=firm&material=jade")
    assert "Nothing here is all of this at once: Wrist, Firm, Jade." in re.sub(r"\s+", " ", html)
    ways = dict(re.findall(r"Without (\w+)</span><span class=\"index__end\">(\d+)</span>", html))
    assert ways == {"Firm": "1"}  # without one of the others there is still nothing
    assert shown(html_of(client, href(html, "w-pressure"))) == ["STONE"]
    assert 'href="/products/" rel="nofollow">Clear all filters <span class="soft">3</span>' in html


def test_way_out_of_a_group_takes_all_of_it(client: Client, tools: list[Product]) -> None:
    html = html_of(client, "/products/?hand=wrist&hand=fingers&pressure=firm")
    assert "Without Fingers or Wrist</span>" in html
    assert shown(html_of(client, href(html, "w-hand"))) == ["ROLLER"]


def test_page_beyond_the_last_is_the_last_and_says_so(client: Client) -> None:
    for number in range(25):
        make(f"T{number:02}", hand="palm")
    html = html_of(client, "/products/?hand=palm&page=99999999999999999999")
    assert "Page 2 of 2" in html
    assert len(shown(html)) == 1
    assert 'rel="prev" href="?hand=palm&amp;page=1"' in html


def test_empty_fields_of_a_form_lead_to_the_clean_address(client: Client, tools: list[Product]) -> None:
    response = client.get("/products/?technique=&hand=palm&pressure=&price=&stock=in")
    assert (response.status_code, response["Location"]) == (302, "/products/?hand=palm&stock=in")


def test_unpublished_tool_is_in_no_list(client: Client, tools: list[Product]) -> None:
    Product.objects.filter(pk=tools[0].pk).update(is_public=False)
    assert "ROLLER" not in shown(html_of(client, "/products/"))


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 10_000,
        "q=%00&hand=%00",
        "q=%27%22%26%7C!():*%3C%3E",
        "q=%D7%A9%D7%9C%D7%95%D7%9D%E2%80%AE",
        "q=';DROP TABLE search_searchentry;--",
        "q=<script>alert(1)</script>&kind=<b>&sort='&page=-1",
        "q=%ED%A0%80&hand=%FF%FE",
        "hand=palm&" * 400,
    ],
)
@pytest.mark.parametrize("path", ["/search/", "/products/", "/search/suggestions/"])
def test_any_address_is_answered(client: Client, tools: list[Product], path: str, query: str) -> None:
    response = client.get(f"{path}?{query}", follow=True)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "address",
    [
        "/products/",
        "/products/?hand=palm&pressure=firm&stock=in&price=15-30&sort=price&hand=moon",
        "/products/?hand=wrist&pressure=firm&material=jade",
        "/search/?q=tool&hand=palm",
        "/search/?q=rolller",
        "/search/?q=zzqqxx vvbbnn",
        "/search/?q=zzqqxx&exact=1",
    ],
)
def test_lists_ask_little(
    client: Client, tools: list[Product], django_assert_max_num_queries: Any, address: str
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies


def test_nothing_found_offers_hands_tools_and_a_person(client: Client, tools: list[Product]) -> None:
    html = html_of(client, "/search/?q=zzqqxx")
    assert "Nothing for “zzqqxx”." in html
    assert 'href="/products/?hand=palm"' in html
    assert len(shown(html)) == 3
    assert "I was looking for “zzqqxx”." in re.findall(r"<textarea.*?</textarea>", html, re.DOTALL)[0]


def test_search_says_which_kinds_were_found(client: Client, tools: list[Product]) -> None:
    engine().write(Entry("article", 7, title="A tool for tired hands", url="/journal/x/", text="All about a tool."))
    html = html_of(client, "/search/?q=tool")
    assert choices(html) | {"kind-all": 4, "kind-product": 3, "kind-article": 1} == choices(html)
    only = html_of(client, href(html, "f-kind-article"))
    assert shown(only) == []
    assert "<mark>tool</mark>" in only
    assert choices(only)["kind-all"] == 4


def test_suggestions_are_few_and_cheap(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        make(f"R{number}", hand="palm")
    with django_assert_max_num_queries(2):
        response = client.get("/search/suggestions/?q=tool")
    answer = json.loads(response.content)
    assert (len(answer["items"]), answer["said"]) == (8, "8 suggestions")
    assert set(answer["items"][0]) == {"title", "url", "kind"}


@pytest.mark.parametrize("typed", ["", " ", "%00"])
def test_nothing_is_suggested_for_nothing(client: Client, django_assert_num_queries: Any, typed: str) -> None:
    with django_assert_num_queries(0):
        assert client.get(f"/search/suggestions/?q={typed}").json() == {"items": [], "said": "No suggestions"}


def test_page_for_htmx_is_the_same_page(client: Client, tools: list[Product]) -> None:
    """So one entry of a cache serves both, and nothing depends on a header that a cache may forget."""
    plain = client.get("/products/?hand=palm")
    swapped = client.get("/products/?hand=palm", headers={"HX-Request": "true"})
    strip = re.compile(rb'value="[^"]{20,}"')
    assert strip.sub(b"", plain.content) == strip.sub(b"", swapped.content)
