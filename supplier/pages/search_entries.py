"""What the search knows of plain pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models.signals import post_delete

from catalog.search.changes import note, register
from catalog.search.engine import Entry

from .models import Page

KIND = "page"


def page_entries(keys: Collection[int]) -> list[Entry]:
    return [
        Entry(
            kind=KIND,
            object_id=page.pk,
            title=page.title,
            url=page.get_absolute_url(),
            text=page.text.plain(),
            summary=page.description,
        )
        for page in Page.objects.filter(pk__in=keys).order_by("pk")
    ]


def page_keys() -> Iterable[int]:
    return Page.objects.order_by("pk").values_list("pk", flat=True)


def connect() -> None:
    register(KIND, entries=page_entries, keys=page_keys)
    post_delete.connect(_page_gone, sender=Page, dispatch_uid="search page")


def _page_gone(sender: Any, instance: Page, **kwargs: Any) -> None:
    note(KIND, instance.pk)
