"""A variant that is sold out, or becomes so while somebody looks."""

import re
from functools import partial
from typing import Any

import pytest
from django.test import Client

from catalog.basket.models import Basket
from catalog.catalogue.models import Product
from tests.at_once import at_once
from tests.factories.catalogue import make_image, make_parent, set_stock
from tests.factories.texts import make_tool

OURS = {"origin": "http://testserver"}


@pytest.fixture
def ball(db: None) -> Product:
    return make_parent()


def variant(parent: Product, label: str) -> Product:
    return Product.objects.get(parent=parent, variant_label=label)


def add(client: Client, parent: Product, chosen: Product, *, quantity: str = "1") -> Any:
    data = {"child_id": chosen.pk, "quantity": quantity}
    return client.post(f"/basket/add/{parent.pk}/", data, headers=OURS)


def test_sold_out_variant_is_seen_says_so_and_can_be_waited_for(client: Client, ball: Product) -> None:
    firm = variant(ball, "firm")
    set_stock(firm, 0)
    html = client.get(f"{ball.get_absolute_url()}?variant={firm.upc}").content.decode()
    assert re.search(rf'value="{firm.pk}" required checked data-sold-out', html)
    assert "Sold out. We can write to you when it is back." in html
    assert "One of them is sold out: tell me when it is back" in html
    assert re.search(rf'name="product" value="{firm.pk}"', html)
    assert re.search(r'id="alert" open', html)
    assert "Add to basket" in html  # the others are there


def test_sold_out_while_looking_is_said_before_the_basket(client: Client, ball: Product) -> None:
    firm = variant(ball, "firm")
    client.get(ball.get_absolute_url())
    set_stock(firm, 0)
    answer = add(client, ball, firm, quantity="2")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "It is sold out just now. We can write to you when it is back." in html
    assert "In stock: soft and medium." in html
    assert re.search(rf'value="{firm.pk}" required checked', html)
    assert 'value="2"' in html
    assert not Basket.objects.exists()


def test_fewer_than_wanted_are_told_with_what_is_there(client: Client, ball: Product) -> None:
    firm = variant(ball, "firm")
    set_stock(firm, 2)
    html = add(client, ball, firm, quantity="5").content.decode()
    assert "Only 2 are in stock. Choose 2 or fewer" in html
    assert re.search(rf'value="{firm.pk}" required checked', html)


@pytest.mark.django_db(transaction=True)
def test_last_piece_is_told_as_gone_to_whoever_comes_second() -> None:
    """Bought by somebody at the moment when others press "Add to basket"."""
    parent = make_parent()
    firm = variant(parent, "firm")
    set_stock(firm, 1)
    visitors = [Client() for _ in range(3)]
    for visitor in visitors:
        visitor.get(parent.get_absolute_url())

    def press(visitor: Client) -> set[int]:
        return {add(visitor, parent, firm).status_code for _again in range(2)}

    def buy() -> set[int]:
        firm.stockrecords.get().allocate(1)
        return set()

    answers = at_once(buy, *(partial(press, visitor) for visitor in visitors))
    assert set().union(*answers) <= {302, 422}, "the only buyer is not refused"
    late = add(Client(), parent, firm)
    assert late.status_code == 422
    assert "In stock: soft and medium." in late.content.decode()


def test_all_sold_out_has_no_button_and_asks_which_one(client: Client, ball: Product) -> None:
    for one in ball.children.all():
        set_stock(one, 0)
    html = client.get(ball.get_absolute_url()).content.decode()
    assert "Add to basket" not in html
    assert len(re.findall(r'type="radio" name="product"', html)) == 3
    assert re.search(r'id="alert" open', html)


def test_lead_time_is_told_only_of_what_is_sold_out(client: Client, db: None) -> None:
    tool = make_tool("SH-1", lead_time_days=35)
    assert "35 days" not in client.get(tool.get_absolute_url()).content.decode()
    set_stock(tool, 0)
    assert "usually takes about 35 days" in client.get(tool.get_absolute_url()).content.decode()


def test_photograph_of_the_variant_in_the_address_comes_first(client: Client, ball: Product) -> None:
    firm = variant(ball, "firm")
    make_image(ball, alt="All three")
    make_image(firm, alt="The firm one")
    plain = client.get(ball.get_absolute_url()).content.decode()
    chosen = client.get(f"{ball.get_absolute_url()}?variant={firm.upc}").content.decode()
    assert plain.index('alt="All three"') < plain.index('alt="The firm one"')
    assert chosen.index('alt="The firm one"') < chosen.index('alt="All three"')


def test_page_for_visitors_without_a_session_is_the_same_for_all(ball: Product, clinic_buyer: Any) -> None:
    """It may be cached whole: nothing of anybody, no token."""
    set_stock(variant(ball, "soft"), 0)
    pages = {_without_hidden(Client().get(ball.get_absolute_url()).content.decode()) for _visitor in range(2)}
    assert len(pages) == 1
    assert "csrfmiddlewaretoken" not in pages.pop()


def _without_hidden(html: str) -> str:
    return re.sub(r'<input type="hidden"[^>]*>', "", html)
