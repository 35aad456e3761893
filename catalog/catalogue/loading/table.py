"""A CSV file, its rows and what is wrong with them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext as _

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = _("%(file)s, line %(line)d") % {"file": self.file, "line": self.line}
        if self.column:
            place += ", " + _("column %s") % self.column
        return f"{place}: {self.reason}"


@dataclass
class Table:
    """`problems` grows while rows are read; whoever reads them writes nothing if it isn't empty at the end."""

    path: Path
    header: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, column: str, reason: str, *, file: str = "") -> None:
        self.problems.append(Problem(file or self.path.name, line, column, reason))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


class Row:
    """One row. Each reader returns a harmless value and notes the problem where a cell is wrong."""

    def __init__(self, table: Table, line: int, cells: dict[str, str]) -> None:
        self.table, self.line, self.cells = table, line, cells

    def complain(self, column: str, reason: str) -> None:
        self.table.complain(self.line, column, reason)

    def raw(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def text(self, column: str, *, most: int = 0, required: bool = False) -> str:
        value = self.raw(column)
        if required and not value:
            self.complain(column, _("This cell must not be empty."))
        elif most and len(value) > most:
            self.complain(column, _("At most %(most)d characters; these are %(n)d.") % {"most": most, "n": len(value)})
        elif _FORBIDDEN.search(value):
            self.complain(column, _("There is a control character here that no text may hold."))
        else:
            return value
        return ""

    def words(self, column: str) -> list[str]:
        """Several values separated by semicolons; each once."""
        values = (value.strip() for value in self.text(column).split(";"))
        return list(dict.fromkeys(value for value in values if value))

    def choice(self, column: str, choices: Collection[str]) -> str:
        value = self.text(column, required=True)
        if value and value not in choices:
            self.complain(
                column, _("“%(value)s” is none of: %(all)s.") % {"value": value, "all": ", ".join(sorted(choices))}
            )
            return ""
        return value

    def yes(self, column: str) -> bool | None:
        value = self.raw(column)
        if value and value not in ("yes", "no"):
            self.complain(column, _("“%s” is neither yes nor no.") % value)
        return {"yes": True, "no": False}.get(value)

    def whole_number(self, column: str, *, required: bool = False) -> int | None:
        value = self.text(column, required=required)
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value):
            self.complain(column, _("“%s” is not a whole number from 0 to 999999999.") % value)
            return None
        return int(value)

    def time_of_day(self, column: str) -> time | None:
        """Hours and minutes as on a clock of 24 hours."""
        value = self.text(column)
        if not value:
            return None
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
            self.complain(column, _("“%s” is not a time like 14:00.") % value)
            return None
        return time.fromisoformat(value)

    def money(self, column: str, *, required: bool = False) -> Decimal | None:
        """Pounds, at most two decimal places."""
        value = self.text(column, required=required)
        if not value:
            return None
        try:
            amount = Decimal(value)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", value):
            self.complain(column, _("“%s” is not an amount like 8.90.") % value)
            return None
        return amount


def read(path: Path) -> Table:
    table = Table(path)
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        table.complain(1, "", _("The file can’t be read: %s.") % (error.strerror or error))
        return table
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        table.complain(line, "", _("This is not UTF-8. Save the file as UTF-8."))
        return table
    _read_rows(table, source)
    return table


def _read_rows(table: Table, source: str) -> None:
    reader = csv.reader(io.StringIO(source, newline=""), strict=True)
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not table.header:
                table.header = tuple(cells)
            elif cells:
                _add_row(table, line, cells)
    except csv.Error as error:
        table.complain(before + 1, "", _("The quotes or commas are not right here: %s.") % error)
    if not table.header:
        table.complain(1, "", _("The file is empty."))


def _add_row(table: Table, line: int, cells: list[str]) -> None:
    if len(cells) != len(table.header):
        reason = _("This row has %(n)d cells, but the header has %(wanted)d.")
        table.complain(line, "", reason % {"n": len(cells), "wanted": len(table.header)})
        return
    table.rows.append(Row(table, line, dict(zip(table.header, cells, strict=True))))
