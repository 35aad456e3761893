from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.texts.body import Body
from catalog.texts.markdown import MAX_CHARACTERS, TextTooLong, render


def html_of(source: str) -> str:
    return "\n".join(block.html for block in render(source).blocks)


def test_product_line_becomes_a_card_between_two_texts() -> None:
    blocks = render("Before.\n\n{{ product SH-DHM-01 }}\n\nAfter.").blocks

    assert [(block.kind, block.sku) for block in blocks] == [("html", ""), ("product", "SH-DHM-01"), ("html", "")]


def test_product_line_needs_no_empty_line_around_it() -> None:
    assert [block.kind for block in render("Before.\n{{product SH-DHM-01}}\nAfter.").blocks] == [
        "html",
        "product",
        "html",
    ]


@pytest.mark.parametrize(
    "source", ["See {{ product SH-1 }} here.", "- {{ product SH-1 }}", "> {{ product SH-1 }}", "    {{ message }}"]
)
def test_product_inside_something_else_stays_text(source: str) -> None:
    blocks = render(source).blocks

    assert [block.kind for block in blocks] == ["html"]
    assert "{{" in blocks[0].html


def test_message_line_becomes_the_message_box() -> None:
    assert [block.kind for block in render("Ask us.\n\n{{ message }}").blocks] == ["html", "message"]


def test_shop_links_are_kept_for_later_and_listed_once() -> None:
    body = render("[a](product:SH-1), [b](article:sleep), [c](product:SH-1), [d](https://example.org/)")

    assert body.links == ("product:SH-1", "article:sleep")
    assert '<a href="product:SH-1">a</a>' in body.blocks[0].html
    assert '<a href="https://example.org/">d</a>' in body.blocks[0].html


def test_notes_are_numbered_by_first_appearance_and_repeated_keys_share_a_number() -> None:
    body = render("One [@b]. Two [@a], and [@b; @c].")

    assert body.references == ("b", "a", "c")
    assert body.blocks[0].html == (
        '<p>One.<a class="note" id="r1" href="#n1" aria-label="Note 1">1</a> '
        'Two,<a class="note" id="r2" href="#n2" aria-label="Note 2">2</a> '
        'and.<a class="note" id="r1-2" href="#n1" aria-label="Note 1">1</a>'
        '<a class="note" id="r3" href="#n3" aria-label="Note 3">3</a></p>'
    )


def test_notes_in_tables_and_lists_count_in_reading_order() -> None:
    body = render("- a [@one]\n\n| A | B |\n|---|---|\n| x | y [@two] |\n\nEnd [@one].")

    assert body.references == ("one", "two")


def test_headings_have_ids_that_never_meet_those_of_the_page() -> None:
    body = render("# What we'd *do*\n\n## Notes\n\n## Notes\n\n## N1\n\n## 睡眠\n\n### Small")

    assert [(heading.id, heading.title) for heading in body.headings] == [
        ("what-wed-do", "What we’d do"),
        ("notes.2", "Notes"),
        ("notes.3", "Notes"),
        ("section-n1", "N1"),
        ("section", "睡眠"),
    ]
    assert body.blocks[0].html == "What we’d <em>do</em>"


def test_routine_keeps_its_list_and_knows_names_and_minutes() -> None:
    steps = next(
        block
        for block in render("1. **Warm *up* (1 minute).** Rub.\n2. **Hold (30 seconds).** Wait.\n3. **Stop.**").blocks
    )

    assert steps.kind == "steps"
    assert steps.html.startswith("<ol>\n<li><strong>Warm <em>up</em> (1 minute).</strong> Rub.</li>")
    assert [(step.title, step.time, step.minutes, step.html) for step in steps.steps] == [
        ("Warm <em>up</em>", "1 minute", 1.0, "<p>Rub.</p>"),
        ("Hold", "30 seconds", 0.5, "<p>Wait.</p>"),
        ("Stop", "", 0.0, ""),
    ]


def test_list_with_one_plain_item_is_no_routine() -> None:
    assert [block.kind for block in render("1. **Warm up.** Rub.\n2. Wait.").blocks] == ["html"]


def test_table_cells_carry_the_name_of_their_column() -> None:
    assert html_of("| Method | Price |\n|---|--:|\n| UK | £3.95 |") == (
        '<div class="figures__wrap"><table class="figures figures--text">\n<thead>\n<tr>\n<th scope="col">Method</th>\n'
        '<th scope="col">Price</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<th scope="row">UK</th>\n'
        '<td data-label="Price">£3.95</td>\n</tr>\n</tbody>\n</table>\n</div>'
    )


