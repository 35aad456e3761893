"""A basket as a link: looking changes nothing, the button adds what is there."""

import re
from typing import Any

import pytest
from django.test import Client

from catalog.basket.models import Basket
from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from tests.factories.catalogue import make_parent, set_stock
from tests.factories.texts import make_tool

from .conftest import OURS, Visitor, in_basket, words

pytestmark = pytest.mark.django_db

PATH = "/basket/shared/"


def test_link_of_a_basket_opens_for_anybody_with_todays_prices(visitor: Visitor) -> None:
    parent = make_parent()
    visitor.add(make_tool("SH-1", price="29.00"), quantity=2)
    visitor.add(parent, child_id=parent.children.get(variant_label="firm").pk)
    found = re.search(r'value="(http://[^"]+/basket/shared/[^"]+)"', visitor.client.get("/basket/").content.decode())
    assert found
    assert found[1].endswith("?add=SH-1:2,SH-DHM-03-F:1")
    StockRecord.objects.filter(partner_sku="SH-1").update(price="30.00")
    client = Client()
    page = client.get(PATH, {"add": found[1].partition("add=")[2]})
    assert "2&nbsp;× " in page.content.decode()
    for text in ("Tool SH-1", "£60.00", "Spiky Palm Ball, firm", "3 things", "£69.40"):
        assert text in words(page)
    assert page.headers["x-robots-tag"].startswith("noindex")
    assert not page.cookies
    assert Basket.objects.count() == 1, "looking makes no basket"


def test_button_adds_to_what_is_there_and_never_beyond_stock(visitor: Visitor) -> None:
    tool, other = make_tool("SH-1"), make_tool("SH-2")
    set_stock(tool, 5)
    visitor.add(tool, quantity=2)
    page = visitor.press(PATH, add="SH-1:4,SH-2:1,GONE-9:1")
    assert "4 things of the link are in your basket." in page
    assert "Tool SH-1: 3 of 4" in page
    assert "Left out: GONE-9." in page
    assert in_basket() == {"SH-1": 5, other.upc: 1}


def test_button_makes_a_basket_for_whoever_has_none(visitor: Visitor) -> None:
    make_tool("SH-1")
    response = visitor.client.post(PATH, {"add": "SH-1:2"}, headers=OURS)
    assert "oscar_open_basket" in response.cookies
    assert in_basket() == {"SH-1": 2}


def test_button_pressed_twice_adds_once(visitor: Visitor) -> None:
    make_tool("SH-1")
    visitor.add(make_tool("SH-2"))
    page = visitor.client.get(PATH, {"add": "SH-1:2"})
    for _press in range(2):
        visitor.press(PATH, add="SH-1:2", key=page.context["key"])
    assert in_basket()["SH-1"] == 2
    later = visitor.client.get(PATH, {"add": "SH-1:2"})
    visitor.press(PATH, add="SH-1:2", key=later.context["key"])
    assert in_basket()["SH-1"] == 4


def test_what_is_short_or_gone_is_named_before_the_button(visitor: Visitor) -> None:
    few, none, hidden = make_tool("SH-1", price="2.00"), make_tool("SH-2"), make_tool("SH-3", is_public=False)
    set_stock(few, 2)
    set_stock(none, 0)
    page = visitor.read(f"{PATH}?add=SH-1:7,SH-2:1,SH-3:1,NO-SUCH:1,{make_parent().upc}:1")
    assert "The link names 7; 2 are in stock." in page
    assert "It is sold out just now." in page
    for name in (hidden.get_title(), "NO-SUCH", "Spiky Palm Ball"):
        assert name in page.partition("left out here")[2]
    assert "2 things £4.00" in page


@pytest.mark.parametrize(
    ("add", "why"),
    [
        ("SH-1:-1", "Tool SH-1: the link does not say clearly how many"),
        ("SH-1:two", "Tool SH-1: the link does not say clearly how many"),
        ("SH-DHM-03:1", "Spiky Palm Ball: there are several kinds, choose one on its page"),
        ("SH-3:1", "Tool SH-3: no longer in the shop"),
        (",".join(f"A-{number}" for number in range(150)), "50 more, for a link holds 100 things"),
    ],
)
def test_what_is_left_out_says_why(visitor: Visitor, add: str, why: str) -> None:
    make_tool("SH-1")
    make_tool("SH-3", is_public=False)
    make_parent()
    assert why in visitor.read(f"{PATH}?add={add}")


@pytest.mark.parametrize(
    "add",
    ["", ",", ":", ":::", "SH-1", "SH-1:", "SH-1:0", "SH-1:-1", "SH-1:1e9", "SH-1:999999", "\x00", "'; DROP TABLE--:1",
     "<script>alert(1)</script>:1", "%", "x" * 9000, ",".join(f"A-{n}:1" for n in range(900)), "SH-1:١"],
)  # fmt: skip
def test_nonsense_in_a_link_is_answered_and_changes_nothing(visitor: Visitor, add: str) -> None:
    make_tool("SH-1")
    page = visitor.client.get(PATH, {"add": add})
    assert page.status_code == 200
    assert "A basket for you" in words(page)
    assert "<script>alert" not in page.content.decode()
    assert visitor.client.post(PATH, {"add": add}, headers=OURS).status_code == 302
    assert sum(in_basket().values()) <= 1


def test_long_link_costs_no_more_queries_than_a_short_one(visitor: Visitor, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        make_parent(f"P-{number}")
    variants = [product.upc for product in Product.objects.filter(structure=Product.CHILD)]
    for skus in (variants[:1], variants[:20]):
        with django_assert_max_num_queries(6):
            assert visitor.client.get(PATH, {"add": ",".join(skus)}).context["lines"]


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {}])
def test_button_pressed_from_elsewhere_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    make_tool("SH-1")
    assert visitor.client.post(PATH, {"add": "SH-1:1"}, headers=headers).status_code == 403
    assert not Basket.objects.exists()


def test_price_of_a_link_can_not_be_named_by_the_link(visitor: Visitor) -> None:
    make_tool("SH-1", price="29.00")
    assert "£29.00" in visitor.read(f"{PATH}?add=SH-1:1&price=1.00&total=1")
