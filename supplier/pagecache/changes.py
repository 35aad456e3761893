"""How many changes public pages have seen: what each request asks before it takes a page from the cache."""

import logging

from django.db import DatabaseError, InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)

_SUM = "SELECT sum(changes) FROM pagecache_change"

#: Others' uncommitted rows are not seen and stay; a second run beside this one finds nothing and adds nothing.
_COMPACT = """
WITH gone AS (DELETE FROM pagecache_change RETURNING changes)
INSERT INTO pagecache_change (changes) SELECT sum(changes) FROM gone HAVING count(*) > 0
"""


def changes_so_far() -> int | None:
    """Committed changes up to now. None: the database doesn't answer, and no cached page may be trusted."""
    # This question finds out whether the connection still lives, so that Django need not ask "SELECT 1" before it.
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _ask()
    except (OperationalError, InterfaceError):
        return _ask_again()
    except DatabaseError:
        log.exception("the page cache can't be asked for")
        return None


def _ask_again() -> int | None:
    """The server may have been started anew since the last request."""
    if connection.in_atomic_block:
        return None
    connection.close()
    try:
        return _ask()
    except DatabaseError:
        return None  # the view meets the same error, and says so


def _ask() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_SUM)
        (changes,) = cursor.fetchone()
    return None if changes is None else int(changes)


def compact() -> None:
    """Put all rows into one. The sum stays the same, so cached pages live on."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPACT)
