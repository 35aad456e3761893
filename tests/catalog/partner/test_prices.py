"""VAT: derived per line total, rounded half up to the penny, and it always adds up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalog.partner.prices import PENNY, NetPrice, PublicPrice, to_penny

PRICES = some.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2)
QUANTITIES = some.integers(min_value=1, max_value=1000)


def test_three_balls_for_the_united_kingdom() -> None:
    line = PublicPrice(gross=Decimal("8.90")).line(3)
    assert (line.net, line.tax, line.gross) == (Decimal("22.25"), Decimal("4.45"), Decimal("26.70"))


def test_three_balls_for_germany_are_charged_net() -> None:
    line = PublicPrice(gross=Decimal("8.90"), charges_vat=False).line(3)
    assert (line.net, line.tax, line.gross) == (Decimal("22.25"), Decimal(0), Decimal("22.25"))


def test_one_quoted_price_for_ireland_has_no_vat_and_for_home_has() -> None:
    assert NetPrice(net=Decimal("7.42"), charges_vat=False).line(10).gross == Decimal("74.20")
    assert NetPrice(net=Decimal("7.42")).line(10).gross == Decimal("89.04")


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("0.004999", "0.00"), ("1.015", "1.02")])
def test_half_a_penny_goes_up(amount: str, rounded: str) -> None:
    assert to_penny(Decimal(amount)) == Decimal(rounded)


@given(gross=PRICES, quantity=QUANTITIES)
def test_net_and_tax_are_the_gross_that_was_shown(gross: Decimal, quantity: int) -> None:
    line = PublicPrice(gross=gross).line(quantity)
    assert line.net + line.tax == line.gross == gross * quantity
    assert line.net == line.net.quantize(PENNY)
    assert abs(line.net * 6 / 5 - line.gross) <= Decimal("0.006")


@given(gross=PRICES, quantity=QUANTITIES)
def test_abroad_costs_the_net_of_home(gross: Decimal, quantity: int) -> None:
    home, abroad = PublicPrice(gross=gross).line(quantity), PublicPrice(gross=gross, charges_vat=False).line(quantity)
    assert abroad.net == abroad.gross == home.net
    assert abroad.tax == 0


@given(net=PRICES, quantity=QUANTITIES)
def test_quoted_prices_add_up(net: Decimal, quantity: int) -> None:
    line = NetPrice(net=net).line(quantity)
    assert line.net == net * quantity
    assert line.net + line.tax == line.gross
    assert line.tax == line.tax.quantize(PENNY)


@given(gross=PRICES, quantity=QUANTITIES, share=some.integers(0, 100))
def test_the_net_after_a_discount_never_exceeds_what_is_paid(gross: Decimal, quantity: int, share: int) -> None:
    price = PublicPrice(gross=gross)
    paid = price.line(quantity).gross - to_penny(price.line(quantity).gross * share / 100)
    assert Decimal(0) <= price.net_of(paid) <= paid
