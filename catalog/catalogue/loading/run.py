"""Loads several files in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from . import categories, delivery, images, products
from .outcome import Load, Tell
from .table import Problem, Table, read

#: A table is known by its header.
KINDS: tuple[Any, ...] = (categories, products, images, delivery)


@dataclass
class Result:
    loads: dict[str, Load] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_nothing_changed(self) -> bool:
        return not any(load.counts["new"] or load.counts["changed"] for load in self.loads.values())


def run(paths: Iterable[Path], *, tell: Tell, new_only: bool = False) -> Result:
    """Each file whole or, where a row of it is bad, not at all. Files after a refused one are still tried."""
    result = Result()
    tables = [read(path) for path in paths]
    for table in sorted(tables, key=_order):
        kind = _kind_of(table)
        if kind and not table.problems:
            load = Load(tell=tell, new_only=new_only)
            kind.load(table, load)
            if not table.problems:
                result.loads[table.path.name] = load
    for table in tables:
        if _kind_of(table) is categories and table.path.name in result.loads:
            categories.load_technique_tools(table, result.loads[table.path.name])
        result.problems += table.problems
    return result


def _kind_of(table: Table) -> Any:
    kind = next((kind for kind in KINDS if set(table.header) >= kind.COLUMNS), None)
    if kind is None and not table.problems:
        table.complain(
            1, "", _("This is no table of categories, products, photographs or delivery: columns are missing.")
        )
    return kind


def _order(table: Table) -> int:
    kind = _kind_of(table)
    return KINDS.index(kind) if kind else len(KINDS)
