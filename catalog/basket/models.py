"""Baskets: Oscar's, with line totals from the price itself (net and tax are rounded per line, not per piece)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine


class Basket(AbstractBasket):
    _lines: Any

    def all_lines(self) -> Any:
        """Oscar's, with what prices, weights and pages need of the products: no further query for each line."""
        if self.pk is None or self._lines is not None:
            return super().all_lines()
        lines = self.lines.select_related(
            "stockrecord",
            "product__product_class",
            "product__parent__product_class",
        )
        self._lines = lines.prefetch_related("product__images", "product__parent__images").order_by("pk")
        return self._lines

    @property
    def num_lines(self) -> int:
        """Oscar would count in the database and then read the same rows."""
        return len(self.all_lines())

    def merge(self, basket: Any, add_quantities: bool = True) -> None:
        """Take over the lines of a visitor's basket at sign-in. Quantities add up, but never beyond the stock."""
        with transaction.atomic():
            # Both, in one order by all: another window may be putting the same thing into this one.
            both = Basket.objects.select_for_update().filter(pk__in=[self.pk, basket.pk]).order_by("pk")
            other = next(one for one in both if one.pk == basket.pk)
            if other.status not in Basket.editable_statuses:  # another request was quicker
                return
            for line in other.lines.select_related("stockrecord", "product"):
                self.take_over(line)
            for voucher in other.vouchers.all():
                self.vouchers.add(voucher)
            other.status, other.date_merged = Basket.MERGED, timezone.now()
            other.save()
        basket.status = other.status
        basket._lines = self._lines = None

    def take_over(self, line: Any) -> None:
        """Take a line of another basket, onto what is here of the same thing."""
        mine = self.lines.filter(line_reference=line.line_reference).first()
        if mine is None:
            line.basket = self
            line.save()
            return
        together = mine.quantity + line.quantity
        most = max(line.stockrecord.net_stock_level, mine.quantity)
        mine.quantity = min(together, most) if line.stockrecord.can_track_allocations else together
        mine.save()
        line.delete()


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
    def line_price_excl_tax_incl_discounts(self) -> Decimal | None:
        """Offers reduce what is paid; the net follows from that, so that VAT is right to the penny after it too."""
        paid, discount = self.line_price_incl_tax, self.discounts.incl_tax
        if paid is None or not discount:
            return super().line_price_excl_tax_incl_discounts
        return self.purchase_info.price.net_of(max(Decimal("0.00"), paid - discount))

    @property
    def line_tax(self) -> Decimal | None:
        """VAT after discounts."""
        price = self.purchase_info.price
        if not price.exists:
            return None
        return self.line_price_incl_tax_incl_discounts - self.line_price_excl_tax_incl_discounts


from oscar.apps.basket.models import *  # noqa: E402, F403, TID251
