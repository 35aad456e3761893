"""Every page that a customer can reach, looked at once for all tests of this folder."""

from __future__ import annotations

import io
import tempfile
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from tests.reach.looking import Found, look_at_everything


@pytest.fixture(scope="session")
def found(django_db_setup: None, django_db_blocker: Any) -> Found:
    """The shop with the demo's content is undone as soon as everything was looked at."""
    with (
        django_db_blocker.unblock(),
        tempfile.TemporaryDirectory() as media,
        override_settings(MEDIA_ROOT=media, EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"),
        transaction.atomic(),
    ):
        assert connection.settings_dict["NAME"].startswith("test_")
        call_command("load_demo", stdout=io.StringIO())
        result = look_at_everything()
        transaction.set_rollback(True)
    return result
