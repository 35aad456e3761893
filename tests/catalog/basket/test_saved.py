"""Kept for later: by guests and by those who sign in; nobody else's list is touched."""

import threading
import time
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.basket.actions import add_to_basket
from catalog.basket.models import Basket, Line
from tests.factories.catalogue import make_parent, set_stock
from tests.factories.texts import make_tool
from tests.shop import make_basket, make_method

from .conftest import Visitor, in_basket

pytestmark = pytest.mark.django_db


def keep(visitor: Visitor, product: Any) -> str:
    return visitor.press(f"/basket/lines/{visitor.line(product).pk}/saving/")


def kept() -> Line:
    return Line.objects.get(basket__status=Basket.SAVED)


def test_guest_keeps_something_and_takes_it_back(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=3)
    page = keep(visitor, tool)
    assert "Tool SH-1 is kept for later, below." in page
    assert "It is empty." in page
    assert "You kept 3." in page
    assert in_basket() == {}
    assert "Tool SH-1 is in your basket." in visitor.press(f"/basket/saved/{kept().pk}/")
    assert in_basket() == {"SH-1": 3}
    assert in_basket(Basket.SAVED) == {}


def test_keeping_sets_its_cookie_and_reading_none(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool)
    response = visitor.client.post(f"/basket/lines/{visitor.line(tool).pk}/saving/")
    assert response.cookies["saved_basket"]["httponly"]
    assert response.cookies["saved_basket"]["max-age"] > 60 * 60 * 24 * 30
    assert "saved_basket" not in visitor.client.get("/basket/").cookies


def test_keeping_the_same_thing_twice_adds_up(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    for _time in range(2):
        visitor.add(tool, quantity=2)
        keep(visitor, tool)
    assert in_basket(Basket.SAVED) == {"SH-1": 4}


def test_button_pressed_twice_loses_nothing(visitor: Visitor) -> None:
    """The browser drops the answer to the first press, and the cookie in it."""
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=2)
    path = f"/basket/lines/{visitor.line(tool).pk}/saving/"
    first = Client()
    first.cookies["oscar_open_basket"] = visitor.client.cookies["oscar_open_basket"].value
    first.post(path, headers={"origin": "http://testserver"})
    assert in_basket(Basket.SAVED) == {"SH-1": 2}
    assert "saved_basket" not in visitor.client.cookies
    assert "You kept 2." in visitor.press(path)
    stranger = Visitor(Client())
    stranger.add(make_tool("SH-2"))
    assert "Kept for later" not in stranger.press(path)


def test_taking_back_stops_at_the_stock_and_the_rest_stays(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=5)
    keep(visitor, tool)
    set_stock(tool, 2)
    assert "Tool SH-1: 2 of 5 are in your basket" in visitor.press(f"/basket/saved/{kept().pk}/")
    assert (in_basket(), in_basket(Basket.SAVED)) == ({"SH-1": 2}, {"SH-1": 3})
    assert "more cannot be had just now" in visitor.press(f"/basket/saved/{kept().pk}/")
    assert (in_basket(), in_basket(Basket.SAVED)) == ({"SH-1": 2}, {"SH-1": 3})


def test_taking_off_the_list(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool)
    keep(visitor, tool)
    path = f"/basket/saved/{kept().pk}/removal/"
    assert "is off your list" in visitor.press(path)
    assert "no longer on your list" in visitor.press(path)


def test_anothers_list_is_neither_seen_nor_touched(visitor: Visitor) -> None:
    tool, other = make_tool("SH-1"), make_tool("SH-2")
    visitor.add(tool)
    keep(visitor, tool)
    line = kept()
    stranger = Visitor(Client())
    stranger.add(other)
    stranger.press(f"/basket/saved/{line.pk}/")
    stranger.press(f"/basket/saved/{line.pk}/removal/")
    assert in_basket(Basket.SAVED) == {"SH-1": 1}
    assert "Kept for later" not in stranger.read()


