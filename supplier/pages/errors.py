"""Our own pages for requests that could not be understood and for what broke on our side."""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.defaults import page_not_found


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also for a body that is too large. Nothing of the request is read here: reading it is what failed."""
    return HttpResponse(render_to_string("400.html"), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's page needs the CSRF token and so reads the body, which may be too large or broken."""
    try:
        return page_not_found(request, exception)
    except (BadRequest, SuspiciousOperation) as error:
        return bad_request(request, error)


def server_error(request: HttpRequest) -> HttpResponse:
    """No query and no context: the database may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)
