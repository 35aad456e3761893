"""What a subject tells the desk: the things that need somebody now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest


@dataclass(frozen=True)
class Todo:
    title: str
    url: str
    note: str = ""
    when: datetime | None = None
    #: "" | "soon" | "overdue"
    urgency: str = ""
    #: what one press does (a POST), such as "Send again"; without it a link leads to `url`
    action: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class TodoGroup:
    """`items` are the first few, oldest first; `total` counts them all; `url` leads to the whole list."""

    title: str
    url: str
    items: Sequence[Todo]
    total: int
    #: said when there is nothing to do
    empty: str = ""


def page_of(request: HttpRequest, rows: Any, *, size: int = 30) -> dict[str, Any]:
    """One page of a long list, for templates: `page`, and `query` (the other parameters of the address)."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return {"page": Paginator(rows, size).get_page(request.GET.get("page")), "query": parameters.urlencode()}
