"""Prices with VAT as staff typed them; net and tax are derived per line total, rounded half up to the penny."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from oscar.apps.partner.prices import Base

PENNY = Decimal("0.01")
UK_VAT = Decimal("0.20")


def to_penny(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class LinePrice:
    """What a line of several pieces costs, in pounds; `net + tax == gross` to the penny."""

    net: Decimal
    tax: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


class PublicPrice(Base):
    """`gross` pounds a piece with UK VAT. `charges_vat=False` (goods that leave the UK) charges only the net."""

    exists = True
    is_tax_known = True

    def __init__(self, *, gross: Decimal, currency: str = "GBP", charges_vat: bool = True, rate: Decimal = UK_VAT):
        self.gross = gross
        self.currency = currency
        self.charges_vat = charges_vat
        self.rate = rate
        self.tax_code = "standard" if charges_vat else "export"

    def line(self, quantity: int) -> LinePrice:
        gross = self.gross * quantity
        net = to_penny(gross / (1 + self.rate))
        return LinePrice(net=net, tax=gross - net if self.charges_vat else Decimal("0.00"))

    def net_of(self, paid: Decimal) -> Decimal:
        """The net in what is paid after a discount."""
        return to_penny(paid / (1 + self.rate)) if self.charges_vat else paid

    @property
    def excl_tax(self) -> Decimal:
        return self.line(1).net

    @property
    def tax(self) -> Decimal:
        return self.line(1).tax

    @property
    def incl_tax(self) -> Decimal:
        return self.line(1).gross

    @property
    def effective_price(self) -> Decimal:
        return self.incl_tax


class NetPrice(PublicPrice):
    """`net` pounds a piece without VAT, as agreed in a quote; VAT is added on the line total."""

    def __init__(self, *, net: Decimal, currency: str = "GBP", charges_vat: bool = True, rate: Decimal = UK_VAT):
        super().__init__(gross=net * (1 + rate), currency=currency, charges_vat=charges_vat, rate=rate)
        self.net = net

    def line(self, quantity: int) -> LinePrice:
        net = self.net * quantity
        return LinePrice(net=net, tax=to_penny(net * self.rate) if self.charges_vat else Decimal("0.00"))
