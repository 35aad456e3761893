"""Which price and which stock a visitor sees. Nothing but this and the totals calculator computes a price."""

from typing import Any

from django.http import HttpRequest
from oscar.apps.partner import strategy as oscar_strategy
from oscar.apps.partner.prices import Unavailable

from .prices import PublicPrice


class PublicStrategy(oscar_strategy.UseFirstStockRecord, oscar_strategy.StockRequired, oscar_strategy.Structured):
    """The public price with UK VAT."""

    charges_vat = True

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        if not stockrecord or stockrecord.price is None:
            return Unavailable()
        return PublicPrice(
            gross=stockrecord.price, currency=stockrecord.price_currency, charges_vat=self.charges_vat
        )

    def parent_pricing_policy(self, product: Any, children_stock: Any) -> Any:
        """The price of the cheapest variant ("from")."""
        records = [record for _, record in children_stock if record and record.price is not None]
        if not records:
            return Unavailable()
        return self.pricing_policy(product, min(records, key=lambda record: record.price))

    def parent_availability_policy(self, product: Any, children_stock: Any) -> Any:
        for child, record in children_stock:
            policy = self.availability_policy(child, record)
            if policy.is_available_to_buy:
                return oscar_strategy.Available()
        return oscar_strategy.Unavailable()


class ExportStrategy(PublicStrategy):
    """Goods that leave the UK are charged without UK VAT; the carrier collects import VAT."""

    charges_vat = False


class Selector:
    def strategy(self, request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> PublicStrategy:
        return PublicStrategy(request)
