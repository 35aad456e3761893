"""Triggers that note a change in the transaction that makes it, whoever makes it: a model, SQL, the admin, a script.

They are put on after each `migrate`, on every table that `watching` doesn't leave out: a table that a later migration
makes is watched from its first day.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import connections, transaction

from .watching import SHOWN, is_watched

_FUNCTION = """
CREATE OR REPLACE FUNCTION {schema}.pagecache_note() RETURNS trigger LANGUAGE plpgsql AS $note$
DECLARE
    is_seen boolean := true;
BEGIN
    IF TG_OP = 'INSERT' THEN
        is_seen := EXISTS (SELECT FROM rows_after);
    ELSIF TG_OP = 'DELETE' THEN
        is_seen := EXISTS (SELECT FROM rows_before);
    ELSIF TG_OP = 'UPDATE' AND TG_NARGS = 0 THEN
        is_seen := EXISTS (SELECT FROM rows_after);
    ELSIF TG_OP = 'UPDATE' THEN
        EXECUTE format(
            'SELECT EXISTS (SELECT %1$s FROM rows_before EXCEPT ALL SELECT %1$s FROM rows_after)', TG_ARGV[0]
        ) INTO is_seen;
    END IF;
    IF is_seen THEN
        INSERT INTO {schema}.pagecache_change DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $note$
"""
_EVENTS = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS rows_after",
    "update": "AFTER UPDATE ON {table} REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS rows_before",
    "truncate": "AFTER TRUNCATE ON {table}",
}
_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
"""
_TRIGGERS = """
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND starts_with(t.tgname, 'pagecache_')
"""

Trigger = tuple[str, str]  # table, name


def install_triggers(using: str = "default", **kwargs: Any) -> None:
    """Bring the triggers in line with `watching`. Tables whose triggers are right are not locked."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        schema = _one(cursor, "SELECT quote_ident(current_schema())")
        wanted = _wanted(cursor) if _one(cursor, "SELECT to_regclass('pagecache_change')") else {}
        cursor.execute(_TRIGGERS)
        found: set[Trigger] = set(cursor.fetchall())
        if wanted:
            cursor.execute(_FUNCTION.format(schema=schema))
        for table, name in sorted(found - wanted.keys()):
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
        for trigger in sorted(wanted.keys() - found):
            cursor.execute(wanted[trigger])


def _wanted(cursor: Any) -> dict[Trigger, str]:
    cursor.execute(_TABLES)
    tables = [table for (table,) in cursor.fetchall() if is_watched(table)]
    return {key: sql for table in tables for key, sql in _triggers_of(table)}


def _triggers_of(table: str) -> Iterator[tuple[Trigger, str]]:
    for event, when in _EVENTS.items():
        shown = SHOWN.get(table, "") if event == "update" else ""
        # The name tells what it compares, so that a change of SHOWN is seen as another trigger.
        name = f"pagecache_{event}" + (f"_{sha256(shown.encode()).hexdigest()[:8]}" if shown else "")
        argument = "'" + shown.replace("'", "''") + "'" if shown else ""
        table_and_rows = when.format(table=f'"{table}"')
        yield (
            (table, name),
            f'CREATE TRIGGER "{name}" {table_and_rows} FOR EACH STATEMENT EXECUTE FUNCTION pagecache_note({argument})',
        )


def _one(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    return cursor.fetchone()[0]
