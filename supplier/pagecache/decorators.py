"""`@cached_for_visitors("page")`: a view whose page is the same for every visitor without a session."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.http import HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)

#: On views and on their responses: the names of query parameters that the page depends on.
MARK = "for_visitors"


def cached_for_visitors(*parameters: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`parameters`: all that the view reads from the query; an address with others is answered, but not kept.

    Such a page may show nothing but what is in the database, in the settings, in the address, and the time of day to
    the minute. Of a guest's basket it may show the entry in the header, which is put into the kept page; anything else
    would be missing there.
    """
    names = frozenset(parameters)

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def marked(*args: P.args, **kwargs: P.kwargs) -> R:
            response = view(*args, **kwargs)
            setattr(response, MARK, names)
            return response

        setattr(marked, MARK, names)
        return marked

    return decorate
