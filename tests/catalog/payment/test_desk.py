"""Staff see at once when money and order do not fit."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from catalog.payment.desk import todo
from catalog.payment.models import PaymentAttempt
from tests.shop import make_basket, make_product, order_of

pytestmark = pytest.mark.django_db


def test_nothing_is_said_while_all_is_well(sales_clerk: Any) -> None:
    order_of(make_basket(make_product()))
    assert todo(sales_clerk) is None


def test_payment_that_does_not_fit_is_on_the_desk(client: Client, sales_clerk: Any) -> None:
    order = order_of(make_basket(make_product()))
    PaymentAttempt.objects.update(attention="Paid although the order is cancelled.")
    client.force_login(sales_clerk, "django.contrib.auth.backends.ModelBackend")
    shown = client.get("/desk/").content.decode()
    assert f"Order {order.number}" in shown
    assert "Paid although the order is cancelled." in shown
    group = todo(sales_clerk)
    assert group
    assert client.get(group.url).status_code == 200
    assert client.get(group.items[0].url).status_code == 200


def test_staff_cannot_rewrite_what_was_paid(client: Client, sales_clerk: Any) -> None:
    order_of(make_basket(make_product()))
    attempt = PaymentAttempt.objects.get()
    client.force_login(sales_clerk, "django.contrib.auth.backends.ModelBackend")
    response = client.post(f"/admin/payment/paymentattempt/{attempt.pk}/change/", {"state": "paid"})
    attempt.refresh_from_db()
    assert response.status_code == 403
    assert attempt.state == "created"


def test_staff_take_a_payment_off_the_desk(client: Client, sales_clerk: Any) -> None:
    order_of(make_basket(make_product()))
    PaymentAttempt.objects.update(attention="Paid twice.")
    attempt = PaymentAttempt.objects.get()
    client.force_login(sales_clerk, "django.contrib.auth.backends.ModelBackend")
    data = {"action": "mark_looked_at", "_selected_action": attempt.pk}
    client.post("/admin/payment/paymentattempt/", data)
    attempt.refresh_from_db()
    assert attempt.attention == ""
    assert "Paid twice." in LogEntry.objects.get().change_message
