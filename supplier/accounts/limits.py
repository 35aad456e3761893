"""A small brake for forms that anybody may send."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

log = logging.getLogger(__name__)


def is_over_limit(kind: str, key: str, *, limit: int, per_seconds: int) -> bool:
    """Count one more try of `key` (an address, an IP) and say whether it is more than `limit` in this window."""
    name = f"limit:{kind}:{key}"[:200]
    try:
        return not cache.add(name, 1, per_seconds) and cache.incr(name) > limit
    except ValueError:  # the window ended in between
        return False
    except Exception:
        # The brake is an extra: a form still works when the cache is down.
        log.exception("no limit for %s: the cache does not answer", kind)
        return False


def client_ip(request: HttpRequest) -> str:
    """Where a request comes from; behind a proxy what the proxy says, which is the last word of X-Forwarded-For."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
