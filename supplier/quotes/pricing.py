"""What a version comes to. Its page, its letter and the order made of it are computed by the same prices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from oscar.apps.partner.availability import Available
from oscar.apps.partner.prices import Unavailable
from oscar.apps.shipping.methods import Base as ShippingMethod
from oscar.core.prices import Price

from catalog.partner.availability import InStock, NotForSale
from catalog.partner.prices import LinePrice, NetPrice
from catalog.partner.strategy import PublicStrategy

from .models import QuoteVersion, VersionLine

HOME = "GB"
CURRENCY = "GBP"


def charges_vat(country_code: str) -> bool:
    return country_code == HOME


class VersionStrategy(PublicStrategy):
    """Prices of one version and no other; what the version does not hold has no price."""

    #: Something made for one quote is in no shop window.
    sells_unpublished = True

    def __init__(self, version: QuoteVersion) -> None:
        super().__init__(None)
        self.charges_vat = charges_vat(version.quote.country_id)
        self.net_prices: Mapping[int, Decimal] = {line.product_id: line.price for line in version.lines.all()}

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        if not stockrecord or product.pk not in self.net_prices:
            return Unavailable()
        return NetPrice(net=self.net_prices[product.pk], currency=CURRENCY, charges_vat=self.charges_vat)

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        """What the shop sells to nobody else has no public price, and may be sold here all the same."""
        if not stockrecord or product.pk not in self.net_prices:
            return NotForSale()
        if not product.get_product_class().track_stock:
            return Available()
        return InStock(stockrecord.net_stock_level)


class AgreedDelivery(ShippingMethod):
    """The delivery that a version offers."""

    code = "agreed"

    def __init__(self, version: QuoteVersion) -> None:
        self.name = version.delivery_name
        self.price = delivery_price(version)

    def calculate(self, basket: Any) -> Price:
        line = self.price.line(1)
        return Price(currency=CURRENCY, excl_tax=line.net, incl_tax=line.gross, tax_code=self.price.tax_code)


def delivery_price(version: QuoteVersion) -> NetPrice:
    net = version.delivery_price or Decimal("0.00")
    return NetPrice(net=net, currency=CURRENCY, charges_vat=charges_vat(version.quote.country_id))


@dataclass(frozen=True)
class PricedLine:
    line: VersionLine
    sum: LinePrice


@dataclass(frozen=True)
class Totals:
    """In pounds; VAT is rounded on each line total, so `total` is what the order will cost to the penny."""

    lines: tuple[PricedLine, ...]
    goods: Decimal
    delivery: Decimal
    vat: Decimal
    has_vat: bool

    @property
    def net(self) -> Decimal:
        return self.goods + self.delivery

    @property
    def total(self) -> Decimal:
        return self.net + self.vat

    @property
    def vat_words(self) -> str:
        return _("VAT, 20 %") if self.has_vat else _("UK VAT")


def totals_of(version: QuoteVersion) -> Totals:
    has_vat = charges_vat(version.quote.country_id)
    lines = tuple(_priced(version.lines.all(), has_vat=has_vat))
    delivery = delivery_price(version).line(1)
    return Totals(
        lines=lines,
        goods=sum((priced.sum.net for priced in lines), Decimal("0.00")),
        delivery=delivery.net,
        vat=sum((priced.sum.tax for priced in lines), delivery.tax),
        has_vat=has_vat,
    )


def _priced(lines: Iterable[VersionLine], *, has_vat: bool) -> Iterable[PricedLine]:
    for line in lines:
        price = NetPrice(net=line.price, currency=CURRENCY, charges_vat=has_vat)
        yield PricedLine(line, price.line(line.quantity))
