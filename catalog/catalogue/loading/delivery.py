"""delivery.csv: how parcels travel, where to and for how much."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.apps.address.models import Country

from catalog.shipping.countries import EU
from catalog.shipping.models import DeliveryMethod

from .outcome import Load, assign
from .table import Row, Table

COLUMNS = {"code", "name", "countries", "price_gbp", "days_min", "days_max"}


def load(table: Table, load: Load) -> None:
    known = set(Country.objects.values_list("pk", flat=True))
    items = [_read(row, place, known) for place, row in enumerate(table)]
    _refuse_doubles(table)
    if table.problems:
        return
    with transaction.atomic():
        for code, fields, countries in items:
            _write(code, fields, countries, load)


def _read(row: Row, place: int, known: set[str]) -> tuple[str, dict[str, Any], set[str]]:
    fields: dict[str, Any] = {
        "name": row.text("name", most=120, required=True),
        "price": row.money("price_gbp", required=True),
        "free_from": row.money("free_from_gbp"),
        "max_weight_g": row.whole_number("max_weight_g"),
        "days_min": row.whole_number("days_min", required=True),
        "days_max": row.whole_number("days_max", required=True),
        "cut_off": row.time_of_day("cut_off"),
        "note": row.text("note", most=1000),
        "position": place,
    }
    if (fields["days_max"] or 0) < (fields["days_min"] or 0):
        row.complain("days_max", _("This must not be fewer days than days_min."))
    countries = {code for word in row.words("countries") for code in (EU if word == "EU" else (word,))}
    for code in sorted(countries - known):
        row.complain("countries", _("“%s” is no country code, such as GB.") % code)
    if not countries:
        row.complain("countries", _("This cell must not be empty."))
    return row.text("code", most=50, required=True), fields, countries


def _refuse_doubles(table: Table) -> None:
    seen = set[str]()
    for row in table:
        if row.raw("code") in seen:
            row.complain("code", _("“%s” stands above already.") % row.raw("code"))
        seen.add(row.raw("code"))


def _write(code: str, fields: dict[str, Any], countries: set[str], load: Load) -> None:
    method = DeliveryMethod.objects.filter(code=code).first()
    is_new = method is None
    if method is None:
        method = DeliveryMethod(code=code)
    elif load.new_only:
        load.count(code)
        return
    is_changed = assign(method, fields)
    if is_changed:
        method.save()
    if set(method.countries.values_list("pk", flat=True)) != countries:
        method.countries.set(countries)
        is_changed = True
    load.count(code, is_new=is_new, is_changed=is_changed)
