"""Staff pack and ship a paid order: each once, and stock leaves the house once."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.test import Client

from catalog.order import states
from catalog.order.actions import mark_paid
from catalog.order.fulfilment import CannotBeDone, pack_order, ship_order
from catalog.order.models import Order, Shipment
from catalog.partner.models import StockRecord
from tests.shop import GUEST, make_basket, make_product, order_of, stock_of

PARCEL = {"carrier": "Royal Mail", "tracking_number": "AB 123 456 789 GB"}


@pytest.fixture
def product(db: None) -> Any:
    return make_product(stock=5)


@pytest.fixture
def paid(product: Any) -> Order:
    order = order_of(make_basket(product, quantity=2))
    mark_paid(order)
    mail.outbox.clear()
    return order


def test_order_is_packed_once(paid: Order, sales_clerk: Any) -> None:
    assert [pack_order(paid, by=sales_clerk), pack_order(paid, by=sales_clerk)] == [True, False]
    paid.refresh_from_db()
    assert paid.status == states.PACKED
    assert [(note.user, note.message) for note in paid.notes.all()] == [(sales_clerk, "Packed")]
    assert mail.outbox == []


def test_shipped_order_tells_the_customer_and_leaves_the_stock_once(
    paid: Order, product: Any, sales_clerk: Any
) -> None:
    pack_order(paid, by=sales_clerk)
    assert stock_of(product) == (5, 2)
    assert [ship_order(paid, by=sales_clerk, **PARCEL), ship_order(paid, by=sales_clerk, **PARCEL)] == [True, False]
    paid.refresh_from_db()
    assert paid.status == states.SHIPPED
    assert stock_of(product) == (3, 0)
    assert [(parcel.carrier, parcel.shipped_by) for parcel in paid.shipments.all()] == [("Royal Mail", sales_clerk)]
    [letter] = mail.outbox
    assert letter.to == [GUEST]
    assert paid.number in letter.subject
    for body in (letter.body, letter.alternatives[0][0]):
        assert "AB 123 456 789 GB" in body
        assert "Royal Mail" in body
        assert "/o/" in body


@pytest.mark.parametrize("status", [states.AWAITING_PAYMENT, states.CANCELLED, states.EXPIRED])
def test_unpaid_or_cancelled_order_can_not_be_packed(paid: Order, sales_clerk: Any, status: str) -> None:
    Order.objects.filter(pk=paid.pk).update(status=status)
    with pytest.raises(CannotBeDone):
        pack_order(paid, by=sales_clerk)
    paid.refresh_from_db()
    assert (paid.status, paid.notes.count()) == (status, 0)


def test_order_that_is_not_packed_can_not_be_shipped(paid: Order, product: Any, sales_clerk: Any) -> None:
    with pytest.raises(CannotBeDone, match=r"“paid”.*“shipped”"):
        ship_order(paid, by=sales_clerk, **PARCEL)
    assert not Shipment.objects.exists()
    assert stock_of(product) == (5, 2)
    assert mail.outbox == []


def test_stock_that_was_corrected_too_low_is_named_and_nothing_is_changed(
    paid: Order, product: Any, sales_clerk: Any
) -> None:
    pack_order(paid, by=sales_clerk)
    StockRecord.objects.filter(product=product).update(num_in_stock=1)
    with pytest.raises(CannotBeDone, match="Correct its stock first"):
        ship_order(paid, by=sales_clerk, **PARCEL)
    paid.refresh_from_db()
    assert (paid.status, mail.outbox) == (states.PACKED, [])
    assert stock_of(product) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_five_clerks_who_ship_at_once_ship_once(sales_clerk: Any) -> None:
    product = make_product(stock=5)
    order = order_of(make_basket(product, quantity=2))
    mark_paid(order)
    pack_order(order, by=sales_clerk)
    mail.outbox.clear()

    def ship(_number: int) -> bool:
        try:
            return ship_order(order, by=sales_clerk, **PARCEL)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as threads:
        assert sorted(threads.map(ship, range(5))) == [False] * 4 + [True]
    assert stock_of(product) == (3, 0)
    assert len(mail.outbox) == 1


@pytest.fixture
def clerk(client: Client, sales_clerk: Any) -> Client:
    client.force_login(sales_clerk)
    return client


def test_desk_leads_an_order_from_paid_to_shipped(clerk: Client, paid: Order, product: Any) -> None:
    url = f"/desk/orders/{paid.number}/"
    assert paid.number in clerk.get("/desk/orders/").content.decode()
    assert paid.number in clerk.get("/desk/").content.decode()
    assert "Mark as packed" in clerk.get(url).content.decode()
    for _press in range(2):
        clerk.post(f"{url}packing/")
    assert "Mark as shipped" in clerk.get(url).content.decode()
    for _press in range(2):
        clerk.post(f"{url}shipment/", PARCEL)
    page = clerk.get(url).content.decode()
    assert "AB 123 456 789 GB" in page
    assert "Mark as" not in page
    assert paid.number not in clerk.get("/desk/orders/").content.decode()
    assert paid.number in clerk.get("/desk/orders/?show=shipped").content.decode()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "parcel", [{}, {"carrier": "x" * 81}, {"carrier": "a\x00"}, {"carrier": "DHL", "tracking_number": "1\r\nBcc: x"}]
)
def test_bad_parcel_changes_nothing(clerk: Client, paid: Order, sales_clerk: Any, parcel: dict[str, str]) -> None:
    pack_order(paid, by=sales_clerk)
    assert clerk.post(f"/desk/orders/{paid.number}/shipment/", parcel).status_code == 422
    paid.refresh_from_db()
    assert paid.status == states.PACKED


def test_desk_says_why_an_order_can_not_be_packed(clerk: Client, paid: Order) -> None:
    Order.objects.filter(pk=paid.pk).update(status=states.CANCELLED)
    page = clerk.post(f"/desk/orders/{paid.number}/packing/", follow=True).content.decode()
    assert "This order is “cancelled”" in page


@pytest.mark.parametrize("number", ["0", "abc", "%00", "1 OR 1=1"])
def test_unknown_order_is_not_found(clerk: Client, number: str) -> None:
    assert clerk.get(f"/desk/orders/{number}/").status_code == 404
    assert clerk.post(f"/desk/orders/{number}/packing/").status_code == 404


@pytest.mark.parametrize("query", ["?q=%00", "?q=guest", "?page=x", "?show=nonsense"])
def test_tampered_address_of_the_list_shows_a_list(clerk: Client, paid: Order, query: str) -> None:
    assert clerk.get(f"/desk/orders/{query}").status_code == 200


def test_lists_ask_no_more_for_three_orders_than_for_one(clerk: Client, product: Any, paid: Order) -> None:
    from tests.supplier.desk.test_messages import queries_of

    one = [queries_of(clerk, path) for path in ("/desk/orders/", "/desk/")]
    for _more in range(2):
        mark_paid(order_of(make_basket(product)))
    assert [queries_of(clerk, path) for path in ("/desk/orders/", "/desk/")] == one
    assert max(one) <= 20


def test_customer_sees_carrier_and_number_on_the_orders_page(client: Client, paid: Order, sales_clerk: Any) -> None:
    pack_order(paid, by=sales_clerk)
    ship_order(paid, by=sales_clerk, **PARCEL)
    path = re.search(r"http://testserver(/o/[\w-]+/)", str(mail.outbox[0].body))
    assert path
    page = client.get(path[1]).content.decode()
    assert "Royal Mail" in page
    assert "AB 123 456 789 GB" in page
