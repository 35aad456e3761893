"""Guards before every page, Oscar's and the admin's too."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

#: Keys have 19 figures at most.
_NO_ADDRESS = re.compile(r"\x00|\d{100}")

Answer = Callable[[HttpRequest], HttpResponseBase]


def refuse_what_is_no_address(get_response: Answer) -> Answer:
    """No address of ours holds a NUL, and PostgreSQL takes none; a key of thousands of figures is no number to Python.
    A view that looks one up would break."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _NO_ADDRESS.search(request.path_info):
            raise Http404
        return get_response(request)

    return middleware


def say_what_only_forms_open(get_response: Answer) -> Answer:
    """Django answers a look at an address that only takes forms with an empty page, a dead end."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_bare = response.status_code == 405 and isinstance(response, HttpResponse) and not response.content
        if is_bare and request.method == "GET":
            page = render_to_string("405.html")
            return HttpResponse(page, status=405, headers={"Allow": response.headers.get("Allow", "")})
        return response

    return middleware
