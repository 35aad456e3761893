from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from catalog.search.models import SearchEntry
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db


def test_page_shows_its_text_in_sections(client: Client, make_page: Any) -> None:
    make_page(source="Lead.\n\n## Methods & prices\n\n| Method | Price |\n|---|---|\n| UK | £3.95 |\n")
    html = client.get("/delivery/").content.decode()

    assert "<h1>Delivery</h1>" in html
    assert '<h2 class="section__name" id="methods-prices-t">Methods &amp; prices</h2>' in html
    assert '<td data-label="Price">£3.95</td>' in html
    assert "Last changed 19 November 2026." in html
    assert 'id="message"' not in html


def test_page_with_a_message_box_says_where_a_message_comes_from(client: Client, make_page: Any) -> None:
    make_page("contact", source="Write to us.\n\n{{ message }}")
    html = client.get("/contact/").content.decode()

    assert html.count('id="message"') == 1
    assert 'value="page:contact"' in html


def test_page_without_a_row_is_not_found(client: Client) -> None:
    assert client.get("/delivery/").status_code == 404
    assert client.get("/no such page/").status_code == 404


def test_page_without_its_slash_is_led_to_the_one_with(client: Client, make_page: Any) -> None:
    make_page()

    assert client.get("/delivery")["Location"] == "/delivery/"


@pytest.mark.parametrize("slug", ["basket", "journal", "products", "techniques", "search"])
def test_page_never_shadows_another_part_of_the_shop(client: Client, make_page: Any, slug: str) -> None:
    make_page(slug, title="An impostor")

    assert "<h1>An impostor</h1>" not in client.get(f"/{slug}/", follow=True).content.decode()


def test_page_can_be_found_until_it_is_deleted(make_page: Any) -> None:
    page = make_page()
    assert SearchEntry.objects.get(kind="page").url == "/delivery/"

    page.delete()
    assert not SearchEntry.objects.filter(kind="page").exists()


def test_page_needs_few_queries_and_sets_no_cookie(
    client: Client, make_page: Any, django_assert_num_queries: Any
) -> None:
    make_page("terms")
    make_page(source="[a](page:terms) [b](page:delivery)\n\n" * 30)
    with django_assert_num_queries(2):
        response = client.get("/delivery/")

    assert not response.cookies


def test_health_page_says_that_the_database_answers(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert json.loads(response.content) == {"database": "ok", "shop": "open"}
    assert "no-store" in response["Cache-Control"]


def test_robots_are_kept_from_private_places_and_led_to_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /checkout/" in lines
    assert not any(guest in line for line in lines for guest in ("/o/", "/q/", "/m/"))
    assert lines[-1].startswith("Sitemap: http")


def test_large_body_gets_our_own_page(client: Client) -> None:
    response = client.post("/messages/", {"text": "a" * 3_000_000}, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 400
    assert "Go back, make it shorter and send it again" in response.content.decode()


@pytest.mark.parametrize("path", ["../../manage.py", "..%2f..%2fmanage.py", "/etc/passwd", "none.jpg"])
def test_media_never_leaves_its_folder(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code in {400, 404}


def test_home_leads_to_tools_techniques_article_wholesale_and_message(client: Client, home: None) -> None:
    html = client.get("/").content.decode()

    for address in ("/products/", "/techniques/technique-0/", "/journal/sleep/", "/wholesale/"):
        assert f'href="{address}"' in html
    assert "Tool SH-0</a>" in html
    assert 'value="page:home"' in html


def test_home_shows_first_the_tools_that_techniques_name_first(client: Client, home: None) -> None:
    from catalog.catalogue.models import Category, Product, TechniqueProduct

    for number in range(7):
        make_tool(f"SH-more-{number}")
    TechniqueProduct.objects.create(
        category=Category.objects.get(slug="technique-0"), product=Product.objects.get(upc="SH-more-6"), position=1
    )
    html = client.get("/").content.decode()

    assert "Tool SH-more-6</a>" in html
    assert "Tool SH-more-5</a>" not in html


def test_home_of_an_empty_shop_works(client: Client) -> None:
    assert "For hands that work all day" in client.get("/").content.decode()


def test_home_needs_the_same_queries_with_more_of_everything(
    client: Client, home: None, django_assert_num_queries: Any
) -> None:
    from tests.factories.texts import make_technique

    with django_assert_num_queries(HOME_QUERIES):
        response = client.get("/")
    assert not response.cookies

    for number in range(1, 20):
        make_tool(f"SH-{number}")
        make_technique(f"technique-{number}")
    with django_assert_num_queries(HOME_QUERIES):
        client.get("/")


HOME_QUERIES = 7


@pytest.fixture
def home(db: None) -> None:
    import datetime

    from blog.models import Article
    from tests.factories.texts import make_technique

    make_tool("SH-0")
    make_technique("technique-0")
    Article.objects.create(
        slug="sleep",
        title="Sleep",
        description="-",
        author="-",
        state="published",
        source="Text.",
        published_on=datetime.date(2026, 10, 15),
    )
