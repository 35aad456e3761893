"""What the engine answers: choices with their counts, mended words, synonyms, excerpts, and few queries."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from catalog.partner.strategy import PublicStrategy
from catalog.search.changes import one_write
from catalog.search.engine import Answer, Entry, Question, engine
from catalog.search.models import SearchWord, SynonymGroup, ZeroSearch
from catalog.search.nothing_found import MOST_ROWS
from catalog.search.postgres import looking_up
from tests.factories.catalogue import give_facts, make_parent, make_variant, put_into, set_stock
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db


def ask(text: str = "", **fields: Any) -> Answer:
    return engine().search(Question(text=text, **fields))


def titles(text: str = "", **fields: Any) -> list[str]:
    return [hit.title for hit in ask(text, **fields).hits]


def counts(answer: Answer, code: str) -> dict[str, int]:
    groups = {group.code: group for group in answer.groups}
    return {choice.value: choice.count for choice in groups[code].choices} if code in groups else {}


def make_fact_tool(sku: str, *, price: str = "29.00", **values: list[str]) -> Any:
    tool = make_tool(sku, title=f"Tool {sku}", price=price)
    with one_write():
        give_facts(tool, **values)
    return tool


def write_article(pk: int, title: str, text: str = "", **fields: Any) -> None:
    engine().write(Entry("article", pk, title=title, url=f"/journal/{pk}/", text=text, **fields))


# ---- choices ----


def test_each_group_counts_as_if_nothing_of_it_was_chosen() -> None:
    make_fact_tool("A", hand_area=["palm"], material=["jade"])
    make_fact_tool("B", hand_area=["palm", "wrist"], material=["cork"])
    make_fact_tool("C", hand_area=["wrist"], material=["cork"])
    answer = ask(chosen={"hand": ("palm",), "material": ("cork",)})
    assert [hit.title for hit in answer.hits] == ["Tool B"]
    assert counts(answer, "hand") == {"palm": 1, "wrist": 2}
    assert counts(answer, "material") == {"cork": 1, "jade": 1}


def test_values_of_one_group_are_alternatives() -> None:
    make_fact_tool("A", material=["jade"])
    make_fact_tool("B", material=["cork"])
    make_fact_tool("C", material=["beech"])
    assert titles(chosen={"material": ("jade", "cork")}) == ["Tool A", "Tool B"]


def test_count_of_a_choice_is_what_choosing_it_gives() -> None:
    for number, (area, material, price) in enumerate(
        [("palm", "jade", "9.00"), ("palm", "cork", "15.00"), ("wrist", "jade", "30.00"), ("wrist", "cork", "99.00")]
    ):
        make_fact_tool(f"T{number}", hand_area=[area], material=[material], price=price)
    for chosen in ({}, {"hand": ("palm",)}, {"material": ("jade",), "price": ("0-15", "60-")}):
        for group in ask(chosen=chosen).groups:
            for choice in group.choices:
                alone = {**chosen, group.code: (choice.value,)}
                assert ask(chosen=alone).total == choice.count, (chosen, group.code, choice.value)


def test_unknown_values_are_ignored_and_named() -> None:
    make_fact_tool("A", material=["jade"])
    answer = ask(chosen={"material": ("jade", "moon rock", "x\x00"), "colour": ("red",), "price": ("1-2",)})
    assert [hit.title for hit in answer.hits] == ["Tool A"]
    assert answer.ignored == (("material", "moon rock"), ("material", "x\x00"), ("colour", "red"), ("price", "1-2"))


def test_value_that_no_tool_has_any_more_is_unknown() -> None:
    make_fact_tool("A", material=["jade"])
    make_fact_tool("B", material=["cork"]).delete()
    assert ask(chosen={"material": ("cork",)}).ignored == (("material", "cork"),)


def test_techniques_come_from_their_pages_and_from_ranges(django_assert_max_num_queries: Any) -> None:
    technique, other = make_technique("deep-hand-massage"), make_technique("asian-hand-massage")
    shown, put = make_tool("A"), make_tool("B")
    technique.technique_products.add(shown, through_defaults={"position": 1})
    put_into(other, put)
    assert counts(ask(kinds=("product",)), "technique") == {"deep-hand-massage": 1, "asian-hand-massage": 1}
    assert titles(kinds=("product",), chosen={"technique": ("deep-hand-massage",)}) == ["Tool A"]


# ---- prices and stock: asked of the stock records themselves ----


@pytest.fixture(params=["all", "by a word", "short category", "long category"])
def every_tool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Ways to ask for the tools given; stock is looked up in another way for few than for many."""
    if request.param == "long category":
        monkeypatch.setattr(looking_up, "FEW", 0)

    def question(*tools: Product) -> dict[str, Any]:
        if request.param == "all":
            return {}
        if request.param == "by a word":
            return {"text": "sought"}
        shelf = make_range("sought")
        for tool in tools:
            put_into(shelf, tool)
        return {"category_id": shelf.pk}

    return question


