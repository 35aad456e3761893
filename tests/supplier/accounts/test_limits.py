from typing import Any

import pytest
from axes.helpers import get_client_ip_address
from django.test import RequestFactory

from supplier.accounts.limits import client_ip, is_over_limit


def test_cache_that_is_down_stops_nobody(settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    assert [is_over_limit("message", "1.2.3.4", limit=1, per_seconds=60) for _ in range(3)] == [False] * 3


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "ip"),
    [
        (False, "6.6.6.6", "10.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (True, "", "10.0.0.1"),
    ],
)
def test_visitors_address_is_believed_of_our_proxy_only(
    rf: RequestFactory, settings: Any, behind_proxy: bool, forwarded: str, ip: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    assert client_ip(request) == get_client_ip_address(request) == ip
