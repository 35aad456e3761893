"""Logs are read by more people than the pages behind guest links are meant for."""

import logging
from typing import Any

import pytest
from django.test import Client

from catalog.order.models import OrderLink
from supplier.accounts.log import HideTokens
from supplier.settings import LOGGING
from tests.shop import make_basket, make_product, order_of


def told(message: str, *args: Any) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert HideTokens().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("door", ["o", "q", "m"])
def test_token_of_a_guest_link_is_left_out_of_logs(door: str) -> None:
    assert told("%s: %s", "Not Found", f"/{door}/{'x' * 43}/payment/") == f"Not Found: /{door}/…/payment/"


def test_other_addresses_are_told_as_they_are() -> None:
    assert told("%s: %s", "Not Found", "/products/palm-ball_3/") == "Not Found: /products/palm-ball_3/"


def test_every_handler_hides_tokens() -> None:
    for handler in LOGGING["handlers"].values():
        assert LOGGING["filters"][handler["filters"][0]]["()"] == "supplier.accounts.log.HideTokens"


@pytest.mark.django_db
def test_order_page_answers_head(client: Client) -> None:
    """Mail scanners and link previews ask so, and a refusal would be logged as a warning."""
    order = order_of(make_basket(make_product("Spiky Palm Ball")))
    response = client.head(f"/o/{OrderLink.objects.issue(order=order)}/")

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
