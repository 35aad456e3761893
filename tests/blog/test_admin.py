from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blog.models import Article, Reference, Tag
from catalog.search.models import SearchEntry, SearchText
from tests.factories.texts import make_technique, make_tool

pytestmark = pytest.mark.django_db

INLINES = {
    f"{name}-{field}": value
    for name in ("article_products", "article_techniques")
    for field, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def typed(**changes: str) -> dict[str, str]:
    return {
        "title": "Sleep",
        "slug": "sleep",
        "description": "What is known.",
        "author": "The house",
        "state": "published",
        "published_on": "2026-10-15",
        "source": "Text.",
        **INLINES,
        **changes,
    }


def test_editor_writes_an_article_on_one_page(desk: Client, make_reference: Any) -> None:
    make_reference("kudo2020")
    tag = Tag.objects.create(name="evening", slug="evening")
    tool, technique = make_tool("SH-1"), make_technique("deep-hand-massage")
    data = typed(source="It helps [@kudo2020].\n\n{{ product SH-1 }}", tags=str(tag.pk)) | {
        "article_products-TOTAL_FORMS": "1",
        "article_products-0-position": "0",
        "article_products-0-product": str(tool.pk),
        "article_techniques-TOTAL_FORMS": "1",
        "article_techniques-0-position": "0",
        "article_techniques-0-technique": str(technique.pk),
    }
    response = desk.post("/admin/blog/article/add/", data)

    assert response.status_code == 302
    article = Article.objects.get()
    assert article.text.references == ("kudo2020",)
    assert list(article.products.all()) == [tool]
    assert list(article.techniques.all()) == [technique]
    assert SearchEntry.objects.get(kind="article").title == "Sleep"


def test_tags_saved_after_the_article_can_be_searched(desk: Client) -> None:
    tag = Tag.objects.create(name="lavender", slug="lavender")
    desk.post("/admin/blog/article/add/", typed(tags=str(tag.pk)))

    assert "lavend" in str(SearchText.objects.get(entry__kind="article").vector)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"published_on": ""}, "Give the day of publication"),
        ({"updated_on": "2026-01-01"}, "before the day of publication"),
        ({"source": "It helps [@nobody]."}, "There is no reference nobody"),
        ({"source": "{{ product SH-9 }}"}, "There is no product SH-9"),
        ({"source": "a" * 100_001}, "Shorten it to 100,000"),
        ({"source": "a\x00b"}, "Null characters"),
        ({"slug": "a/b"}, "slug"),
        ({"state": "scheduled"}, "not one of the available choices"),
    ],
)
def test_complaint_keeps_what_was_typed(desk: Client, changes: dict[str, str], complaint: str) -> None:
    html = desk.post("/admin/blog/article/add/", typed(**changes)).content.decode()

    assert complaint in html
    assert "What is known." in html
    assert not Article.objects.exists()


def test_draft_may_name_what_is_still_to_come(desk: Client) -> None:
    desk.post("/admin/blog/article/add/", typed(state="draft", published_on="", source="It helps [@nobody]."))

    assert Article.objects.get().state == "draft"


def test_change_page_shows_the_notes_and_leads_to_the_preview(desk: Client, make_article: Any) -> None:
    article = make_article(state="draft", source="One [@gone].")
    html = desk.get(f"/admin/blog/article/{article.pk}/change/").content.decode()

    assert "1. gone" in html
    assert 'href="/journal/sleep/"' in html


def test_article_list_needs_the_same_queries_with_more_articles(
    desk: Client, make_article: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_article(f"article-{number}")
    with django_assert_max_num_queries(14):
        desk.get("/admin/blog/article/")


def test_reference_is_checked_when_it_is_typed(desk: Client) -> None:
    html = desk.post(
        "/admin/blog/reference/add/", {"key": "1x", "doi": "https://doi.org/10.1/x", "pmid": "PMID1"}
    ).content.decode()

    for complaint in ("A key begins with a letter", "without https://doi.org/", "digits only"):
        assert complaint in html
    assert not Reference.objects.exists()


def test_sales_staff_may_not_change_articles(client: Client, sales_clerk: Any, make_article: Any) -> None:
    article = make_article()
    client.force_login(sales_clerk)

    assert client.get(f"/admin/blog/article/{article.pk}/change/").status_code == 403


def test_articles_deleted_from_the_list_are_no_longer_found(desk: Client, make_article: Any) -> None:
    keys = [make_article(slug).pk for slug in ("a", "b")]
    desk.post("/admin/blog/article/", {"action": "delete_selected", "_selected_action": keys, "post": "yes"})

    assert not Article.objects.exists()
    assert not SearchEntry.objects.exists()


def test_only_techniques_are_offered_as_techniques(client: Client, owner: Any, make_article: Any) -> None:
    from tests.factories.texts import make_range

    client.force_login(owner)
    make_technique("deep-hand-massage")
    make_range("hand-tools")
    place = {"app_label": "blog", "model_name": "articletechnique", "field_name": "technique", "term": "hand"}
    found = client.get("/admin/autocomplete/", place).json()["results"]

    assert [row["text"] for row in found] == ["Deep hand massage"]
