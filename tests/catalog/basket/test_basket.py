"""The basket: putting in, changing, taking out, and what it answers to nonsense."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.basket.models import Basket, Line
from catalog.catalogue.models import Product
from tests.factories.catalogue import make_parent, set_stock
from tests.factories.texts import make_tool
from tests.shop import make_method

from .conftest import OURS, words

pytestmark = pytest.mark.django_db

NONSENSE = ["0", "-1", "1000000000", "abc", "", "1\x00", "9" * 5000, "1.5", "١x"]


def add(client: Client, product: Product, **data: Any) -> Any:
    return client.post(f"/basket/add/{product.pk}/", {"quantity": 1, **data}, headers=OURS)


def quantities() -> list[int]:
    return list(Line.objects.order_by("pk").values_list("quantity", flat=True))


def test_visitor_without_a_basket_costs_no_query_and_gets_no_cookie(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        page = client.get("/basket/")
    assert "It is empty" in words(page)
    assert not page.cookies


def test_adding_shows_it_in_the_basket(client: Client) -> None:
    response = add(client, make_tool("SH-1", price="29.00"), quantity=2)
    page = client.get(response["Location"])
    assert "Tool SH-1 is in your basket." in words(page)
    assert "£58.00" in words(page)
    assert "Of which VAT £9.67." in words(page)


def test_adding_sets_only_the_basket_and_the_message_cookie(client: Client) -> None:
    assert set(add(client, make_tool("SH-1")).cookies) == {"oscar_open_basket", "messages"}


def test_adding_a_parent_wants_a_choice(client: Client) -> None:
    parent = make_parent()
    page = add(client, parent, quantity=3)
    assert page.status_code == 422
    assert "Choose which one you would like." in words(page)
    assert 'value="3"' in page.content.decode()
    assert not Line.objects.exists()


def test_adding_a_variant_of_another_product_is_refused(client: Client) -> None:
    parent, other = make_parent(), make_tool("SH-1")
    page = add(client, parent, child_id=other.pk)
    assert page.status_code == 422
    assert not Line.objects.exists()


def test_adding_a_variant_puts_the_variant_in(client: Client) -> None:
    parent = make_parent()
    firm = parent.children.get(variant_label="firm")
    add(client, parent, child_id=firm.pk)
    assert Line.objects.get().product == firm


@pytest.mark.parametrize("quantity", NONSENSE)
def test_adding_nonsense_changes_nothing_and_says_why(client: Client, quantity: str) -> None:
    page = add(client, make_tool("SH-1"), quantity=quantity)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert not Basket.objects.exists()


@pytest.mark.parametrize("quantity", NONSENSE[1:])
def test_changing_to_nonsense_changes_nothing_and_says_why(client: Client, quantity: str) -> None:
    add(client, make_tool("SH-1"), quantity=2)
    page = client.post(f"/basket/lines/{Line.objects.get().pk}/", {"quantity": quantity})
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert quantities() == [2]


def test_stock_limits_what_can_be_added_and_says_how_many(client: Client) -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 3)
    assert "Only 3 are in stock. Choose 3 or fewer" in words(add(client, tool, quantity=4))
    add(client, tool, quantity=2)
    assert "2 of it are in your basket already; choose 1 or fewer to add." in words(add(client, tool, quantity=2))
    add(client, tool, quantity=1)
    assert "All 3 that we have are in your basket already." in words(add(client, tool, quantity=1))
    assert quantities() == [3]


def test_changing_beyond_the_stock_is_refused_and_keeps_what_was_typed(client: Client) -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 3)
    add(client, tool)
    page = client.post(f"/basket/lines/{Line.objects.get().pk}/", {"quantity": "7"})
    assert 'value="7"' in page.content.decode()
    assert "Only 3 are in stock" in words(page)
    assert quantities() == [1]


def test_changing_and_taking_out(client: Client) -> None:
    add(client, make_tool("SH-1"))
    line = Line.objects.get()
    client.post(f"/basket/lines/{line.pk}/", {"quantity": "4"})
    assert quantities() == [4]
    client.post(f"/basket/lines/{line.pk}/removal/")
    assert quantities() == []
    again = client.post(f"/basket/lines/{line.pk}/removal/", follow=True)
    assert "no longer in your basket" in words(again)


def test_anothers_line_stays_as_it_is(client: Client) -> None:
    add(client, make_tool("SH-1"))
    stranger = Client()
    add(stranger, make_tool("SH-2"))
    line = Line.objects.order_by("pk").first()
    assert line
    stranger.post(f"/basket/lines/{line.pk}/", {"quantity": "9"})
    stranger.post(f"/basket/lines/{line.pk}/removal/")
    assert quantities() == [1, 1]


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {}])
def test_adding_from_elsewhere_is_refused(client: Client, headers: dict[str, str]) -> None:
    response = client.post(f"/basket/add/{make_tool('SH-1').pk}/", {"quantity": 1}, headers=headers)
    assert response.status_code == 403
    assert not Basket.objects.exists()


@pytest.mark.parametrize("key", ["unpublished", "unknown", "huge"])
def test_adding_what_is_not_for_sale_is_not_found(client: Client, key: str) -> None:
    tool = make_tool("SH-1", is_public=False)
    pk = {"unpublished": tool.pk, "unknown": tool.pk + 9, "huge": 10**30}[key]
    response = client.post(f"/basket/add/{pk}/", {"quantity": 1}, headers=OURS)
    assert response.status_code == 404


def test_what_was_taken_from_the_shop_is_marked_and_bars_the_checkout(client: Client) -> None:
    tool = make_tool("SH-1")
    add(client, tool)
    Product.objects.filter(pk=tool.pk).update(is_public=False)
    page = client.get("/basket/")
    assert "It is no longer in the shop. Take it out to go on." in words(page)
    assert "Go to checkout" not in words(page)


def test_what_sold_out_meanwhile_is_marked(client: Client) -> None:
    tool = make_tool("SH-1")
    add(client, tool, quantity=5)
    set_stock(tool, 2)
    assert "Only 2 are in stock. Choose 2 or fewer, or ask us when more will come. Or take it out" in words(
        client.get("/basket/")
    )


def test_a_price_that_changed_is_told(client: Client) -> None:
    tool = make_tool("SH-1", price="29.00")
    add(client, tool)
    tool.stockrecords.update(price="31.00")
    assert "It costs £31.00 now; it was £29.00 when you put it here." in words(client.get("/basket/"))


def test_sign_in_keeps_the_basket_and_adds_up_to_the_stock(client: Client, clinic_buyer: Any) -> None:
    tool, other = make_tool("SH-1"), make_tool("SH-2")
    set_stock(tool, 5)
    client.force_login(clinic_buyer)
    # Signed in there is a session, so the same form brings Django's token.
    client.post(f"/basket/add/{tool.pk}/", {"quantity": 3})
    guest = Client()
    add(guest, tool, quantity=4)
    add(guest, other, quantity=1)
    client.cookies["oscar_open_basket"] = guest.cookies["oscar_open_basket"].value
    client.get("/basket/")
    basket = Basket.open.get(owner=clinic_buyer)
    assert dict(basket.lines.values_list("product__upc", "quantity")) == {"SH-1": 5, "SH-2": 1}
    assert client.cookies["oscar_open_basket"].value == ""


def test_delivery_is_estimated_and_told_when_free(client: Client) -> None:
    make_method("uk-standard", price="3.95", free_from="45.00", name="UK standard")
    tool = make_tool("SH-1", price="20.00")
    add(client, tool)
    page = words(client.get("/basket/"))
    assert "Delivery, UK standard £3.95" in page
    assert "Add £25.00 more and delivery is free." in page
    assert "To pay, with VAT £23.95" in page
    client.post(f"/basket/lines/{Line.objects.get().pk}/", {"quantity": "3"})
    assert "Delivery, UK standard Free" in words(client.get("/basket/"))


def test_basket_page_asks_as_often_for_one_line_as_for_three(client: Client) -> None:
    make_method()
    counts = []
    for number in range(3):
        parent = make_parent(f"P-{number}")
        add(client, parent, child_id=parent.children.first().pk)
        client.get("/basket/")  # the message about it is read
        with CaptureQueriesContext(connection) as queries:
            client.get("/basket/")
        counts.append(len(queries))
    assert counts[0] == counts[2]
    assert counts[2] <= 20


def test_forged_basket_cookie_gives_an_empty_basket(client: Client) -> None:
    client.cookies["oscar_open_basket"] = "1:forged"
    assert "It is empty" in words(client.get("/basket/"))


def test_limits_of_one_thing_and_of_the_basket_lead_to_a_quote(client: Client, settings: Any) -> None:
    settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 1500
    tool, other = make_tool("SH-1"), make_tool("SH-2")
    set_stock(tool, 9000)
    set_stock(other, 9000)
    add(client, tool, quantity=900)
    assert "At most 1000 of one thing. For more, ask us for a wholesale quote." in words(
        add(client, tool, quantity=101)
    )
    assert "At most 1500 things fit into one basket." in words(add(client, other, quantity=601))
    add(client, other, quantity=600)
    page = client.post(f"/basket/lines/{Line.objects.get(product=tool).pk}/", {"quantity": "901"})
    assert "At most 1500 things fit into one basket." in words(page)
    assert quantities() == [900, 600]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_lose_nothing(client: Client) -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 500)
    add(client, tool)
    cookie = client.cookies["oscar_open_basket"].value

    def add_again(_number: int) -> int:
        tab = Client()
        tab.cookies["oscar_open_basket"] = cookie
        try:
            return int(add(tab, tool).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add_again, range(16))) == {302}
    assert quantities() == [17]


def test_a_basket_that_was_ordered_meanwhile_is_not_changed(client: Client) -> None:
    tool = make_tool("SH-1")
    add(client, tool)
    basket = Basket.objects.get()
    basket.submit()
    line = Line.objects.get()
    response = client.post(f"/basket/lines/{line.pk}/", {"quantity": "3"}, follow=True)
    assert "no longer in your basket" in words(response)
    assert quantities() == [1]
