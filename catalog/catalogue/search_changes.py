"""Which changes reach the index: the rows beside a product that it is found by. Saves and deletes of products and
categories themselves are in the models, with their transaction.

Oscar's dashboard, the admin and the loader save these rows after the product; whoever saves several opens `one_write`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from catalog.search.changes import note, register

from . import search_entries
from .models import (
    AttributeOption,
    Category,
    Product,
    ProductAttributeValue,
    ProductCategory,
    TechniqueProduct,
)

PRODUCT: str = search_entries.PRODUCT
TECHNIQUE: str = search_entries.TECHNIQUE


def connect() -> None:
    register(PRODUCT, entries=search_entries.product_entries, keys=search_entries.product_keys)
    register(TECHNIQUE, entries=search_entries.technique_entries, keys=search_entries.technique_keys)
    for signal in (post_save, post_delete):
        for model in (ProductCategory, TechniqueProduct, ProductAttributeValue):
            signal.connect(_beside_a_product, sender=model, dispatch_uid=f"search {model.__name__}")
    for link in (ProductCategory, TechniqueProduct):
        m2m_changed.connect(_put_together, sender=link, dispatch_uid=f"search {link.__name__}")
    m2m_changed.connect(_options_changed, sender=ProductAttributeValue.value_multi_option.through)
    post_save.connect(_option_renamed, sender=AttributeOption, dispatch_uid="search option")
    pre_delete.connect(_option_goes, sender=AttributeOption, dispatch_uid="search option")
    post_delete.connect(_option_gone, sender=AttributeOption, dispatch_uid="search option")
    post_delete.connect(_product_gone, sender=Product, dispatch_uid="search product")
    post_delete.connect(_category_gone, sender=Category, dispatch_uid="search category")


def note_products(keys: Any) -> None:
    """Of variants, their parents."""
    rows = Product.objects.filter(pk__in=list(keys)).values_list("pk", "parent_id")
    note(PRODUCT, *(parent or pk for pk, parent in rows))


def note_tools_of(category_ids: Any) -> None:
    """All products that name one of these categories."""
    keys = list(category_ids)
    inside = ProductCategory.objects.filter(category__in=keys).values_list("product_id", flat=True)
    shown = TechniqueProduct.objects.filter(category__in=keys).values_list("product_id", flat=True)
    note_products({*inside, *shown})


def _beside_a_product(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        note_products([instance.product_id])


def _put_together(sender: Any, instance: Any, action: str, pk_set: Any, **kwargs: Any) -> None:
    """Many at once, of which no row tells by itself; rows that go do."""
    if action == "post_add":
        note_products([instance.pk] if isinstance(instance, Product) else pk_set)


def _options_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, ProductAttributeValue):
        note_products([instance.product_id])


def _option_renamed(sender: Any, instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    if not created and not raw:
        note_products(_products_with(instance))


def _option_goes(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Only now do the products still name it."""
    instance.was_told_of = _products_with(instance)


def _option_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    note_products(instance.was_told_of)


def _products_with(option: Any) -> list[int]:
    named = Q(value_option=option) | Q(value_multi_option=option)
    return list(ProductAttributeValue.objects.filter(named).values_list("product_id", flat=True))


def _product_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    note(PRODUCT, instance.pk, instance.parent_id)


def _category_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    note(TECHNIQUE, instance.pk)
