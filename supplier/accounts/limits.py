"""A small brake for forms that anybody may send."""

from django.core.cache import cache


def is_over_limit(kind: str, key: str, *, limit: int, per_seconds: int) -> bool:
    """Count one more try of `key` (an address, an IP) and say whether it is more than `limit` in this window."""
    name = f"limit:{kind}:{key}"[:200]
    if cache.add(name, 1, per_seconds):
        return False
    try:
        return bool(cache.incr(name) > limit)
    except ValueError:  # the window ended in between
        return False
