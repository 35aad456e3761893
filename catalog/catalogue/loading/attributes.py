"""Product classes with typed attributes, made from the columns of products.csv."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.catalogue.models import (
    AttributeOption,
    AttributeOptionGroup,
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductClass,
)

from .table import Row

MULTI, OPTION, INTEGER, BOOLEAN, TEXT = "multi_option", "option", "integer", "boolean", "text"

#: Column → name and type.
ATTRIBUTES = {
    "hand_area": ("Hand area", MULTI),
    "pressure": ("Pressure", MULTI),
    "firmness": ("Firmness", OPTION),
    "material": ("Material", MULTI),
    "colour": ("Colour", MULTI),
    "length_mm": ("Length in mm", INTEGER),
    "width_mm": ("Width in mm", INTEGER),
    "height_mm": ("Height in mm", INTEGER),
    "weight_g": ("Weight, packed, in g", INTEGER),
    "volume_ml": ("Contents in ml", INTEGER),
    "power": ("Power", TEXT),
    "ingredients_inci": ("Ingredients (INCI)", TEXT),
    "allergens": ("Allergens", TEXT),
    "sealed_hygiene_good": ("Sealed for hygiene", BOOLEAN),
    "warnings": ("Warnings", TEXT),
    "maker": ("Maker", TEXT),
    "responsible_person": ("Responsible persons", TEXT),
    "country_of_origin": ("Country of origin", TEXT),
    "hs_code": ("Customs code (HS)", TEXT),
    "gtin": ("GTIN (EAN-13)", TEXT),
}


def read_values(row: Row) -> dict[str, Any]:
    """What the row gives, by code; empty cells are left out (a variant has its parent's value then)."""
    values = {code: _read(row, code, kind) for code, (_name, kind) in ATTRIBUTES.items()}
    return {code: value for code, value in values.items() if value not in (None, "", [])}


def _read(row: Row, code: str, kind: str) -> Any:
    if kind == MULTI:
        return row.words(code)
    if kind == INTEGER:
        return row.whole_number(code)
    if kind == BOOLEAN:
        return row.yes(code)
    return row.text(code, most=255 if kind == OPTION else 4000)


class Classes:
    """Finds or makes product classes, attributes and options, each looked up once a load."""

    def __init__(self) -> None:
        self._classes: dict[str, ProductClass] = {}
        self._attributes: dict[tuple[int, str], ProductAttribute] = {}
        self._options: dict[tuple[str, str], AttributeOption] = {}

    def get(self, name: str) -> ProductClass:
        if name not in self._classes:
            self._classes[name] = ProductClass.objects.get_or_create(name=name)[0]
        return self._classes[name]

    def attribute(self, product_class: ProductClass, code: str) -> ProductAttribute:
        key = (product_class.pk, code)
        if key not in self._attributes:
            name, kind = ATTRIBUTES[code]
            defaults = {"name": name, "type": kind, "option_group": self._group(code, kind)}
            self._attributes[key] = ProductAttribute.objects.get_or_create(
                product_class=product_class, code=code, defaults=defaults
            )[0]
        return self._attributes[key]

    def _group(self, code: str, kind: str) -> AttributeOptionGroup | None:
        if kind not in (MULTI, OPTION):
            return None
        return AttributeOptionGroup.objects.get_or_create(code=code, defaults={"name": ATTRIBUTES[code][0]})[0]

    def option(self, attribute: ProductAttribute, name: str) -> AttributeOption:
        key = (attribute.code, name)
        if key not in self._options:
            self._options[key] = AttributeOption.objects.get_or_create(group=attribute.option_group, option=name)[0]
        return self._options[key]


def write_values(
    product: Product,
    product_class: ProductClass,
    *,
    wanted: Mapping[str, Any],
    current: Mapping[str, Any],
    classes: Classes,
) -> bool:
    """Make the product's own values be these. Returns whether anything changed."""
    gone = [code for code in current if code in ATTRIBUTES and code not in wanted]
    changed = {code: value for code, value in wanted.items() if not _same(current.get(code), value)}
    if gone:
        product.attribute_values.filter(attribute__code__in=gone).delete()
    for code, value in changed.items():
        _write(product, classes.attribute(product_class, code), value, classes)
    if gone or changed:
        product.attr.invalidate()
    return bool(gone or changed)


def _same(current: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return sorted(current or []) == sorted(wanted)
    return bool(current == wanted)


def _write(product: Product, attribute: ProductAttribute, value: Any, classes: Classes) -> None:
    if attribute.type == MULTI:
        row, _ = ProductAttributeValue.objects.get_or_create(product=product, attribute=attribute)
        row.value_multi_option.set([classes.option(attribute, name) for name in value])
        return
    if attribute.type == OPTION:
        value = classes.option(attribute, value)
    ProductAttributeValue.objects.update_or_create(
        product=product, attribute=attribute, defaults={f"value_{attribute.type}": value}
    )
