"""Keeps pages in Django's cache "pages". While that is down pages are made anew, and it is left alone."""

import logging
import time
from hashlib import sha256

from django.core.cache import caches

from .entries import Entry
from .release import release

log = logging.getLogger(__name__)

#: Seconds for which a cache that failed is not asked again, so that no visitor waits for it.
REST = 10
#: In seconds: what changes with time alone (a date, a deadline) does so on a full minute.
MINUTE = 60

_rests_until = 0.0


def find(address: str) -> Entry | None:
    """The page of this address, whether it is still true or not."""
    if time.monotonic() < _rests_until:
        return None
    try:
        found = caches["pages"].get(_key(address))
        return Entry(*found) if found else None
    except Exception:  # each backend has errors of its own
        _rest()
        return None


def keep(address: str, entry: Entry, *, until: float) -> None:
    """`until`: what `end_of_minute` said before the page was made."""
    seconds = until - time.time()
    if seconds <= 0 or time.monotonic() < _rests_until:
        return
    try:
        caches["pages"].set(_key(address), entry.to_tuple(), seconds)
    except Exception:
        _rest()


def _key(address: str) -> str:
    return sha256(f"{release()} {address}".encode("utf-8", "surrogatepass")).hexdigest()


def end_of_minute(at: float) -> float:
    """Both in seconds since 1970."""
    return (at // MINUTE + 1) * MINUTE


def _rest() -> None:
    global _rests_until
    _rests_until = time.monotonic() + REST
    log.warning("the page cache does not answer; pages are made without it for %s s", REST, exc_info=True)
