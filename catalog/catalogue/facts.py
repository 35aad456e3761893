"""Attributes of products as facts for people: read for a whole page in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Product, ProductAttributeValue

#: Values of one product by the code of the attribute: text, int, bool, or a list of options' names.
Values = Mapping[str, Any]

_COLUMNS = (
    "product_id",
    "attribute__code",
    "attribute__type",
    "value_text",
    "value_integer",
    "value_boolean",
    "value_float",
    "value_richtext",
    "value_date",
    "value_datetime",
    "value_option__option",
    "value_multi_option__option",
)


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str


def values_of(product_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """All attribute values of these products, in one query whatever their number."""
    values: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    rows = ProductAttributeValue.objects.filter(product_id__in=product_ids)
    for row in rows.order_by("product_id", "attribute_id", "value_multi_option__pk").values(*_COLUMNS):
        _put(values[row["product_id"]], row)
    return dict(values)


def _put(values: dict[str, Any], row: Mapping[str, Any]) -> None:
    code, kind = row["attribute__code"], row["attribute__type"]
    if kind == "multi_option":
        values.setdefault(code, []).append(row["value_multi_option__option"])
    elif kind == "option":
        values[code] = row["value_option__option"]
    else:
        values[code] = row.get(f"value_{kind}")


def inherited(product: Product, values: Mapping[int, Values]) -> Values:
    """A variant's own values over those of its parent."""
    return {**values.get(product.parent_id or product.pk, {}), **values.get(product.pk, {})}


def card_line(values: Values, variants: Iterable[Product]) -> str:
    """The short line of a card: "Beech and stainless steel. Palm, thumb base and forearm"."""
    labels = [product.variant_label for product in variants if product.variant_label]
    first = either(labels) if labels else both(values.get("material") or _contents(values))
    return ". ".join(capital(part) for part in (first, both(values.get("hand_area") or [])) if part)


def _contents(values: Values) -> list[str]:
    volume = values.get("volume_ml")
    return [_("%(n)s ml") % {"n": volume}] if volume else []


def both(words: list[str]) -> str:
    return _joined(words, _("and"))


def either(words: list[str]) -> str:
    return _joined(words, _("or"))


def _joined(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def facts(values: Values, *, sku: str | None, country_names: Mapping[str, str]) -> list[Fact]:
    """What the table on a product's page says. Nothing that is only for the trade or for us."""
    country = str(values.get("country_of_origin") or "")
    rows = [
        (_("Material"), capital(both(values.get("material") or []))),
        (_("Colour"), capital(both(values.get("colour") or []))),
        (_("For"), capital(both(values.get("hand_area") or []))),
        (pgettext("of a massage", "Pressure"), capital(both(values.get("pressure") or []))),
        (_("Firmness"), capital(str(values.get("firmness") or ""))),
        (_("Size"), _size(values)),
        (_("Weight, packed"), _amount(values.get("weight_g"), _("%(n)s g"))),
        (_("Contents"), _amount(values.get("volume_ml"), _("%(n)s ml"))),
        (_("Power"), capital(str(values.get("power") or ""))),
        (_("Ingredients"), _listed(values.get("ingredients_inci"))),
        (_("Allergens"), _listed(values.get("allergens"))),
        (_("Made in"), country_names.get(country, country)),
        (_("Part number"), sku or ""),
    ]
    return [Fact(name, value) for name, value in rows if value]


def of_all(variants: Sequence[tuple[str, list[Fact]]]) -> list[Fact]:
    """Facts of a product with variants: told once where all agree, else for each: "Soft 105 g, medium 125 g"."""
    told: dict[str, dict[str, str]] = {}
    for label, rows in variants:
        for fact in rows:
            told.setdefault(fact.name, {})[label] = fact.value
    return [Fact(name, _told(by_label, len(variants))) for name, by_label in told.items()]


def _told(by_label: Mapping[str, str], number: int) -> str:
    values = list(by_label.values())
    if len(values) == number and len(set(values)) == 1:
        return values[0]
    if all(label.lower() == value.lower() for label, value in by_label.items()):
        return capital(both(list(by_label)))
    return capital("; ".join(f"{label}: {_uncapital(value)}" for label, value in by_label.items()))


def _uncapital(text: str) -> str:
    """Words only: "SH-DHM-03" and "72 mm" stay as they are."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _size(values: Values) -> str:
    sides = [values.get(f"{side}_mm") for side in ("length", "width", "height")]
    given = [str(side) for side in sides if side]
    return _("%(sides)s mm") % {"sides": " × ".join(given)} if given else ""


def _amount(value: Any, form: str) -> str:
    return form % {"n": value} if value else ""


def _listed(value: Any) -> str:
    return ", ".join(part.strip() for part in str(value or "").split(";") if part.strip())
