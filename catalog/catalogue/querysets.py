"""Questions over many products."""

from __future__ import annotations

from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet


class ProductQuerySet(OscarProductQuerySet):
    def for_cards(self) -> ProductQuerySet:
        """What `product_cards` and `gather` need of the rows themselves; texts stay in the database."""
        return self.select_related("product_class", "parent", "parent__product_class").defer(
            "description", "body", "parent__description", "parent__body", "cost", "parent__cost"
        )

    def listed(self) -> ProductQuerySet:
        """What lists show: published, and no variants (their parent stands for them)."""
        return self.filter(is_public=True).exclude(structure=self.model.CHILD)
