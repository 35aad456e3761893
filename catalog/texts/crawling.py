"""What search engines are asked to leave out; robots.txt and the heads of pages say the same."""

from __future__ import annotations

from collections.abc import Container

from django.conf import settings

from catalog.search.engine import GROUPS

#: Private and endless places. Pages behind guest links say noindex themselves; naming them here would hide that.
CLOSED = (
    *("/admin/", "/desk/", "/dashboard/", "/accounts/", "/basket/", "/checkout/", "/search/", "/webhooks/"),
    *("/wishlists/", "/password-reset/"),
)
#: Parameters that choose from a list or order it: each list would be found again in hundreds of shapes.
FILTERS = (*GROUPS, "kind", "sort", "q")


def is_closed(path: str) -> bool:
    """In whichever language: addresses may begin with the code of one."""
    first, _, rest = path.removeprefix("/").partition("/")
    return (f"/{rest}" if first in dict(settings.LANGUAGES) else path).startswith(CLOSED)


def is_filtered(parameters: Container[str]) -> bool:
    """Unknown parameters (of newsletters and advertisements) change nothing that is shown, so they don't count."""
    return any(name in parameters for name in FILTERS)
