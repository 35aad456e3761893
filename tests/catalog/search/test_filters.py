"""The address is the whole state of a list: what is read from it, and what links write into it."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from catalog.search import filters
from catalog.search.engine import GROUPS, SORTS, Question
from catalog.search.filters import LONGEST_VALUE, MOST_TEXT, MOST_VALUES, Place

TOOLS = Place("/products/", kinds=("product",))
SEARCH = Place("/search/", has_words=True)


def asked(query: str, place: Place = SEARCH) -> filters.Asked:
    return filters.read(QueryDict(query), place)


def test_address_is_read_whole() -> None:
    question = asked("q=oil&hand=thumb&hand=palm&price=15-30&stock=in&sort=-price&page=2&kind=article&exact=1").question
    assert question == Question(
        text="oil",
        is_exact=True,
        kinds=("article",),
        chosen={"hand": ("palm", "thumb"), "price": ("15-30",), "stock": ("in",)},
        sort="-price",
        page=2,
    )


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("page=1&stock=in&hand=thumb&hand=palm&technique=x", "technique=x&hand=palm&hand=thumb&stock=in"),
        ("hand=palm&hand=palm", "hand=palm"),
        ("sort=&hand=&price=15-30", "price=15-30"),
        ("sort=price&page=2&material=beech", "material=beech&sort=price&page=2"),
        ("utm_source=letter&hand=palm&q=oil&exact=1", "hand=palm"),
    ],
)
def test_same_choice_has_one_address(typed: str, clean: str) -> None:
    assert TOOLS.url(asked(typed, TOOLS).question) == f"/products/?{clean}"


def test_whole_list_has_a_bare_address() -> None:
    assert TOOLS.url(asked("", TOOLS).question) == "/products/"


def test_place_decides_what_its_address_may_say() -> None:
    place = Place("/categories/oils_3/", category_id=3, kinds=("product",))
    question = asked("q=oil&kind=article&hand=palm", place).question
    assert (question.text, question.kinds, question.category_id) == ("", ("product",), 3)


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("sort=cheapest", ("sort", "cheapest")),
        ("kind=robot", ("kind", "robot")),
        (f"hand={'x' * (LONGEST_VALUE + 1)}", ("hand", "x" * (LONGEST_VALUE + 1))),
    ],
)
def test_what_cannot_be_is_left_out_and_named(query: str, left_out: tuple[str, str]) -> None:
    result = asked(query)
    assert result.left_out == (left_out,)
    assert result.question == Question()


def test_too_many_values_are_left_out_and_named() -> None:
    result = asked("&".join(f"hand=v{n:03}" for n in range(MOST_VALUES + 30)))
    assert len(result.question.chosen["hand"]) == MOST_VALUES
    assert len(result.left_out) == 30


@pytest.mark.parametrize("page", ["0", "-1", "abc", "", "²", "1e3", "٣"])
def test_page_that_is_none_is_the_first(page: str) -> None:
    assert asked(urlencode({"page": page})).question.page == 1


def test_page_number_of_any_length_is_beyond_the_last() -> None:
    assert asked("page=" + "9" * 4000).question.page == 999_999


def test_long_question_is_cut_and_said_so() -> None:
    result = asked("q=" + "lavender+" * 2000)
    assert len(result.question.text) <= MOST_TEXT
    assert result.is_cut


def test_question_is_tidied() -> None:
    assert asked("q=%20gua%00sha%0a%20stone%20").question.text == "gua sha stone"


def test_choice_is_added_and_taken_away_from_the_first_page_on() -> None:
    question = asked("hand=palm&page=3&sort=price", TOOLS).question
    more = filters.with_choice(question, "hand", "thumb")
    assert TOOLS.url(more) == "/products/?hand=palm&hand=thumb&sort=price"
    assert TOOLS.url(filters.without(more, [("hand", "palm")])) == "/products/?hand=thumb&sort=price"
    assert TOOLS.url(filters.without_any(more)) == "/products/?sort=price"


def test_empty_field_of_a_form_is_noticed_and_a_stranger_is_not() -> None:
    assert not asked("hand=palm&price=").is_clean
    assert asked("hand=palm&utm_source=").is_clean


values = st.text(max_size=80)


@given(
    data=st.dictionaries(
        st.sampled_from([*GROUPS, "q", "kind", "sort", "page", "exact", "x"]), st.lists(values, max_size=4)
    )
)
def test_any_address_is_read_and_its_clean_form_means_the_same(data: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, found in data.items():
        query.setlist(name, found)
    for place in (TOOLS, SEARCH):
        first: Any = filters.read(query, place)
        again = filters.read(QueryDict(place.url(first.question).partition("?")[2]), place)
        assert again.question == first.question
        assert again.is_clean
        assert not again.left_out
        assert first.question.sort in SORTS


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\x1b", "\x85", "\u2028"])
def test_nothing_that_is_read_can_turn_round_the_words_beside_it(sign: str) -> None:
    read = asked(urlencode({"q": f"jade{sign}roller", "hand": f"th{sign}umb", "sort": f"new{sign}s"}))
    told = [read.question.text, *read.question.chosen["hand"], *(value for _name, value in read.left_out)]
    assert [value for value in told if sign in value] == []
    assert read.question.text.replace(" ", "") == "jaderoller"
