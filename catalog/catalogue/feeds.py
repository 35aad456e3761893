"""Addresses that other firms' machines read."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from .merchant_feed import write_feed


@require_safe
def google_merchant(request: HttpRequest) -> HttpResponseBase:
    """Asked for a few times a day and never kept: an old price would be worse than a slow answer."""
    response = StreamingHttpResponse(write_feed(), content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