def test_price_is_the_smallest_of_the_public_variants(every_tool: Callable[..., dict[str, Any]]) -> None:
    parent = make_parent(title="Sought", variants={"soft": ("31.00", 3), "firm": ("12.00", 0)})
    question = every_tool(parent)
    assert counts(ask(**question), "price") == {"0-15": 1, "15-30": 0, "30-60": 0, "60-": 0}
    cheap = parent.children.get(variant_label="firm")
    cheap.is_public = False
    cheap.save()
    assert counts(ask(**question), "price") == {"0-15": 0, "15-30": 0, "30-60": 1, "60-": 0}


@pytest.mark.parametrize(
    ("price", "step"), [("14.99", "0-15"), ("15.00", "15-30"), ("59.99", "30-60"), ("60.00", "60-")]
)
def test_limit_of_a_price_belongs_to_the_step_above(price: str, step: str) -> None:
    make_tool("A", price=price)
    assert counts(ask(), "price")[step] == 1
    assert titles(chosen={"price": (step,)}) == ["Tool A"]


def test_changed_stock_and_price_show_at_once_whoever_changed_them() -> None:
    tool = make_tool("A")
    assert counts(ask(), "stock") == {"in": 1}
    record = StockRecord.objects.get(product=tool)
    record.allocate(10)
    assert counts(ask(), "stock") == {"in": 0}
    StockRecord.objects.filter(pk=record.pk).update(price=Decimal("70.00"), num_in_stock=11)
    assert counts(ask(), "stock") == {"in": 1}
    assert counts(ask(), "price")["60-"] == 1


def test_one_variant_in_stock_is_enough(every_tool: Callable[..., dict[str, Any]]) -> None:
    parent = make_parent(title="Sought", variants={"soft": ("8.90", 0), "firm": ("8.90", 0)})
    question = every_tool(parent)
    assert titles(**question, chosen={"stock": ("in",)}) == []
    set_stock(parent.children.first(), 1)
    assert titles(**question, chosen={"stock": ("in",)}) == ["Sought"]


def test_price_and_stock_mean_what_the_strategy_means(every_tool: Callable[..., dict[str, Any]]) -> None:
    """Records without a price, without pieces, several of one product, and a class whose stock nobody counts."""
    tools = [make_tool(f"T{n}", title=f"Sought tool {n}") for n in range(5)]
    question = every_tool(*tools)
    StockRecord.objects.filter(product=tools[0]).update(price=None)
    StockRecord.objects.filter(product=tools[1]).update(num_in_stock=None)
    second = StockRecord.objects.get(product=tools[2])
    second.pk, second.partner_sku, second.price, second.num_in_stock = None, "second", Decimal("1.00"), 0
    second.save()
    # The database moves a row that changes: the oldest record is no longer the one that it hands out first.
    tools[2].stockrecords.exclude(pk=second.pk).update(partner_sku="moved")
    tools[3].stockrecords.all().delete()
    tools[4].product_class = type(tools[4].product_class).objects.create(name="Service", track_stock=False)
    tools[4].save()
    set_stock(tools[4], 0)
    strategy = PublicStrategy()
    in_stock = set(titles(**question, chosen={"stock": ("in",)}))
    for tool in tools:
        tool.refresh_from_db()
        info = strategy.fetch_for_product(tool)
        assert (tool.title in in_stock) == info.availability.is_available_to_buy, tool
    assert ask(**question).total == len(tools)
    assert titles(**question, chosen={"price": ("0-15",)}) == []


# ---- order and pages ----


