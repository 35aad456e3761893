from __future__ import annotations

from typing import Any

import pytest

from catalog.partner.strategy import PublicStrategy
from catalog.texts.display import Text, show
from catalog.texts.markdown import render
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db


def shown(source: str, **more: Any) -> Text:
    return show(render(source), strategy=PublicStrategy(None), **more)


def html(source: str) -> str:
    return "".join(block.html for block in shown(source).blocks)


def test_product_link_leads_to_the_product() -> None:
    tool = make_tool("SH-1")

    assert html("See [the tool](product:SH-1).") == f'<p>See <a href="{tool.get_absolute_url()}">the tool</a>.</p>'


@pytest.mark.parametrize(
    "link", ["product:SH-9", "product:", "category:none", "technique:none", "article:none", "page:none"]
)
def test_link_to_what_is_not_there_becomes_plain_text(link: str) -> None:
    make_tool("SH-9", is_public=False)

    assert html(f"See [*the* tool]({link}).") == "<p>See <em>the</em> tool.</p>"


def test_range_link_holds_the_whole_way_down() -> None:
    child = make_range("rollers", parent=make_range("hand-tools"))

    assert html("[x](category:rollers)") == f'<p><a href="/categories/hand-tools/rollers_{child.pk}/">x</a></p>'


def test_technique_and_range_links_are_not_mixed_up() -> None:
    make_technique("deep-hand-massage")
    make_range("rollers")

    assert html("[x](technique:deep-hand-massage#step-by-step)") == (
        '<p><a href="/techniques/deep-hand-massage/#step-by-step">x</a></p>'
    )
    assert html("[x](technique:rollers) [y](category:deep-hand-massage)") == "<p>x y</p>"


def test_card_shows_price_and_is_none_where_the_product_is_gone() -> None:
    make_tool("SH-1", price="29.00")
    make_tool("SH-2", is_public=False)
    blocks = shown("{{ product SH-1 }}\n\n{{ product SH-2 }}\n\n{{ product SH-3 }}").blocks

    assert blocks[0].card is not None
    assert (blocks[0].card.title, f"{blocks[0].card.price.incl_tax}") == ("Tool SH-1", "29.00")
    assert [block.card for block in blocks[1:]] == [None, None]


def test_message_box_is_left_to_the_page_which_has_one() -> None:
    text = shown("{{ message }}\n\nText.\n\n{{ message }}")

    assert text.has_message
    assert [block.kind for block in text.blocks] == ["html"]
    assert not shown("Text.").has_message


def test_sections_keep_the_order_of_the_text() -> None:
    make_tool("SH-1")
    sections = shown("Lead.\n\n## One\n\n{{ product SH-1 }}\n\nText.").sections

    assert [(section.heading.id if section.heading else "", len(section.blocks)) for section in sections] == [
        ("", 1),
        ("one", 2),
    ]


def test_links_within_steps_are_filled_in_too() -> None:
    tool = make_tool("SH-1")
    [block] = shown("1. **Warm up (1 minute).** Take [it](product:SH-1).").blocks

    assert block.steps[0].html == f'<p>Take <a href="{tool.get_absolute_url()}">it</a>.</p>'


def test_queries_do_not_grow_with_the_text(django_assert_num_queries: Any) -> None:
    parent = make_range("hand-tools")
    for number in range(12):
        make_tool(f"SH-{number}")
        make_range(f"range-{number}", parent=parent)
        make_technique(f"technique-{number}")

    def source(count: int) -> str:
        links = (
            "[a](product:SH-{0}) [b](category:range-{0}) [c](technique:technique-{0}) [d](article:a{0}) [e](page:p{0})"
        )
        return "\n\n".join(links.format(n) + f"\n\n{{{{ product SH-{n} }}}}" for n in range(count))

    small, large = render(source(2)), render(source(12))
    with django_assert_num_queries(7):
        show(small, strategy=PublicStrategy(None))
    with django_assert_num_queries(7):
        show(large, strategy=PublicStrategy(None))


def test_text_without_links_and_cards_needs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        shown("## Title\n\nText.")
