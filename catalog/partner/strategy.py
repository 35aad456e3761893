"""Which price and which stock a visitor sees. Nothing but this and the totals calculator computes a price."""

from typing import Any

from django.http import HttpRequest
from oscar.apps.partner import strategy as oscar_strategy
from oscar.apps.partner.prices import Unavailable

from .availability import InStock, NotForSale, state_of
from .prices import PublicPrice


class PublicStrategy(oscar_strategy.StockRequired, oscar_strategy.Structured):
    """The public price with UK VAT."""

    charges_vat = True

    def select_stockrecord(self, product: Any) -> Any:
        """The oldest one. Oscar's mixin takes what the database hands out first, which changes with any update."""
        return min(product.stockrecords.all(), key=lambda record: record.pk, default=None)

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        return self.fetch_for_product(line.product, line.stockrecord)

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        if not stockrecord or stockrecord.price is None:
            return Unavailable()
        return PublicPrice(gross=stockrecord.price, currency=stockrecord.price_currency, charges_vat=self.charges_vat)

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        if not stockrecord or stockrecord.price is None:
            return NotForSale()
        if not product.get_product_class().track_stock:
            return oscar_strategy.Available()
        return InStock(stockrecord.net_stock_level, low_stock_at=stockrecord.low_stock_threshold)

    def parent_pricing_policy(self, product: Any, children_stock: Any) -> Any:
        """The price of the cheapest variant ("from")."""
        records = [record for _, record in children_stock if record and record.price is not None]
        if not records:
            return Unavailable()
        return self.pricing_policy(product, min(records, key=lambda record: record.price))

    def parent_availability_policy(self, product: Any, children_stock: Any) -> Any:
        """The best of the variants' states: one that is in stock is enough."""
        policies = [self.availability_policy(child, record) for child, record in children_stock]
        order = {"in": 0, "few": 1, "none": 2}
        return min(policies, key=lambda policy: order[state_of(policy)], default=NotForSale())


class ExportStrategy(PublicStrategy):
    """Goods that leave the UK are charged without UK VAT; the carrier collects import VAT."""

    charges_vat = False


class Selector:
    def strategy(self, request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> PublicStrategy:
        return PublicStrategy(request)
