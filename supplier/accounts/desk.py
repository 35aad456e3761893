"""What a subject tells the desk: the things that need somebody now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Todo:
    title: str
    url: str
    note: str = ""
    when: datetime | None = None
    #: "" | "soon" | "overdue"
    urgency: str = ""


@dataclass(frozen=True)
class TodoGroup:
    """`items` are the first few, oldest first; `total` counts them all; `url` leads to the whole list."""

    title: str
    url: str
    items: Sequence[Todo]
    total: int
    #: said when there is nothing to do
    empty: str = ""
