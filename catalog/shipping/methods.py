"""A delivery method of ours as Oscar's checkout wants it."""

from decimal import Decimal
from typing import Any

from oscar.apps.shipping.methods import Base
from oscar.core.prices import Price

from catalog.partner.prices import PublicPrice, to_penny

from .models import DeliveryMethod


class RowMethod(Base):
    """What a DeliveryMethod row costs for a basket: free from an amount on, without VAT when the goods leave the UK."""

    def __init__(self, row: DeliveryMethod) -> None:
        self.row = row
        self.code = row.code
        self.name = row.name
        self.description = row.note

    def calculate(self, basket: Any) -> Price:
        gross = self.row.price_for(goods_with_vat(basket))
        price = PublicPrice(gross=gross, currency=basket.currency, charges_vat=charges_vat(basket))
        line = price.line(1)
        return Price(currency=price.currency, excl_tax=line.net, incl_tax=line.gross, tax_code=price.tax_code)


def charges_vat(basket: Any) -> bool:
    return bool(getattr(basket.strategy, "charges_vat", True))


def goods_with_vat(basket: Any) -> Decimal:
    """After discounts, and the same for every country: "free from" is said with VAT."""
    prices = [(line.purchase_info.price, line.quantity) for line in basket.all_lines()]
    goods = sum((price.gross * quantity for price, quantity in prices if price.exists), Decimal(0))
    before = basket.total_incl_tax_excl_discounts
    # What offers take off is a share of what is paid, with or without VAT.
    return to_penny(goods * basket.total_incl_tax / before) if before else goods
