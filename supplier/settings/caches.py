"""The process's memory, or Redis/Valkey by CACHE_URL: "pages" for whole pages, "default" for the counters of brakes."""

from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry

from .env import env, flag

#: Off, every page is made anew for each visitor (tests that count queries).
PAGE_CACHE = flag("PAGE_CACHE", True)
#: Puts into a kept page what a visitor with a basket sees on it; given the request and the page, None: make it anew.
PAGE_CACHE_PERSONAL = "catalog.basket.kept_pages.with_basket"

#: A cache that is down must not make anybody wait: no second try, and seconds until it counts as down.
_REDIS = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
#: Compressed pages of 10 kB, mostly; the ones asked for least recently go first.
_PAGES_IN_MEMORY = 1500
_COUNTERS_IN_MEMORY = 20_000


def _cache(prefix: str, *, entries: int) -> dict[str, Any]:
    config: dict[str, Any] = {**env.cache_url("CACHE_URL", default="locmemcache://shop"), "KEY_PREFIX": prefix}
    options = dict(config.get("OPTIONS", {}))
    if "redis" in config["BACKEND"].lower():
        options = {**_REDIS, **options}
    elif "locmem" in config["BACKEND"].lower():
        options = {"MAX_ENTRIES": entries, **options}
        config["LOCATION"] = f"{config.get('LOCATION', '')}-{prefix}"  # not to be pushed out by the others
    return {**config, "OPTIONS": options}


CACHES = {
    "default": _cache("shop", entries=_COUNTERS_IN_MEMORY),
    "pages": _cache("pages", entries=_PAGES_IN_MEMORY),
}
