"""Products, techniques and articles are found together, whatever is typed."""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from catalog.search.engine import Entry, Question, engine
from catalog.search.models import SearchEntry
from tests.factories.catalogue import give_facts, make_parent
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db


def titles(question: str) -> list[str]:
    return [hit.title for hit in engine().search(Question(text=question)).hits]


def test_all_kinds_are_found_together(client: Client) -> None:
    make_tool("SH-1", title="Jade roller")
    make_technique("asian-hand-massage", summary="Gliding with jade")
    engine().write(Entry("article", 7, title="Caring for jade", url="/journal/caring/", text=""))
    words = client.get("/search/?q=jade").content.decode()
    for address in ("/products/jade-roller_", "/techniques/asian-hand-massage/", "/journal/caring/"):
        assert address in words


def test_titles_come_before_texts() -> None:
    make_tool("SH-1", title="Balm", description="Goes well with a cork ball.")
    make_tool("SH-2", title="Cork ball")
    assert titles("cork") == ["Cork ball", "Balm"]


@pytest.mark.parametrize("question", ["SH-DHM-03", "sh-dhm-03-f", "spik", "spiked balls", "firm", "PALM spiky", "cafe"])
def test_a_product_is_found_by(question: str) -> None:
    make_parent(summary="Like the ones in a café")
    assert titles(question) == ["Spiky Palm Ball"]


def test_materials_and_ranges_are_found() -> None:
    tool = make_tool("SH-1", title="Roller")
    give_facts(tool, material=["beech"], hand_area=["forearm"])
    tool.write_search_entry()
    assert titles("beech") == titles("forearm") == ["Roller"]


def test_words_can_be_excluded() -> None:
    make_tool("SH-1", title="Green ball")
    make_tool("SH-2", title="Blue ball")
    assert titles("ball -green") == ["Blue ball"]


def test_entries_are_written_with_their_product_or_not_at_all() -> None:
    def make_and_fail() -> None:
        with transaction.atomic():
            make_tool("SH-1", title="Roller")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        make_and_fail()
    assert not SearchEntry.objects.exists()


def test_what_is_not_public_is_not_found() -> None:
    tool = make_tool("SH-1", title="Roller")
    tool.is_public = False
    tool.save()
    make_range("rollers")
    hidden = make_technique("roller-massage")
    hidden.is_public = False
    hidden.save()
    assert titles("roller") == []


def test_an_unpublished_range_hides_the_techniques_below_it() -> None:
    above = make_range("techniques")
    make_technique("roller-massage", parent=above)
    assert titles("roller") == ["Roller massage"]
    above.refresh_from_db()
    above.is_public = False
    above.save()
    assert titles("roller") == []


def test_what_is_deleted_is_not_found() -> None:
    make_tool("SH-1", title="Roller").delete()
    assert titles("roller") == []


@pytest.mark.parametrize(
    "question", ["", "%00", "'); drop table x--", "((((", '"', "&|!:*", "-", "x" * 9000, "%ff", "🙂"]
)
def test_any_question_is_answered(client: Client, question: str) -> None:
    make_tool("SH-1")
    assert client.get(f"/search/?q={question}&page=abc").status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(question=some.text(max_size=40))
def test_any_text_is_a_question(question: str) -> None:
    engine().search(Question(text=question))


def test_nothing_found_says_what_to_try(client: Client) -> None:
    words = re.sub(r"<[^>]+>", " ", client.get("/search/?q=hammer").content.decode())
    assert "Nothing for “hammer”." in words


def test_search_asks_little_and_no_more_when_the_shop_grows(client: Client) -> None:
    counts: list[int] = []
    for number in (1, 60):
        for n in range(number):
            make_tool(f"SH-{number}-{n}", title=f"Jade {n}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/?q=jade")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_worst_question_asks_little_too(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        client.get("/search/?q=nothing at all")
