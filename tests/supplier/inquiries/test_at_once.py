"""Buttons pressed by several hands, or twice, in the same moment."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from supplier.inquiries.actions import answer_inquiry, release_inquiry
from supplier.inquiries.models import Inquiry
from supplier.outbox.models import Letter

from .conftest import OURS, typed

pytestmark = pytest.mark.django_db(transaction=True)


def five_at_once(press: Callable[[], Any]) -> list[Any]:
    def pressed(_number: int) -> Any:
        try:
            return press()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as hands:
        return list(hands.map(pressed, range(5)))


def test_message_sent_five_times_at_once_is_one_message_with_one_reference() -> None:
    data = typed()
    addresses = five_at_once(lambda: Client().post("/messages/", data, headers=OURS)["Location"])
    assert len(set(addresses)) == 1
    assert (Inquiry.objects.count(), Letter.objects.count()) == (1, 2)


def test_answer_sent_five_times_at_once_goes_out_once(make_inquiry: Any, sales_clerk: Any) -> None:
    inquiry, key = make_inquiry(), uuid.uuid4()
    five_at_once(lambda: answer_inquiry(inquiry, by=sales_clerk, text="Yes.", key=key))
    assert (inquiry.messages.filter(is_ours=True).count(), Letter.objects.count()) == (1, 1)


def test_quarantined_message_released_five_times_at_once_is_acknowledged_once(make_inquiry: Any) -> None:
    inquiry = make_inquiry(homepage="x")
    assert sorted(five_at_once(lambda: release_inquiry(inquiry))) == [False] * 4 + [True]
    assert Letter.objects.count() == 2