@pytest.mark.parametrize(
    "forge", [lambda pk: f"{pk}:forged", lambda pk: Signer().sign(pk), lambda pk: "", lambda pk: "x"]
)
def test_forged_cookie_opens_no_list(visitor: Visitor, forge: Any) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool)
    keep(visitor, tool)
    stranger = Visitor(Client())
    stranger.client.cookies["saved_basket"] = forge(kept().basket_id)
    assert "Kept for later" not in stranger.read()


def test_sign_in_brings_the_guests_list_along(visitor: Visitor, clinic_buyer: Any) -> None:
    tool, other = make_tool("SH-1"), make_tool("SH-2")
    visitor.add(tool, quantity=2)
    keep(visitor, tool)
    cookie = visitor.client.cookies["saved_basket"].value
    account = Visitor(Client())
    account.client.force_login(clinic_buyer)
    account.client.post(f"/basket/add/{other.pk}/", {"quantity": 1})
    keep(account, other)
    account.client.cookies["saved_basket"] = cookie
    page = account.read()
    assert "Tool SH-1" in page
    assert "Tool SH-2" in page
    assert account.client.cookies["saved_basket"].value == ""
    assert set(Line.objects.filter(basket__owner=clinic_buyer).values_list("basket__status", flat=True)) == {"Saved"}
    assert "Kept for later" not in visitor.read(), "a cookie that was left behind opens nothing"


def test_sign_in_adds_up_the_list_and_never_beyond_stock(visitor: Visitor, clinic_buyer: Any) -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 5)
    account = Visitor(Client())
    account.client.force_login(clinic_buyer)
    account.client.post(f"/basket/add/{tool.pk}/", {"quantity": 4})
    keep(account, tool)
    visitor.add(tool, quantity=3)
    keep(visitor, tool)
    account.client.cookies["saved_basket"] = visitor.client.cookies["saved_basket"].value
    account.read()
    assert in_basket(Basket.SAVED) == {"SH-1": 5}


def test_merging_the_open_basket_is_told_in_our_words(visitor: Visitor, clinic_buyer: Any) -> None:
    visitor.add(make_tool("SH-1"), quantity=2)
    account = Visitor(Client())
    account.client.force_login(clinic_buyer)
    account.client.cookies["oscar_open_basket"] = visitor.client.cookies["oscar_open_basket"].value
    page = account.read()
    assert "2 things that you put in before are in your basket too." in page
    assert "previous session" not in page


def test_list_asks_as_often_for_one_line_as_for_three(visitor: Visitor) -> None:
    make_method()
    stays = make_parent("P-9")
    visitor.add(stays, child_id=stays.children.first().pk)
    counts = []
    for number in range(3):
        parent = make_parent(f"P-{number}")
        child = parent.children.first()
        visitor.add(parent, child_id=child.pk)
        keep(visitor, child)
        visitor.read()
        with CaptureQueriesContext(connection) as queries:
            visitor.client.get("/basket/")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 13


@pytest.mark.django_db(transaction=True)
def test_sign_in_while_another_window_puts_the_same_thing_in(clinic_buyer: Any) -> None:
    tool = make_tool("SH-1")
    guests, own = make_basket(tool, quantity=2), Basket.objects.create(owner=clinic_buyer)
    own.strategy = guests.strategy
    is_in, failures = threading.Event(), []

    def sign_in() -> None:
        is_in.wait(timeout=10)
        try:
            Basket.objects.get(pk=own.pk).merge(guests)
        except Exception as error:  # told below
            failures.append(error)
        finally:
            connection.close()

    window = threading.Thread(target=sign_in)
    window.start()
    with transaction.atomic():
        add_to_basket(own, tool, quantity=1)
        is_in.set()
        time.sleep(0.5)  # so that the other one meets what is not committed yet
    window.join()
    assert not failures
    assert in_basket() == {"SH-1": 3}
