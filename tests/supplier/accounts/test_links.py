"""Guest links: only the hash is kept, a revoked link is dead."""

import pytest
from django.core.management import call_command

from supplier.accounts.models import User

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_user_email_is_unique_without_regard_to_case(make_user):
    from django.db import IntegrityError

    make_user("rosa@clinic.example")
    with pytest.raises(IntegrityError, match="accounts_user_email_ci"):
        User.objects.create(email="Rosa@Clinic.example")
