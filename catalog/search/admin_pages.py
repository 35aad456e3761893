"""For the admin of things that can be found."""

from __future__ import annotations

from typing import Any

from .changes import one_write


class OneWrite:
    """Before ModelAdmin: the rows of a page, saved one after the other, are written into the search once."""

    def changeform_view(self, *args: Any, **kwargs: Any) -> Any:
        with one_write():
            return super().changeform_view(*args, **kwargs)  # type: ignore[misc]
