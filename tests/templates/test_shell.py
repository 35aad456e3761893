"""The frame of every page, and the pages for when something is wrong."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client


@pytest.mark.django_db
def test_a_missing_page_offers_the_search_in_our_frame(client: Client) -> None:
    response = client.get("/nothing/is/here/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "<title>This page is not here – Stillhand</title>" in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert 'href="#content"' in html
    assert 'id="content"' in html
    assert html.count('action="/search/"') == 2


@pytest.mark.django_db
def test_the_frame_asks_the_database_nothing_and_sets_no_cookie(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/nothing/is/here/")
    assert not response.cookies


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "429.html", "500.html"])
def test_pages_for_trouble_need_no_request_and_lead_home(name: str) -> None:
    html = render_to_string(name)
    assert 'href="/"' in html
    assert len(re.findall(r"<h1\b", html)) == 1


@pytest.mark.django_db
def test_the_menu_marks_where_one_is(client: Client) -> None:
    html = client.get("/journal/").content.decode()
    assert '<a href="/journal/" aria-current="page">' in html
    assert html.count("aria-current") == 1
