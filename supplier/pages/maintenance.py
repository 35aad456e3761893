"""The shop closed for a while: a page of ours with 503, told by a variable or a file, so that no database is needed.

MAINTENANCE=1, or `manage.py maintenance on`, which writes var/maintenance (its first line is shown to visitors).
Staff still get in: the doors below stay open, and who is signed in as staff sees the whole shop. Stripe's events are
answered with 503 too; it sends them again for three days, and the worker asks Stripe by itself.
"""

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from supplier.look.bare import POLICY

#: Staff's pages ask for their own rights; static files and the health page belong to nobody.
OPEN = ("/desk/", "/admin/", "/dashboard/", "/accounts/login/", "/accounts/logout/", "/static/", "/media/", "/healthz")
RETRY_AFTER_SECONDS = 600
WORDS_AT_MOST = 200

Answer = Callable[[HttpRequest], HttpResponseBase]


def close_for_maintenance(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_closed() and not (request.path_info.startswith(OPEN) or _is_staff(request)):
            return closed_page()
        return get_response(request)

    return middleware


def is_closed() -> bool:
    return settings.MAINTENANCE or settings.MAINTENANCE_FILE.exists()


def words() -> str:
    """What staff wrote for the visitors; empty if nothing."""
    try:
        lines = settings.MAINTENANCE_FILE.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[0].strip()[:WORDS_AT_MOST] if lines else ""


def closed_page() -> HttpResponse:
    page = render_to_string("503.html", {"words": words()})
    headers = {
        "Retry-After": str(RETRY_AFTER_SECONDS),
        "Cache-Control": "no-store",
        "Content-Security-Policy": POLICY,
    }
    return HttpResponse(page, status=503, headers=headers)


def _is_staff(request: HttpRequest) -> bool:
    """Sessions come later in the row of middleware; who has none costs no query, and no database means no staff."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        return get_user(request).is_staff
    except DatabaseError:
        return False
