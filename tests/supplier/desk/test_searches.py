"""Searches that found nothing, for those who can do something about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from catalog.search.models import ZeroSearch

from .test_messages import queries_of

pytestmark = pytest.mark.django_db


def staff(make_user: Any, email: str) -> Any:
    user = make_user(email)
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def reader(client: Client, make_user: Any) -> Client:
    user = staff(make_user, "reader@stillhand.example")
    user.user_permissions.add(Permission.objects.get(codename="view_zerosearch"))
    client.force_login(user)
    return client


def note(text: str, times: int, *, days_ago: int = 0) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    ZeroSearch.objects.create(text=text, times=times, first_at=at, last_at=at)


def test_most_wanted_come_first_or_the_latest(reader: Client) -> None:
    note("foam roller", 9, days_ago=3)
    note("ice & heat", 1)
    often = reader.get("/desk/searches/").content.decode()
    latest = reader.get("/desk/searches/?show=latest").content.decode()
    assert often.index("foam roller") < often.index("ice &amp; heat")
    assert latest.index("ice &amp; heat") < latest.index("foam roller")
    assert "9 times" in often
    assert 'href="/search/?q=ice%20%26%20heat"' in often


@pytest.mark.parametrize("text", ["<b>bold</b>", "‮ltr", "' OR 1=1 --"])
def test_anything_that_people_type_can_be_shown(reader: Client, text: str) -> None:
    note(text, 2)
    html = reader.get("/desk/searches/?show=%00&page=abc").content.decode()
    assert "<b>bold" not in html
    assert "2 times" in html


def test_page_is_for_those_with_the_permission(client: Client, make_user: Any) -> None:
    assert client.get("/desk/searches/").status_code == 302
    client.force_login(staff(make_user, "packer@stillhand.example"))
    assert client.get("/desk/searches/").status_code == 403
    assert "/desk/searches/" not in client.get("/desk/more/").content.decode()


def test_page_is_reached_from_the_desk(reader: Client) -> None:
    assert 'href="/desk/searches/"' in reader.get("/desk/more/").content.decode()


def test_list_asks_the_same_however_long_it_is(reader: Client) -> None:
    note("one", 1)
    few = queries_of(reader, "/desk/searches/")
    for number in range(20):
        note(f"text {number}", number)
    assert queries_of(reader, "/desk/searches/") == few


def test_menu_marks_the_entry_that_leads_to_the_page(reader: Client) -> None:
    assert '<a href="/desk/more/" aria-current="true">' in reader.get("/desk/searches/").content.decode()
