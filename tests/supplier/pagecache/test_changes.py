"""The count of changes: it grows with every commit, is never the same twice, and costs no order a wait."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from oscar.apps.address.models import Country

from supplier.pagecache.changes import changes_so_far, compact
from supplier.pagecache.models import Change
from supplier.pagecache.tasks import compact_changes
from supplier.pagecache.triggers import install_triggers

from .test_truth import outside

pytestmark = pytest.mark.django_db(transaction=True)


def _touch(cursor: Any = None) -> None:
    if cursor:
        cursor.execute("UPDATE address_country SET display_order = display_order + 1 WHERE iso_3166_1_a2 = 'GB'")
    else:
        Country.objects.filter(pk="GB").update(display_order=7)


def _count() -> int:
    count = changes_so_far()
    assert count is not None
    return count


def test_compacting_keeps_the_count_and_leaves_one_row():
    for _ in range(5):
        _touch()
    before = _count()
    compact_changes(timestamp=0)
    assert _count() == before
    assert Change.objects.count() == 1


def test_compacting_beside_an_open_change_loses_nothing():
    start = _count()
    with outside() as slow:
        slow.execute("INSERT INTO address_country SELECT * FROM address_country WHERE false")
        slow.execute("UPDATE address_country SET display_order = 3 WHERE iso_3166_1_a2 = 'DE'")
        _touch()
        compact()
        assert _count() == start + 1
        slow.commit()
    assert _count() == start + 2
    compact()
    assert _count() == start + 2


def test_two_compacting_at_once_count_nothing_twice():
    for _ in range(3):
        _touch()
    before = _count()
    with outside() as other, connection.cursor() as cursor:
        other.execute("SET lock_timeout = '5s'")
        other.execute("DELETE FROM pagecache_change WHERE false")
        compact()
        other.execute(
            "WITH gone AS (DELETE FROM pagecache_change RETURNING changes)"
            " INSERT INTO pagecache_change (changes) SELECT sum(changes) FROM gone HAVING count(*) > 0"
        )
        other.commit()
        cursor.execute("SELECT count(*) FROM pagecache_change")
        assert cursor.fetchone() == (1,)
    assert _count() == before


def test_changes_of_two_transactions_wait_for_nobody():
    with outside() as one, outside() as two:
        two.execute("SET lock_timeout = '1s'")
        one.execute("UPDATE address_country SET display_order = 3 WHERE iso_3166_1_a2 = 'DE'")
        two.execute("UPDATE address_country SET display_order = 3 WHERE iso_3166_1_a2 = 'FR'")
        two.commit()
        one.commit()


def test_statement_that_touches_no_row_is_no_change():
    before = _count()
    Country.objects.filter(pk="XX").update(display_order=1)
    Country.objects.filter(pk="XX").delete()
    assert _count() == before


def test_savepoint_that_is_rolled_back_is_no_change_and_the_rest_is():
    before = _count()
    with transaction.atomic():
        point = transaction.savepoint()
        _touch()
        transaction.savepoint_rollback(point)
    assert _count() == before
    with transaction.atomic():
        _touch()
        point = transaction.savepoint()
        _touch()
        transaction.savepoint_rollback(point)
    assert _count() == before + 1


def test_bulk_and_truncate_are_changes():
    from catalog.catalogue.models import AttributeOptionGroup

    before = _count()
    AttributeOptionGroup.objects.bulk_create(AttributeOptionGroup(name=name) for name in ("a", "b"))
    assert _count() > before
    before = _count()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE catalogue_attributeoptiongroup CASCADE")
    assert _count() > before


def test_rows_copied_in_and_rows_that_go_with_others_are_changes():
    """COPY, as restoring does, and keys with ON DELETE CASCADE, which send no statement of their own."""
    with connection.cursor() as cursor:
        before = _count()
        with cursor.copy("COPY catalogue_attributeoptiongroup (name, code) FROM STDIN") as copy:
            copy.write_row(("a", "a"))
        assert _count() > before
        cursor.execute("CREATE TABLE catalogue_parent (id int PRIMARY KEY)")
        cursor.execute("CREATE TABLE catalogue_child (id int REFERENCES catalogue_parent ON DELETE CASCADE)")
        try:
            install_triggers()
            cursor.execute("INSERT INTO catalogue_parent VALUES (1)")
            cursor.execute("INSERT INTO catalogue_child VALUES (1)")
            cursor.execute('DROP TRIGGER "pagecache_delete" ON catalogue_parent')
            before = _count()
            cursor.execute("DELETE FROM catalogue_parent")
            assert _count() > before
        finally:
            cursor.execute("DROP TABLE catalogue_child, catalogue_parent")


def test_connection_that_the_server_closed_is_opened_again():
    """No "SELECT 1" before each page, and yet no visitor meets an error after the database was started anew."""
    assert changes_so_far()
    with outside() as other:
        other.autocommit = True
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert changes_so_far()
