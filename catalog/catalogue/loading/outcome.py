"""What a load did, and how it tells so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext as _


class Tell(Protocol):
    """Says how far the work has come."""

    def __call__(self, words: str, *, number: int, total: int) -> None: ...


@dataclass
class Load:
    """One call of the loader. `new_only`: rows that exist already stay as staff left them."""

    tell: Tell
    new_only: bool = False
    outcomes: dict[str, str] = field(default_factory=dict)

    def count(self, key: str, *, is_new: bool = False, is_changed: bool = False) -> None:
        """May be called again for the same row: new stays new, changed stays changed."""
        outcome = "new" if is_new else "changed" if is_changed else "unchanged"
        if self.outcomes.get(key) not in ("new", "changed"):
            self.outcomes[key] = outcome

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.outcomes.values())

    def summary(self) -> str:
        counts = self.counts
        return _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged") % {
            name: counts[name] for name in ("new", "changed", "unchanged")
        }


def assign(instance: models.Model, values: dict[str, Any]) -> bool:
    """Set what differs. Returns whether anything did."""
    changed = {name: value for name, value in values.items() if getattr(instance, name) != value}
    for name, value in changed.items():
        setattr(instance, name, value)
    return bool(changed)
