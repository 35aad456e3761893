"""Messages of the demo: each goes through the visitor's form, without letters, and waits on the desk."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path
from typing import Any

from supplier.inquiries.actions import receive_inquiry
from supplier.inquiries.forms import InquiryForm, stamp

from .report import Report

FILE = "inquiries.csv"
#: A row's key becomes the nonce of its form, so a repeated load finds its message.
NONCES = uuid.UUID("7b0b7d0e-5a3c-5d0e-9f0a-2c9d3a1e6f55")


def load(folder: Path, report: Report) -> None:
    """A row that the form refuses is listed with the form's own words; all others are kept."""
    path = folder / FILE
    for line, row in rows(path):
        form = InquiryForm(form_data(row))
        if form.is_valid():
            _inquiry, is_new = receive_inquiry(form, with_letters=False)
            report.count("message", row["key"], "new" if is_new else "unchanged")
        else:
            report.refuse(path, line, f"{row['key']}: {refusal(form)}")


def rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Each row with the number of the line that it starts on. Line ends inside of cells are kept as they are."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found, start = [], 2
        for row in reader:
            found.append((start, row))
            start = reader.line_num + 1
    return found


def form_data(row: dict[str, str]) -> dict[str, Any]:
    typed = {name: row[name] for name in ("name", "email", "company", "country", "kind")}
    return {
        **typed,
        "text": row["message"],
        "about": row["context"],
        "nonce": uuid.uuid5(NONCES, row["key"]),
        "opened": stamp(seconds_ago=60),
    }


def refusal(form: InquiryForm) -> str:
    return " ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
