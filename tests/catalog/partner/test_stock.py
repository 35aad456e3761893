"""Which price and stock a visitor sees, and that the last piece is sold once."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from catalog.catalogue.models import Product
from catalog.partner.allocation import NotEnoughStock
from catalog.partner.desk import todo
from catalog.partner.models import StockRecord
from catalog.partner.strategy import ExportStrategy, PublicStrategy
from tests.factories.catalogue import make_parent, set_stock
from tests.factories.texts import make_tool


@pytest.mark.django_db
def test_the_same_piece_at_home_and_abroad() -> None:
    tool = make_tool("SH-1", price="8.90")
    home, abroad = PublicStrategy().fetch_for_product(tool).price, ExportStrategy().fetch_for_product(tool).price
    assert (home.incl_tax, home.excl_tax, home.tax) == (Decimal("8.90"), Decimal("7.42"), Decimal("1.48"))
    assert (abroad.incl_tax, abroad.tax) == (Decimal("7.42"), 0)


@pytest.mark.django_db
def test_parent_costs_what_its_cheapest_variant_costs() -> None:
    parent = make_parent(variants={"large": ("32.00", 5), "small": ("9.80", 0)})
    info = PublicStrategy().fetch_for_parent(parent)
    assert info.price.incl_tax == Decimal("9.80")
    assert info.availability.is_available_to_buy


@pytest.mark.django_db
def test_parent_is_out_of_stock_when_all_variants_are() -> None:
    parent = make_parent(variants={"large": ("32.00", 0), "small": ("9.80", 0)})
    assert not PublicStrategy().fetch_for_parent(parent).availability.is_available_to_buy


@pytest.mark.django_db
def test_without_a_price_nothing_can_be_bought() -> None:
    tool = make_tool("SH-1")
    tool.stockrecords.update(price=None)
    permitted, reason = PublicStrategy().fetch_for_product(tool).availability.is_purchase_permitted(1)
    assert not permitted
    assert "Ask us about it" in reason


@pytest.mark.django_db
def test_allocation_stops_at_what_is_there() -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 3)
    record = StockRecord.objects.get()
    record.allocate(2)
    with pytest.raises(NotEnoughStock, match="Only 1 of SH-1 are left"):
        record.allocate(2)
    record.refresh_from_db()
    assert record.num_allocated == 2


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_three_pieces() -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 3)
    got: list[bool] = []

    def buy() -> None:
        try:
            StockRecord.objects.get(product=tool).allocate(1)
            got.append(True)
        except NotEnoughStock:
            got.append(False)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=buy) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (got.count(True), got.count(False)) == (3, 47)
    assert StockRecord.objects.get().num_allocated == 3


@pytest.mark.django_db
def test_desk_names_what_runs_low_emptiest_first(sales_clerk: Any) -> None:
    for sku, pieces, mark in [("PLENTY", 30, 10), ("LOW", 4, 10), ("EMPTY", 0, 10), ("UNWATCHED", 0, None)]:
        set_stock(make_tool(sku), pieces, low_at=mark)
    hidden = make_tool("HIDDEN", is_public=False)
    set_stock(hidden, 0, low_at=10)
    group = todo(sales_clerk)
    assert [(item.title, item.note, item.urgency) for item in group.items] == [
        ("Tool EMPTY", "none left", "overdue"),
        ("Tool LOW", "4 left", "soon"),
    ]
    assert group.total == 2
    assert Product.objects.count() == 5
