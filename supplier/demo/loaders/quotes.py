"""Quote requests of the demo: each goes through the visitor's form, without letters, and waits on the desk."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from supplier.quotes.actions import request_quote
from supplier.quotes.forms import RequestForm
from supplier.quotes.models import Quote

from .report import Report

FILE = "quote_requests.csv"
#: A row's key becomes the key of its form, so a repeated load finds its quote.
KEYS = uuid.UUID("5f3f5b8a-7f0c-5d57-8a52-0d4a6e1b9c21")

Row = dict[str, str]
#: with the number of the line in the file
Numbered = tuple[int, Row]


def load(folder: Path, report: Report) -> None:
    """Rows with the same key are one request; one row that the form refuses holds the whole request back."""
    path = folder / FILE
    for key, rows in _requests(path):
        form_key = uuid.uuid5(KEYS, key)
        if Quote.objects.filter(form_key=form_key).exists():
            report.count("quote request", key, "unchanged")
            continue
        form = RequestForm(form_data(rows, form_key))
        if form.is_valid():
            request_quote(form.asked(), with_letters=False)
            report.count("quote request", key, "new")
        else:
            for line, reason in _refusals(form, rows):
                report.refuse(path, line, f"{key}: {reason}")


def _requests(path: Path) -> Iterator[tuple[str, list[Numbered]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [(reader.line_num, row) for row in reader]
    for key, group in groupby(rows, key=lambda numbered: numbered[1]["key"]):
        yield key, list(group)


def form_data(rows: list[Numbered], form_key: uuid.UUID) -> dict[str, Any]:
    first = rows[0][1]
    data: dict[str, Any] = {name: first[name] for name in ("name", "email", "company", "country", "note")}
    data |= {"form_key": str(form_key), "wished_on": _wished_on(first["deliver_by_days"])}
    data |= {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for index, (_line, row) in enumerate(rows):
        data |= {
            f"lines-{index}-what": row["sku"] or row["free_text"],
            f"lines-{index}-quantity": row["quantity"],
            f"lines-{index}-wished_price": row["wished_net_price_gbp"],
            f"lines-{index}-note": row["line_note"],
        }
    return data


def _wished_on(days: str) -> str:
    """What is no number goes to the form as it is, which refuses it."""
    if not days.isdecimal() or len(days) > 4:
        return days
    return (timezone.localdate() + timedelta(days=int(days))).isoformat()


def _refusals(form: RequestForm, rows: list[Numbered]) -> Iterator[tuple[int, str]]:
    for name, errors in form.errors.items():
        yield rows[0][0], f"{name}: {' '.join(map(str, errors))}"
    for error in form.lines.non_form_errors():
        yield rows[0][0], str(error)
    for (line, _row), row_form in zip(rows, form.lines.forms, strict=False):
        for name, errors in row_form.errors.items():
            yield line, f"{name}: {' '.join(map(str, errors))}"
    if len(rows) > len(form.lines.forms):
        yield rows[0][0], _("Too many lines for one request.")
