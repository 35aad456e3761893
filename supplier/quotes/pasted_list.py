"""A pasted list of "article number, quantity", read line by line; every bad line is told with its number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import limits
from .products import normalise, parents_by_sku, products_by_sku
from .requests import AskedLine

#: The last separator counts: words of one's own may hold a comma.
_ROW = re.compile(r"^(?P<what>.*?)[ \t]*(?:[,;\t]|[ ]{1,3}(?=[^ ,;\t]+$))[ \t]*(?P<quantity>[^,;\t]*)$")
_FIGURES = re.compile(r"^[0-9]{1,9}$")
TOLD_AT_MOST = 20


@dataclass(frozen=True)
class Row:
    number: int
    what: str
    quantity: str

    @property
    def sku(self) -> str:
        return normalise(self.what)


@dataclass
class Reading:
    """`complaints` come in the order of the lines. Lines with an unknown article number may be kept as words."""

    lines: list[AskedLine] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    has_unknown: bool = False

    @property
    def told(self) -> list[str]:
        """As many as one can read."""
        more = len(self.complaints) - TOLD_AT_MOST
        rest = [_("And %(n)s more lines like these.") % {"n": more}] if more > 0 else []
        return self.complaints[:TOLD_AT_MOST] + rest


def read_list(text: str, *, keep_unknown: bool) -> Reading:
    rows = list(_rows(text))
    reading = Reading()
    if len(rows) > limits.LINES:
        words = _("The list has %(n)s lines; at most %(most)s fit into one request. Send the rest as a second one.")
        reading.complaints.append(words % {"n": len(rows), "most": limits.LINES})
        return reading
    _read_rows(rows, reading, keep_unknown=keep_unknown)
    return reading


def _rows(text: str) -> Iterable[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if stripped := line.strip():
            found = _ROW.match(stripped)
            what, quantity = (found["what"], found["quantity"]) if found else (stripped, "")
            yield Row(number, what.strip(' "'), quantity.strip(' "'))


def _read_rows(rows: list[Row], reading: Reading, *, keep_unknown: bool) -> None:
    products = products_by_sku(row.what for row in rows)
    parents = parents_by_sku(row.what for row in rows if row.sku not in products)
    seen: dict[str, int] = {}
    for row in rows:
        if problem := _problem(row, seen):
            reading.complaints.append(problem)
            continue
        product = products.get(row.sku)
        if product is None and not keep_unknown:
            reading.complaints.append(_unknown(row, parents.get(row.sku)))
            reading.has_unknown = True
            continue
        if product is not None:
            seen[row.sku] = row.number
        text = product.get_title() if product else row.what
        reading.lines.append(AskedLine(text=text, quantity=int(row.quantity), product=product))


def _problem(row: Row, seen: dict[str, int]) -> str:
    told = {"n": row.number, "what": row.what[:60], "quantity": row.quantity[:20], "most": f"{limits.QUANTITY:,}"}
    if not row.what:
        return _("Line %(n)s: the article number is missing.") % told
    if len(row.what) > limits.LINE_TEXT:
        return _("Line %(n)s is longer than 1,000 characters. Shorten it.") % told
    if not row.quantity:
        return _("Line %(n)s: “%(what)s” has no quantity. Write it behind a comma.") % told
    if not _FIGURES.match(row.quantity) or not 1 <= int(row.quantity) <= limits.QUANTITY:
        return _("Line %(n)s: “%(quantity)s” is no quantity. Write a whole number from 1 to %(most)s.") % told
    if row.sku in seen:
        told["first"] = seen[row.sku]
        return _("Line %(n)s: %(what)s is on line %(first)s already. Put both quantities on one line.") % told
    return ""


def _unknown(row: Row, parent: object) -> str:
    told = {"n": row.number, "what": row.what[:60]}
    if parent is None:
        return _("Line %(n)s: we don’t know “%(what)s”.") % told
    numbers = ", ".join(child.upc for child in parent.children.all() if child.is_public)  # type: ignore[attr-defined]
    return _("Line %(n)s: %(what)s comes in several kinds. Write the number of one: %(numbers)s.") % {
        **told,
        "numbers": numbers,
    }