def test_orders_are_stable() -> None:
    for sku, price in (("A", "20.00"), ("B", "10.00"), ("C", "20.00")):
        make_tool(sku, price=price)
    make_fact_tool("D", price="5.00", length_mm=[])
    nothing = make_tool("E")
    nothing.stockrecords.all().delete()
    assert titles(sort="price") == ["Tool D", "Tool B", "Tool A", "Tool C", "Tool E"]
    assert titles(sort="-price") == ["Tool A", "Tool C", "Tool B", "Tool D", "Tool E"]
    assert titles(sort="new") == ["Tool E", "Tool D", "Tool C", "Tool B", "Tool A"]
    assert titles(sort="nonsense") == titles() == ["Tool A", "Tool B", "Tool C", "Tool D", "Tool E"]


def test_short_tools_first_and_priority_in_our_order() -> None:
    with one_write():
        long, short, none = (make_tool(sku) for sku in ("long", "short", "none"))
        for tool, length in ((long, 300), (short, 60)):
            give_facts(tool, length_mm=length)
    assert titles(sort="length") == ["Tool short", "Tool long", "Tool none"]
    none.priority = 5
    none.save()
    assert titles()[0] == "Tool none"


@pytest.mark.parametrize("page", [3, 99, 10**9])
def test_page_beyond_the_last_is_the_last(page: int) -> None:
    for number in range(5):
        make_tool(f"T{number}")
    answer = ask(page=page, per_page=2)
    assert (answer.page, answer.num_pages, answer.total) == (3, 3, 5)
    assert [hit.title for hit in answer.hits] == ["Tool T4"]


def test_pages_hold_every_hit_once() -> None:
    for number in range(7):
        make_tool(f"T{number}", title="Jade roller", summary="Jade")
    pages = [ask("jade", page=page, per_page=3).hits for page in (1, 2, 3)]
    assert len({hit.object_id for hits in pages for hit in hits}) == 7


def test_category_has_what_is_below_it() -> None:
    above = make_range("tools")
    below = make_range("balls", parent=above)
    put_into(below, make_tool("A"))
    above.refresh_from_db()
    assert titles(category_id=above.pk) == titles(category_id=below.pk) == ["Tool A"]
    assert titles(category_id=10**12) == []
    below.is_public = False
    below.save()
    assert titles(category_id=above.pk) == []


def test_kinds_are_counted_whatever_is_asked_for() -> None:
    make_tool("A", title="Jade")
    write_article(1, "Jade")
    answer = ask("jade", kinds=("article",))
    assert [hit.kind for hit in answer.hits] == ["article"]
    assert answer.kinds == {"product": 1, "article": 1}
    assert answer.total == 1


# ---- words ----


def test_order_of_answers_is_title_then_keywords_then_summary_then_text() -> None:
    write_article(1, "One", "Something about cork.")
    write_article(2, "Two", summary="Cork in a sentence.")
    write_article(3, "Three", keywords="cork")
    write_article(4, "Cork")
    assert titles("cork") == ["Cork", "Three", "Two", "One"]


@pytest.mark.parametrize("text", ["SH-DHM-03", "sh dhm 03", "shdhm03", "dhm-03", "SH-DHM", "shdhm03f", "dhm-03 ball"])
def test_part_numbers_are_found_whole_or_in_part(text: str) -> None:
    make_parent()
    make_tool("SH-OIL-01", title="Oil")
    assert titles(text) == ["Spiky Palm Ball"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lavander", "lavender"),
        ("guasha", "gua sha"),
        ("gausha", "gua sha"),
        ("lav ender", "lavender"),
        ("stanless steel", "stainless steel"),
        ("alvender", "lavender"),
        ("lavan", "lavender"),
    ],
)
def test_mistyped_words_are_mended(typed: str, meant: str) -> None:
    make_tool("A", title="Gua Sha of stainless steel")
    make_tool("B", title="Lavender oil")
    answer = ask(typed)
    assert answer.corrected == meant
    assert answer.total == 1
    exact = ask(typed, is_exact=True)
    assert (exact.total, exact.corrected) == (0, "")


def test_nothing_is_mended_where_something_is_found() -> None:
    make_tool("A", title="Balm")
    make_tool("B", title="Calm stone")
    assert ask("balm").corrected == ""
    assert titles("balm") == ["Balm"]


def test_nothing_is_mended_because_of_choices() -> None:
    make_tool("A", title="Jade roller", price="10.00")
    answer = ask("jade", chosen={"price": ("60-",)})
    assert (answer.total, answer.corrected) == (0, "")


