"""Structured data of an article beside what its page says."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from blog.models import ArticleProduct, Tag
from tests.factories.texts import make_tool
from tests.structured import SITE, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article: Any, make_reference: Any) -> Any:
    make_reference(title="Effect of a <hand> massage")
    make_reference("field1998", kind="book", title="Touch", source="A Press", authors="Field T", doi="", pmid="")
    make_reference("unused")
    article = make_article(
        title="Does it help you sleep?",
        source="It may [@kudo2020], they say [@field1998].\n",
        updated_on=datetime.date(2026, 11, 18),
    )
    article.tags.add(Tag.objects.create(name="evening", slug="evening"))
    ArticleProduct.objects.create(article=article, product=make_tool("SH-1", title="Cork ball"))
    return article


def test_article_says_what_its_page_says(client: Client, article: Any) -> None:
    page = shown(client, article.get_absolute_url())
    data = page.data["Article"]
    assert {"headline", "author", "datePublished", "dateModified", "publisher"} <= set(data)
    assert data["headline"] == page.heading
    assert data["author"]["name"] in page.text
    assert data["mainEntityOfPage"] == page.canonical
    for day in (data["datePublished"], data["dateModified"]):
        assert f'<time datetime="{day}">' in page.html
    assert [one["name"] for one in data["about"]] == ["evening"]
    assert [(one["name"], one["url"].removeprefix(SITE) in page.html) for one in data["mentions"]] == [
        ("Cork ball", True)
    ]


def test_article_cites_what_its_notes_name(client: Client, article: Any) -> None:
    page = shown(client, article.get_absolute_url())
    citations = page.data["Article"]["citation"]
    assert [one["@type"] for one in citations] == ["ScholarlyArticle", "Book"]
    assert [author["name"] for author in citations[0]["author"]] == ["Kudo Y", "Sasaki M"]
    assert citations[0]["url"] == "https://doi.org/10.1111/jjns.12327"
    for one in citations:
        assert one["name"] in page.text
        assert one["datePublished"] in page.text


def test_breadcrumbs_are_those_of_the_page(client: Client, article: Any) -> None:
    for address in (article.get_absolute_url(), "/journal/tags/evening/"):
        page = shown(client, address)
        assert page.breadcrumb_list == page.crumbs


def test_draft_says_nothing_to_search_engines(client: Client, article: Any, editor: Any) -> None:
    article.state = "draft"
    article.save()
    client.force_login(editor)
    assert shown(client, article.get_absolute_url()).data == {}


def test_article_asks_for_its_references_once(client: Client, article: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10) as queries:
        client.get(article.get_absolute_url())
    assert sum("blog_reference" in query["sql"] for query in queries.captured_queries) == 1
