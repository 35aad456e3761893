"""The search page: tools as cards, the rest as a list."""

from typing import Any

import pytest
from django.test import Client

from catalog.search.engine import Entry, engine
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


def note(kind: str, pk: int, title: str, url: str) -> None:
    engine().write(Entry(kind, pk, title=title, url=url, text="a word about lavender", summary="Something."))


def note_tool(sku: str, title: str) -> Any:
    tool = make_tool(sku, title=title)
    note("product", tool.pk, title, tool.get_absolute_url())
    return tool


def test_tools_are_cards_and_articles_a_list(client: Client) -> None:
    tool = note_tool("SH-OIL-01", "Massage Oil")
    note("article", 1, "Sleep", "/journal/sleep/")
    html = client.get("/search/", {"q": "lavender"}).content.decode()
    assert "2 results" in html
    assert f'<a href="{tool.get_absolute_url()}">Massage Oil</a>' in html
    assert 'href="/journal/sleep/"' in html
    assert "Journal</span>" in html


def test_tool_taken_off_sale_is_no_card(client: Client) -> None:
    tool = note_tool("SH-OIL-01", "Massage Oil")
    type(tool).objects.filter(pk=tool.pk).update(is_public=False)
    assert "Massage Oil" not in client.get("/search/", {"q": "lavender"}).content.decode()


@pytest.mark.parametrize("tools", [1, 3])
def test_search_asks_little_however_much_is_found(
    client: Client, django_assert_max_num_queries: Any, tools: int
) -> None:
    for n in range(tools):
        note_tool(f"SH-OIL-{n}", f"Oil {n}")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/search/", {"q": "lavender"})


@pytest.mark.parametrize("question", ["", "\x00", "'\"&|!():*<script>", "x" * 5000, "🫒 – ½", "a or -b"])
def test_any_question_gets_an_answer(client: Client, question: str) -> None:
    response = client.get("/search/", {"q": question, "page": "abc"})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()
