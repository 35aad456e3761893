from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .maintenance import is_closed


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For load balancers and monitors: 200 as long as the database answers, 503 otherwise.

    A shop that is closed for maintenance is well: 503 would take away the server that shows its page.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable", "shop": _shop()}, status=503)
    return JsonResponse({"database": "ok", "shop": _shop()})


def _shop() -> str:
    return "closed" if is_closed() else "open"
