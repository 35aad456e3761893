"""Baskets: Oscar's, with line totals from the price itself (net and tax are rounded per line, not per piece)."""

from decimal import Decimal

from oscar.apps.basket.abstract_models import AbstractLine


class Line(AbstractLine):
    @property
    def line_price_excl_tax(self) -> Decimal | None:
        price = self.purchase_info.price
        return price.line(self.quantity).net if price.exists else None

    @property
    def line_price_incl_tax(self) -> Decimal | None:
        price = self.purchase_info.price
        return price.line(self.quantity).gross if price.exists else None

    @property
    def line_tax(self) -> Decimal | None:
        """VAT after discounts."""
        price = self.purchase_info.price
        if not price.exists:
            return None
        return self.line_price_incl_tax_incl_discounts - self.line_price_excl_tax_incl_discounts


from oscar.apps.basket.models import *  # noqa: E402, F403, TID251
from oscar.apps.basket.models import Basket  # noqa: E402, F401, TID251
