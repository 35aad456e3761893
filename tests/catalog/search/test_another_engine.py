"""The shop runs on any engine that keeps to the interface; this one keeps its entries in memory and knows one word."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from catalog.search.engine import Answer, Engine, Entry, Hit, Question, Suggestion, engine
from catalog.search.models import SearchEntry
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db


class MemoryEngine:
    def __init__(self) -> None:
        self.entries: dict[tuple[str, int], Entry] = {}

    def search(self, question: Question) -> Answer:
        hits = [Hit(one.kind, one.object_id, one.title, one.url) for one in self._with(question.text)]
        hits = [hit for hit in hits if not question.kinds or hit.kind in question.kinds]
        return Answer(hits=tuple(hits), total=len(hits), kinds={hit.kind: 1 for hit in hits})

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        return [Suggestion(one.kind, one.title, one.url) for one in self._with(text)][:limit]

    def write(self, *entries: Entry) -> None:
        self.entries.update({(one.kind, one.object_id): one for one in entries})

    def remove(self, kind: str, *object_ids: int) -> None:
        for object_id in object_ids:
            self.entries.pop((kind, object_id), None)

    def _with(self, word: str) -> list[Entry]:
        return [one for one in self.entries.values() if word.lower() in one.title.lower()]


@pytest.fixture
def other(settings: Any) -> Iterator[Engine]:
    settings.SEARCH_ENGINE = f"{__name__}.MemoryEngine"
    engine.cache_clear()
    yield engine()
    engine.cache_clear()


@pytest.mark.parametrize("address", ["/search/?q=basalt", "/products/", "/search/?q=nothing-like-it"])
def test_pages_show_what_another_engine_answers(client: Client, other: Engine, address: str) -> None:
    tool = make_tool("SH-1", title="Basalt stone")
    html = client.get(address).content.decode()
    assert (f'<a href="{tool.get_absolute_url()}">Basalt stone</a>' in html) or "nothing-like-it" in address
    assert SearchEntry.objects.count() == 0  # ours was told of nothing


def test_another_engine_hears_of_every_change(client: Client, other: Engine) -> None:
    tool = make_tool("SH-1", title="Basalt stone")
    tool.title = "Jade stone"
    tool.save()
    assert [item["title"] for item in client.get("/search/suggestions/?q=stone").json()["items"]] == ["Jade stone"]
    tool.delete()
    assert client.get("/search/suggestions/?q=stone").json()["items"] == []