def test_quotation_marks_are_set_and_signs_are_left_alone() -> None:
    assert html_of('"It isn\'t," she said (c) ... -- +-') == "<p>“It isn’t,” she said (c) ... -- +-</p>"


def test_sections_hold_what_stands_below_each_heading() -> None:
    sections = list(render("Lead.\n\n## One\n\nText.\n\n{{ product A-1 }}\n\n## Two").sections())

    assert [section.heading and section.heading.title for section in sections] == [None, "One", "Two"]
    assert [[block.kind for block in section.blocks] for section in sections] == [["html"], ["html", "product"], []]


def test_body_survives_json() -> None:
    body = render("## A\n\n1. **B (2 minutes).** C [@d].\n\n{{ product E-1 }}\n\n[f](page:g)\n\n{{ message }}")

    assert Body.from_json(json.loads(json.dumps(body.to_json()))) == body
    assert Body.from_json(None) == Body() == render("")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://a.example/x.png)",
    "![x](x onerror=alert(1))",
    '[x](https://a.example "title\\" onclick=\\"alert(1)")',
    "## <script>alert(1)</script>",
    "1. **<script>alert(1)</script> (1 minute).** <b onclick=x>y</b>",
    '| a" onclick="x | <script>b</script> |\n|---|---|\n| c | d |',
    "[@a<script>]",
    "{{ product <script> }}",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example></iframe>",
]


class Tags(HTMLParser):
    """Fails at the first tag or attribute that could do anything."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "svg", "style", "iframe", "b"}
        for name, value in attrs:
            assert name in {"href", "title", "class", "scope", "data-label", "id", "aria-label"}
            assert name != "href" or not (value or "").lower().startswith(("javascript", "data", "vbscript"))


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_gives_only_harmless_tags(source: str) -> None:
    body = render(source)
    for block in body.blocks:
        Tags().feed(block.html + "".join(step.title + step.html for step in block.steps))


@pytest.mark.parametrize(
    "source", ["[" * 5000, "[a](" * 5000, "> " * 5000, "*a" * 5000, "`" * 5000, '"' * 5000, "- " * 5000, "[@a;" * 5000]
)
def test_nested_brackets_and_their_like_give_a_body(source: str) -> None:
    assert render(source).blocks


def test_nul_and_lone_surrogates_are_left_out() -> None:
    assert html_of("a\x00b\ud800c") == "<p>ab?c</p>"


def test_megabyte_is_refused_with_its_length() -> None:
    with pytest.raises(TextTooLong, match="1,000,000 characters"):
        render("a" * 1_000_000)
    assert render("a" * MAX_CHARACTERS).words == 1


PIECES = [
    *(
        "[",
        "]",
        "(",
        ")",
        "*",
        "**",
        "_",
        "`",
        "```",
        ">",
        "- ",
        "1. ",
        "#",
        "## ",
        "|",
        "|---|",
        "\n",
        "\n\n",
        "    ",
        "\\",
    ),
    *(
        "{{ product ",
        "SH-1 }}",
        "{{ message }}",
        "[@",
        "a; @b]",
        "](product:",
        "](javascript:",
        "<",
        "<script>",
        "onerror=",
    ),
    *("&lt;", "&#106;", '"', "'", "\x00", "é", "睡", "\u2028", "(2 minutes).", "text", " ", ":", "=", "---"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_gives_a_harmless_body_that_can_be_stored(source: str) -> None:
    body = render(source)

    assert Body.from_json(json.loads(json.dumps(body.to_json()))) == body
    assert "\x00" not in json.dumps(body.to_json(), ensure_ascii=False)
    for block in body.blocks:
        Tags().feed(block.html + "".join(step.title + step.html for step in block.steps))
    assert len({heading.id for heading in body.headings}) == len(body.headings)
    assert re.findall(r'href="#n(\d+)"', "".join(block.html for block in body.blocks)) == [] or body.references


def test_plain_words_have_no_numbers_of_notes() -> None:
    body = render("It helps some people [@a2020]. Others rest [@b2021].")
    assert body.plain().split() == ["It", "helps", "some", "people.", "Others", "rest."]
