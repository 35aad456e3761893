"""How areas keep the index true: they name what changed, and it is written anew from the database.

An area registers a source for each kind. `note` renews at once; inside `one_write` everything noted is renewed once, at
the end. Open `one_write` inside the transaction of the change, or let it open one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from .engine import Entry, engine

#: Rows that are renewed together: bounds the memory that a large change takes.
AT_ONCE = 500
#: Things share so many locks: a change of a hundred thousand of them takes no more.
_PLACES = 64


@dataclass(frozen=True, slots=True)
class Source:
    """`entries`: of those of these keys that people may find; the others are taken out. `keys`: all there are."""

    entries: Callable[[Collection[int]], Iterable[Entry]]
    keys: Callable[[], Iterable[int]]


_sources: dict[str, Source] = {}
_noted: ContextVar[dict[str, set[int]] | None] = ContextVar("noted", default=None)


def register(
    kind: str, *, entries: Callable[[Collection[int]], Iterable[Entry]], keys: Callable[[], Iterable[int]]
) -> None:
    _sources[kind] = Source(entries, keys)


def kinds() -> list[str]:
    return list(_sources)


def keys_of(kind: str) -> list[int]:
    return list(_sources[kind].keys())


def note(kind: str, *keys: int | None) -> None:
    """These were made, changed or deleted."""
    wanted = {key for key in keys if key}
    noted = _noted.get()
    if noted is not None:
        noted.setdefault(kind, set()).update(wanted)
    elif wanted:
        renew(kind, wanted)


@contextmanager
def one_write() -> Iterator[None]:
    """All or nothing; inside another one it leaves the writing to that."""
    if _noted.get() is not None:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        noted: dict[str, set[int]] = {}
        token = _noted.set(noted)
        try:
            yield
        finally:
            _noted.reset(token)
        _renew_all(noted)


def renew(kind: str, keys: Collection[int]) -> None:
    """From what the database says now; safe to repeat."""
    with transaction.atomic():
        _renew_all({kind: keys})


def _renew_all(noted: Mapping[str, Collection[int]]) -> None:
    wanted = {kind: sorted(keys) for kind, keys in noted.items() if keys}
    wait_for_others([key for keys in wanted.values() for key in keys])
    for kind, keys in wanted.items():
        for start in range(0, len(keys), AT_ONCE):
            _renew(kind, keys[start : start + AT_ONCE])


def wait_for_others(keys: Collection[int] | None = None) -> None:
    """Until those have committed who write the same things; without `keys`, or with many, all who write anything.

    Two at once would each read a thing without the other's change, and the later would write what is no longer true.
    Many are written in several steps, whose words come in no common order: then each would wait for the other.
    """
    is_large = keys is None or len(keys) > AT_ONCE
    places = list(range(_PLACES)) if is_large else sorted({key % _PLACES for key in keys or ()})
    if places:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(727003, place) FROM unnest(%s::int[]) AS place", [places])


def _renew(kind: str, keys: list[int]) -> None:
    entries = list(_sources[kind].entries(keys))
    if gone := set(keys) - {entry.object_id for entry in entries}:
        engine().remove(kind, *gone)
    if entries:
        engine().write(*entries)
