"""Guest links: only the hash is kept, a revoked link is dead."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from catalog.order.models import Order, OrderLink
from supplier.accounts.links import private_page
from supplier.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return Order.objects.create(number="7", currency="GBP", total_incl_tax=1, total_excl_tax=1)


def test_guest_link_is_found_by_its_token_only(order):
    token = OrderLink.objects.issue(order=order)
    assert OrderLink.objects.find(token).order == order
    assert OrderLink.objects.find(token[:-1]) is None
    assert OrderLink.objects.find("") is None
    assert OrderLink.objects.find("\x00\udcff") is None


def test_guest_link_keeps_only_the_hash_of_32_random_bytes(order):
    token = OrderLink.objects.issue(order=order)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM order_orderlink")
        row = cursor.fetchone()
    assert token not in map(str, row)
    assert hashlib.sha256(token.encode()).hexdigest() in row
    assert len(token) == 43


def test_revoked_link_is_dead_and_the_others_live(order):
    first, second = OrderLink.objects.issue(order=order), OrderLink.objects.issue(order=order)
    OrderLink.objects.find(first).revoke()
    assert OrderLink.objects.find(first) is None
    assert OrderLink.objects.find(second) is not None


def test_private_page_is_kept_by_no_cache_and_told_to_nobody():
    response = private_page(lambda request: HttpResponse("x"))(RequestFactory().get("/o/x/"))
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_user_email_is_unique_without_regard_to_case(make_user):
    make_user("rosa@clinic.example")
    with pytest.raises(IntegrityError, match="accounts_user_email_ci"):
        User.objects.create(email="Rosa@Clinic.example")
