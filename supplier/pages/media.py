"""Public pictures, served by Django where SERVE_MEDIA is on (the demo); else the web server or S3 does it."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

#: A picture that is replaced gets a new name, so a name can be kept for long.
MAX_AGE = 60 * 60 * 24 * 30


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
