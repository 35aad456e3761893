"""Our own pages for requests that could not be understood and for what broke on our side."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also for a body that is too large. Nothing of the request is read here: reading it is what failed."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """No query and no context: the database may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)
