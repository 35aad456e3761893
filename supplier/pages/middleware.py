"""Guards before every page, Oscar's and the admin's too."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def refuse_nul_in_address(get_response: Answer) -> Answer:
    """No address of ours holds a NUL, and PostgreSQL takes none: a view that looks one up would break."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware
