from typing import Any

from supplier.accounts.limits import is_over_limit


def test_cache_that_is_down_stops_nobody(settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    assert [is_over_limit("message", "1.2.3.4", limit=1, per_seconds=60) for _ in range(3)] == [False] * 3
