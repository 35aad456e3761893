from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from catalog.search.models import SearchEntry
from supplier.pages.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, make_user: Any) -> Client:
    from django.contrib.auth.models import Permission

    editor = make_user("editor@stillhand.example")
    editor.is_staff = True
    editor.save()
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="pages"))
    client.force_login(editor)
    return client


def typed(**changes: str) -> dict[str, str]:
    text = {"title": "Imprint", "slug": "imprint", "description": "Who we are.", "updated_on": "2026-11-24"}
    return text | {"source": "## Company\n\nStillhand."} | changes


def test_editor_writes_a_page(desk: Client) -> None:
    desk.post("/admin/pages/page/add/", typed())

    assert "Company</h2>" in desk.get("/imprint/").content.decode()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"slug": "basket"}, "belongs to another part of the shop"),
        ({"slug": "journal"}, "belongs to another part of the shop"),
        ({"source": ""}, "This field is required"),
        ({"source": "a" * 100_001}, "Shorten it to 100,000"),
        ({"title": "a\x00"}, "Null characters"),
        ({"updated_on": "soon"}, "valid date"),
    ],
)
def test_complaint_keeps_what_was_typed(desk: Client, changes: dict[str, str], complaint: str) -> None:
    html = desk.post("/admin/pages/page/add/", typed(**changes)).content.decode()

    assert complaint in html
    assert "Who we are." in html
    assert not Page.objects.exists()


def test_wholesale_text_is_a_page_although_its_address_has_a_form(desk: Client) -> None:
    desk.post("/admin/pages/page/add/", typed(slug="wholesale"))

    assert Page.objects.get().slug == "wholesale"


def test_pages_deleted_from_the_list_are_no_longer_found(desk: Client, make_page: Any) -> None:
    key = make_page().pk
    desk.post("/admin/pages/page/", {"action": "delete_selected", "_selected_action": [key], "post": "yes"})

    assert not SearchEntry.objects.exists()
