"""Questions over many products."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oscar.apps.catalogue.managers import CategoryManager as OscarCategoryManager
from oscar.apps.catalogue.managers import CategoryQuerySet
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet

from catalog.search.changes import note, one_write


class NotedCategoryQuerySet(CategoryQuerySet):
    #: what techniques, and the tools in a category, are found by
    FOUND_BY = frozenset({"name", "slug", "kind", "description", "body", "is_public", "ancestors_are_public"})

    def update(self, **kwargs: Any) -> int:
        if not self.FOUND_BY & kwargs.keys():
            return int(super().update(**kwargs))
        from .search_changes import note_tools_of

        with one_write():
            keys = list(self.order_by().values_list("pk", flat=True))
            note("technique", *keys)
            note_tools_of(keys)
            return int(super().update(**kwargs))


class CategoryManager(OscarCategoryManager.from_queryset(NotedCategoryQuerySet)):  # type: ignore[misc]
    def move(self, node: Any, *args: Any, **kwargs: Any) -> None:
        """It may come under an unpublished range, or out of one."""
        with one_write():
            super().move(node, *args, **kwargs)
            moved = self.get(pk=node.pk)
            moved.set_ancestors_are_public()
            moved.write_search_entry(with_tools=True)


class ProductQuerySet(OscarProductQuerySet):
    def for_cards(self) -> ProductQuerySet:
        """What `product_cards` and `gather` need of the rows themselves; texts stay in the database."""
        return self.select_related("product_class", "parent", "parent__product_class").defer(
            "description", "body", "parent__description", "parent__body", "cost", "parent__cost"
        )

    def listed(self) -> ProductQuerySet:
        """What lists show: published, and no variants (their parent stands for them)."""
        return self.filter(is_public=True).exclude(structure=self.model.CHILD)

    # ---- changes of many rows: Django sends no signals for these, and the search must know ----

    def update(self, **kwargs: Any) -> int:
        with one_write():
            self._note(self)
            return int(super().update(**kwargs))

    def delete(self) -> tuple[int, dict[str, int]]:
        with one_write():
            deleted: tuple[int, dict[str, int]] = super().delete()
            return deleted

    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with one_write():
            made: list[Any] = super().bulk_create(objs, *args, **kwargs)
            self._note(self.model._base_manager.filter(pk__in=[product.pk for product in made]))
            return made

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        with one_write():
            products = list(objs)
            self._note(self.model._base_manager.filter(pk__in=[product.pk for product in products]))
            return int(super().bulk_update(products, *args, **kwargs))

    @staticmethod
    def _note(products: Any) -> None:
        note("product", *(parent or pk for pk, parent in products.order_by().values_list("pk", "parent_id")))
