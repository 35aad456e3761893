"""One more, one fewer, none at all, and back again."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from catalog.basket.actions import BasketGone, change_quantity, take_out
from catalog.basket.models import Basket, Line
from catalog.partner.strategy import PublicStrategy
from tests.factories.catalogue import set_stock
from tests.factories.texts import make_tool

from .conftest import Visitor, in_basket, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("typed", "step", "result"), [("2", "1", 3), ("2", "-1", 1), ("7", "1", 8), ("5", "", 5)])
def test_a_step_counts_from_the_number_on_the_page(visitor: Visitor, typed: str, step: str, result: int) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=2)
    response = visitor.change(visitor.line(tool), quantity=typed, step=step)
    assert response["Location"].startswith("/basket/#line-")
    assert in_basket() == {"SH-1": result}


def test_a_step_pressed_twice_or_in_two_windows_is_one_step(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=2)
    for _press in range(3):
        visitor.change(visitor.line(tool), quantity="2", step="1")
    assert in_basket() == {"SH-1": 3}


@pytest.mark.parametrize("data", [{"quantity": "0"}, {"quantity": "1", "step": "-1"}, {"quantity": "0", "step": "-1"}])
def test_none_takes_it_out_and_offers_the_way_back(visitor: Visitor, data: dict[str, str]) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=4)
    page = words(visitor.client.post(f"/basket/lines/{visitor.line(tool).pk}/", data, follow=True))
    assert "Tool SH-1 was taken out of your basket." in page
    assert "Put it back" in page
    assert in_basket() == {}


def test_put_back_brings_the_same_number_and_only_once(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=4)
    page = visitor.client.post(f"/basket/lines/{visitor.line(tool).pk}/removal/", follow=True).content.decode()
    told = dict(re.findall(r'name="(product|quantity)" value="(\d+)"', page))
    assert told == {"product": str(tool.pk), "quantity": "4"}
    assert "is in your basket again" in visitor.press("/basket/undo/", **told)
    visitor.press("/basket/undo/", **told)
    assert in_basket() == {"SH-1": 4}


def test_put_back_never_beyond_what_is_there_now(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(make_tool("SH-2"))
    set_stock(tool, 3)
    visitor.press("/basket/undo/", product=tool.pk, quantity=9)
    assert in_basket() == {"SH-1": 3, "SH-2": 1}
    set_stock(tool, 0)
    visitor.change(visitor.line(tool), quantity="0")
    assert "not in stock any more" in visitor.press("/basket/undo/", product=tool.pk, quantity=3)


@pytest.mark.parametrize("data", [{}, {"product": "x", "quantity": "1"}, {"product": "9" * 30, "quantity": "1"}])
def test_put_back_of_nonsense_changes_nothing(visitor: Visitor, data: dict[str, str]) -> None:
    visitor.add(make_tool("SH-1"))
    assert visitor.client.post("/basket/undo/", data)["Location"] == "/basket/"
    assert in_basket() == {"SH-1": 1}


def test_put_back_of_what_left_the_shop_is_not_found(visitor: Visitor) -> None:
    tool = make_tool("SH-1", is_public=False)
    assert visitor.client.post("/basket/undo/", {"product": tool.pk, "quantity": 1}).status_code == 404


def test_a_step_down_leads_to_what_is_there(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=9)
    set_stock(tool, 2)
    visitor.change(visitor.line(tool), quantity="9", step="-1")
    assert in_basket() == {"SH-1": 2}


def test_a_step_beyond_the_stock_says_why_beside_its_field(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 2)
    visitor.add(tool, quantity=2)
    line = visitor.line(tool)
    page = visitor.change(line, quantity="2", step="1")
    html = page.content.decode()
    assert page.status_code == 422
    assert "Only 2 are in stock. Choose 2 or fewer" in words(page)
    assert f'aria-describedby="q-{line.pk}-error"' in html
    assert f'id="q-{line.pk}-error" role="alert"' in html
    assert in_basket() == {"SH-1": 2}


@pytest.mark.parametrize("step", ["5", "-5", "abc", "1\x00", "1" * 999])
def test_an_unknown_step_changes_nothing(visitor: Visitor, step: str) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=2)
    assert visitor.change(visitor.line(tool), quantity="2", step=step).status_code == 422
    assert in_basket() == {"SH-1": 2}


def test_enter_in_the_field_presses_change_and_no_step(visitor: Visitor) -> None:
    visitor.add(make_tool("SH-1"))
    html = visitor.client.get("/basket/").content.decode()
    form = html[html.index("data-line=") :]
    assert "name=" not in form[form.index("<button") : form.index("</button>")]


def test_a_line_taken_out_in_another_window_does_not_come_back(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool)
    basket = Basket.objects.get()
    basket.strategy = PublicStrategy(None)
    [line] = basket.all_lines()
    Line.objects.filter(pk=line.pk).delete()
    for act in (lambda: change_quantity(line, quantity=3), lambda: take_out(line)):
        with pytest.raises(BasketGone):
            act()
    assert in_basket() == {}


@pytest.mark.django_db(transaction=True)
def test_many_windows_that_step_at_once_end_at_a_number_that_one_of_them_showed(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=5)
    path, cookie = f"/basket/lines/{visitor.line(tool).pk}/", visitor.client.cookies["oscar_open_basket"].value

    def press(step: str) -> int:
        window = Client()
        window.cookies["oscar_open_basket"] = cookie
        try:
            return int(window.post(path, {"quantity": "5", "step": step}).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(press, ["1", "-1"] * 6)) == {302}
    assert in_basket()["SH-1"] in (4, 6)


def test_page_of_a_refused_number_opened_again_leads_to_the_basket(visitor: Visitor) -> None:
    tool = make_tool("SH-1")
    visitor.add(tool, quantity=2)
    line = visitor.line(tool)
    response = visitor.client.get(f"/basket/lines/{line.pk}/")
    assert response["Location"] == "/basket/"
    assert in_basket() == {"SH-1": 2}