def test_words_that_nothing_has_together_find_what_has_one() -> None:
    make_tool("A", title="Jade stone")
    make_tool("B", title="Cork ball")
    answer = ask("jade ball for xyzzy")
    assert answer.corrected == "jade or ball"
    assert answer.total == 2


def test_vocabulary_follows_every_change() -> None:
    tool = make_tool("A", title="Lavender oil")
    other = make_tool("B", title="Lavender balm")
    assert SearchWord.objects.get(pk="lavender").documents == 2
    tool.title = "Chamomile oil"
    tool.save()
    assert SearchWord.objects.get(pk="lavender").documents == 1
    other.delete()
    assert not SearchWord.objects.filter(pk__in=["lavender", "lavender balm", "balm"]).exists()
    assert SearchWord.objects.get(pk="chamomile oil").word == "chamomileoil"


def test_synonyms_work_in_both_directions_at_once() -> None:
    make_tool("A", title="Myofascial roller")
    make_tool("B", title="Foam block")
    assert titles("foam roller") != ["Myofascial roller"]
    group = SynonymGroup.objects.create(text="foam roller = Myofascial Roller")
    assert titles("foam rollers") == titles("foam roller") == ["Myofascial roller"]
    make_tool("C", title="Foam roller")
    assert set(titles("myofascial roller")) == {"Myofascial roller", "Foam roller"}
    group.delete()
    assert titles("myofascial roller") == ["Myofascial roller"]


def test_mistyped_synonym_is_mended() -> None:
    make_tool("A", title="Jade stone")
    SynonymGroup.objects.create(text="scraper = jade stone")
    assert titles("scrapper") == ["Jade stone"]


@pytest.mark.parametrize(
    "text", ["foam roller", "foam =", "= =", "foam = Foam", "foam = foams", "foam = !!", "the = x"]
)
def test_useless_synonyms_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        SynonymGroup(text=text).full_clean()


def test_phrase_has_one_line_of_synonyms() -> None:
    SynonymGroup.objects.create(text="foam roller = myofascial roller")
    with pytest.raises(ValidationError, match="Add to that one"):
        SynonymGroup(text="Foam rollers = tube").full_clean()


# ---- excerpts ----


def test_excerpt_is_safe_and_marks_what_was_searched_for() -> None:
    write_article(1, "One", "<script>alert(1)</script> & “Café” words \x02 about cork\x03, and <b>cork</b> after.")
    excerpt = ask("cork").hits[0].excerpt
    assert "<script" not in excerpt
    assert "<b>" not in excerpt
    assert "script&gt;alert(1)&lt;/script&gt; &amp;" in excerpt
    assert "“Café”" in excerpt
    assert excerpt.count("<mark>cork</mark>") == 2


def test_accents_matter_neither_in_the_text_nor_in_the_question() -> None:
    write_article(1, "One", "A long evening in the Café de l’Étoile.")
    for text in ("cafe", "café", "CAFÉ", "etoile"):
        assert ask(text).total == 1
    assert "<mark>Café</mark>" in ask("cafe").hits[0].excerpt


def test_no_excerpt_where_the_text_says_nothing_of_it() -> None:
    write_article(1, "Cork", "Nothing.")
    assert ask("cork").hits[0].excerpt == ""
    assert ask().hits[0].excerpt == ""


# ---- suggestions ----


def suggested(text: str, **fields: Any) -> list[str]:
    return [one.title for one in engine().suggest(text, **fields)]


def test_suggestions_begin_with_what_was_typed() -> None:
    make_tool("SH-1", title="Jade roller", summary="spiky")
    make_tool("SH-2", title="Roller of jade")
    write_article(1, "Caring for jade")
    assert suggested("jad") == ["Jade roller", "Roller of jade", "Caring for jade"]
    assert suggested("rol ja") == []
    assert suggested("roller ja") == ["Jade roller", "Roller of jade"] or suggested("roller ja")[0].startswith("Roller")
    assert suggested("spik") == []
    assert suggested("sh-2") == suggested("SH2") == ["Roller of jade"]


def test_suggestions_know_synonyms_and_mistyped_words() -> None:
    make_tool("SH-1", title="Lavender oil")
    SynonymGroup.objects.create(text="aromatherapy = lavender oil")
    assert suggested("lavand") == suggested("aromatherapy") == suggested("aromaterapy") == ["Lavender oil"]


