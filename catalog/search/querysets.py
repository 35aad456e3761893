"""Changes of many rows, of which Django sends no signals: the search hears of them all the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models

from .changes import note, one_write

M = TypeVar("M", bound=models.Model)


class NotedQuerySet(models.QuerySet[M]):
    """Of things that are found one by one. Deleting sends signals and needs nothing here."""

    #: what the search calls one of them
    kind: ClassVar[str]

    def update(self, **kwargs: Any) -> int:
        with one_write():
            note(self.kind, *self.order_by().values_list("pk", flat=True))
            return super().update(**kwargs)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        with one_write():
            made = super().bulk_create(objs, *args, **kwargs)
            note(self.kind, *(one.pk for one in made))
            return made

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        with one_write():
            rows = list(objs)
            note(self.kind, *(row.pk for row in rows))
            return super().bulk_update(rows, *args, **kwargs)
