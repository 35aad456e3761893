"""What a loader did: counted by kind and outcome, and each refused file with its line and the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Outcome = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Problem:
    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path.name}, line {self.line}: {self.reason}"


def _silent(line: str) -> None:
    pass


@dataclass(slots=True)
class Report:
    """`tell` gets a line for each thing that is worth one, such as `self.stdout.write`."""

    tell: Callable[[str], object] = _silent
    counts: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def count(self, kind: str, name: str, outcome: Outcome) -> None:
        self.counts[kind, outcome] += 1
        if outcome != "unchanged":
            self.tell(f"{kind} {name}: {outcome}")

    def refuse(self, path: Path, line: int, reason: str) -> None:
        problem = Problem(path, line, reason)
        self.problems.append(problem)
        self.tell(str(problem))

    def summary(self) -> str:
        """ "article: 6 unchanged; reference: 1 new, 20 unchanged"."""
        kinds = dict.fromkeys(kind for kind, _ in self.counts)
        outcomes: tuple[Outcome, ...] = ("new", "changed", "unchanged")
        return "; ".join(
            f"{kind}: " + ", ".join(f"{n} {outcome}" for outcome in outcomes if (n := self.counts[kind, outcome]))
            for kind in kinds
        )