def test_suggestions_are_few_and_of_all_kinds() -> None:
    for number in range(12):
        make_tool(f"SH-{number}", title=f"Jade {number}")
    write_article(1, "All about jade")
    assert len(suggested("jade")) == 8
    assert "All about jade" in suggested("jade")
    assert len(suggested("jade", limit=3)) == 3


@pytest.mark.parametrize("text", ["ja", "jaed", "zzzzzz", "", "'"])
def test_suggestions_ask_twice_at_most(text: str, django_assert_max_num_queries: Any) -> None:
    make_tool("SH-1", title="Jade roller")
    with django_assert_max_num_queries(2):
        engine().suggest(text)


# ---- what found nothing ----


def test_search_that_found_nothing_is_noted_once_a_text() -> None:
    for text in ("Péarl!", "pearl", "PEARL "):
        ask(text)
    note = ZeroSearch.objects.get()
    assert (note.text, note.times) == ("pearl", 3)
    assert note.first_at <= note.last_at


def test_found_or_mended_searches_are_not_noted() -> None:
    make_tool("A", title="Lavender oil")
    for question in (
        Question(text="lavender"),
        Question(text="lavander"),
        Question(text="pearl", is_exact=True),
        Question(text="pearl", category_id=5),
        Question(text="pearl", chosen={"stock": ("in",)}),
        Question(text="?!"),
    ):
        engine().search(question)
    assert not ZeroSearch.objects.exists()


@pytest.mark.parametrize("text", ["rosa@clinic.example", "07700 900123", "+44 (0)20 7946 0018", "word " * 30])
def test_nothing_about_people_is_noted(text: str) -> None:
    ask(text)
    assert not ZeroSearch.objects.exists()


def test_notes_have_a_limit_and_the_rare_ones_go() -> None:
    from django.utils import timezone

    now = timezone.now()
    rows = [ZeroSearch(text=f"t{n}", times=2, first_at=now, last_at=now) for n in range(MOST_ROWS)]
    rows[7].times = 1
    ZeroSearch.objects.bulk_create(rows)
    ask("pearl")
    assert ZeroSearch.objects.count() == MOST_ROWS
    assert ZeroSearch.objects.filter(text="pearl").exists()
    assert not ZeroSearch.objects.filter(text="t7").exists()


# ---- any question ----

BAD = [
    "\x00",
    "'\"&|!():*<>\\",
    "x" * 10_000,
    "word " * 500,
    "🫒 – ½",
    "a or -b",
    "-",
    '"',
    '-"',
    "or or or",
    "שלום עולם",
    "'); drop table search_searchentry; --",
    "<script>alert(1)</script>",
    "%s %(x)s {0}",
    "\ud800",
    "the of and",
]


@pytest.mark.parametrize("text", BAD)
def test_any_text_is_answered_in_five_queries(text: str, django_assert_max_num_queries: Any) -> None:
    make_tool("SH-1", title="Jade roller")
    with django_assert_max_num_queries(5):
        ask(text, chosen={"material": (text,), text: ("x",)}, sort=text, page=10**12)
    engine().suggest(text)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=some.text(max_size=40) | some.text(alphabet="jade or-\"'&|!:*() ", max_size=25),
    value=some.text(max_size=5),
    page=some.integers(-5, 10**6),
)
def test_any_question_is_answered(text: str, value: str, page: int) -> None:
    answer = ask(text, chosen={"hand": (value,)}, page=page)
    assert 1 <= answer.page <= answer.num_pages
    engine().suggest(text)


@pytest.mark.parametrize("text", ["jade", "jaed", "xyzzy", "jade xyzzy", ""])
def test_queries_stay_the_same_however_much_there_is(text: str) -> None:
    numbers = []
    chosen = {"material": ("cork",), "stock": ("in",)}
    for start, end in ((0, 2), (2, 40)):
        with one_write():
            for number in range(start, end):
                make_tool(f"SH-{number}", title=f"Jade {number}")
        with CaptureQueriesContext(connection) as queries:
            ask(text, chosen=chosen)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 5


def test_variant_added_in_the_admin_way_is_found_by_its_parent() -> None:
    parent = make_parent(variants={"soft": ("8.90", 3)})
    make_variant(parent, "extra firm")
    assert titles("extra") == ["Spiky Palm Ball"]
