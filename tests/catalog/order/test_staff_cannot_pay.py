"""No order is marked paid without its money, not even by staff in Oscar's own screens."""

from typing import Any

import pytest
from django.test import Client

from catalog.order import states
from tests.shop import make_basket, make_product, order_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/dashboard/orders/{}/", {"order_action": "change_order_status", "new_status": "paid"}),
        ("/dashboard/orders/", {"action": "change_order_statuses", "selected_order": "PK", "new_status": "paid"}),
        ("/admin/order/order/PK/change/", {"status": "paid"}),
    ],
)
def test_no_screen_of_oscar_marks_an_order_paid(client: Client, owner: Any, address: str, data: dict[str, str]) -> None:
    order = order_of(make_basket(make_product()))
    client.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    path = address.format(order.number).replace("PK", str(order.pk))
    client.post(path, {name: value.replace("PK", str(order.pk)) for name, value in data.items()})
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT


@pytest.mark.parametrize("path", ["/admin/order/order/", "/admin/order/order/PK/change/", "/admin/payment/source/"])
def test_owner_can_still_read(client: Client, owner: Any, path: str) -> None:
    order = order_of(make_basket(make_product()))
    client.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    assert client.get(path.replace("PK", str(order.pk))).status_code == 200
