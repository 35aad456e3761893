"""A product's attributes as form fields of their own types, generated from its class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.facts import values_of
from catalog.catalogue.models import Product, ProductAttribute

PREFIX = "attr_"


def attributes_of(product: Product | None) -> list[ProductAttribute]:
    """Of the class of a saved product; files and links to other records have no field here."""
    product_class = product.get_product_class() if product and product.pk else None
    if product_class is None:
        return []
    rows = product_class.attributes.select_related("option_group").order_by("pk")
    return [attribute for attribute in rows if attribute.type in _FIELDS]


def form_fields(product: Product | None) -> dict[str, forms.Field]:
    """By field name; each starts with the product's own value."""
    attributes = attributes_of(product)
    if not attributes or product is None:
        return {}
    values = values_of([product.pk, product.parent_id or product.pk])
    own, inherited = values.get(product.pk, {}), values.get(product.parent_id or 0, {})
    return {PREFIX + attribute.code: _field(attribute, own, inherited, product) for attribute in attributes}


def save_values(product: Product, attributes: Iterable[ProductAttribute], data: dict[str, Any]) -> None:
    for attribute in attributes:
        value = data.get(PREFIX + attribute.code)
        attribute.save_value(product, value if value != "" else None)
    product.attr.invalidate()


def _field(attribute: ProductAttribute, own: Any, inherited: Any, product: Product) -> forms.Field:
    field = _FIELDS[attribute.type](attribute)
    field.label = attribute.name
    field.required = attribute.required and not product.is_parent and attribute.code not in inherited
    field.initial = _initial(attribute, own.get(attribute.code))
    hints = [_inherited_hint(attribute, inherited), _choices_hint(attribute)]
    field.help_text = format_html("{} {}", *hints) if any(hints) else ""
    return field


def _initial(attribute: ProductAttribute, value: Any) -> Any:
    """Options are known by name in `values_of`, and by key in a form."""
    if attribute.type == ProductAttribute.OPTION:
        return attribute.option_group.options.filter(option=value).first() if value else None
    if attribute.type == ProductAttribute.MULTI_OPTION:
        return list(attribute.option_group.options.filter(option__in=value or []))
    return value


def _inherited_hint(attribute: ProductAttribute, inherited: Any) -> Any:
    value = inherited.get(attribute.code)
    if value in (None, "", []):
        return ""
    words = ", ".join(value) if isinstance(value, list) else str(value)
    return _("Empty: as for all variants (%(value)s).") % {"value": words[:120]}


def _choices_hint(attribute: ProductAttribute) -> Any:
    if attribute.option_group_id is None:
        return ""
    url = reverse("admin:catalogue_attributeoptiongroup_change", args=[attribute.option_group_id])
    return format_html('<a href="{}">{}</a>', url, _("Edit the choices"))


def _options(attribute: ProductAttribute) -> Any:
    return attribute.option_group.options.order_by("option")


def _text(attribute: ProductAttribute) -> forms.Field:
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 2, "cols": 60}))


_FIELDS: dict[str, Callable[[Any], forms.Field]] = {
    ProductAttribute.TEXT: _text,
    ProductAttribute.RICHTEXT: _text,
    ProductAttribute.INTEGER: lambda _a: forms.IntegerField(min_value=0, max_value=2_000_000_000),
    ProductAttribute.FLOAT: lambda _a: forms.FloatField(),
    ProductAttribute.BOOLEAN: lambda _a: forms.NullBooleanField(),
    ProductAttribute.DATE: lambda _a: forms.DateField(),
    ProductAttribute.DATETIME: lambda _a: forms.DateTimeField(),
    ProductAttribute.OPTION: lambda a: forms.ModelChoiceField(_options(a)),
    ProductAttribute.MULTI_OPTION: lambda a: forms.ModelMultipleChoiceField(
        _options(a), widget=forms.CheckboxSelectMultiple
    ),
}
