"""A database from a migrated template, and the small cast that every test knows."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from tests.browser import IS_SKIPPED

# A stand-in for Stripe, the running demo and a browser to walk through it: one of each for all tests that want them.
from tests.servers import stripe, stripe_process, stripe_stand_in
from tests.walking import browser, new_context, shop, staff, visitor

__all__ = ["browser", "new_context", "shop", "staff", "stripe", "stripe_process", "stripe_stand_in", "visitor"]

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skip = pytest.mark.skip(reason="no Chromium found; install one or set REQUIRE_BROWSER=1 to demand it")
    for item in items:
        if IS_SKIPPED and item.get_closest_marker("browser"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Test databases are copies of a template that is migrated once for each state of the migrations."""
    with django_db_blocker.unblock():
        connections["default"].settings_dict["TEST"].update(
            TEMPLATE=migrated_template(),
            NAME=f"test_shop_{os.getpid()}",  # several runs at once don't meet
        )


@pytest.fixture(autouse=True, scope="session")
def _fresh_database_after_commits() -> Iterator[None]:
    """Tests that commit get a new copy of the template afterwards: seeds, sequences and jobs as on the first day.

    In the place of Django's own clearing, which comes after every fixture of ours and would empty the seeds too.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: _copy_template_again())
        yield


@pytest.fixture(autouse=True)
def _own_media_and_cache(settings: Any, tmp_path: Path) -> None:
    from django.core.cache import caches

    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all():
        cache.clear()


def migrated_template() -> str:
    name = f"shop_template_{_migrations_hash()}"
    with MaintenanceCursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(727001)")
        try:
            _drop_leftovers(cursor)
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                _drop_old_templates(cursor)
                _make_template(cursor, name)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(727001)")
    return name


def _drop_leftovers(cursor: Any) -> None:
    """Databases of runs that were killed."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_shop_%'")
    for (name,) in cursor.fetchall():
        pid = name.removeprefix("test_shop_")
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _drop_old_templates(cursor: Any) -> None:
    """Of earlier migrations. On a server that others use too, only they know which ones they still need."""
    if os.environ.get("DATABASE_URL"):
        return
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'shop_template_%'")
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _make_template(cursor: Any, name: str) -> None:
    draft = f"{name}_draft"
    cursor.execute(f'DROP DATABASE IF EXISTS "{draft}"')
    environment = {**os.environ, "EMBEDDED_DATABASE": draft, "SITE_URL": "http://testserver"}
    if url := os.environ.get("DATABASE_URL"):
        cursor.execute(f'CREATE DATABASE "{draft}"')
        environment["DATABASE_URL"] = url.rsplit("/", 1)[0] + "/" + draft
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    after_migrate = ("desk/groups.py", "pagecache/triggers.py", "pagecache/watching.py")
    for path in [*sorted(ROOT.glob("*/**/migrations/*.py")), *(ROOT / "supplier" / name for name in after_migrate)]:
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class MaintenanceCursor:
    """A cursor on the server's own database, outside the one under test."""

    def __enter__(self) -> Any:
        self._nodb = connections["default"]._nodb_cursor()
        return self._nodb.__enter__()

    def __exit__(self, *error: Any) -> None:
        self._nodb.__exit__(*error)


def _copy_template_again() -> None:
    connection = connections["default"]
    name = connection.settings_dict["NAME"]
    template = connection.settings_dict["TEST"]["TEMPLATE"]
    connections.close_all()
    with MaintenanceCursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@pytest.fixture
def make_user(db: None) -> Any:
    from supplier.accounts.models import User

    def make(email: str, **fields: Any) -> User:
        password = fields.pop("password", "a-long-password-9")
        return User.objects.create_user(email, password, **fields)

    return make


@pytest.fixture
def sales_clerk(make_user: Any) -> Any:
    """Staff who may do what the Sales group may."""
    from django.contrib.auth.models import Group

    user = make_user("clerk@stillhand.example", first_name="Sam")
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name="Sales"))
    return user


@pytest.fixture
def owner(make_user: Any) -> Any:
    """Staff who may do everything."""
    user = make_user("owner@stillhand.example")
    user.is_staff = user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def clinic_buyer(make_user: Any) -> Any:
    return make_user("buyer@clinic.example", first_name="Rosa", last_name="Whitlock")


assert settings.configured
