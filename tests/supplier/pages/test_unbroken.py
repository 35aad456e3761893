"""What must be read as one stays on one line."""

import pytest

from supplier.pages.templatetags.components import unbroken


@pytest.mark.parametrize("number", ["SH-DHM-03-F", "Q-CTWM3MA", "M-7KQ4P"])
def test_number_is_kept_whole_and_can_be_copied(number: str) -> None:
    assert unbroken(f"Soft: {number}; medium") == f'Soft: <span class="nowrap">{number}</span>; medium'


@pytest.mark.parametrize("postcode", ["S1 0EX", "SX4 6DQ", "W1A 1HQ", "SW1A 1AA"])
def test_postcode_is_kept_whole(postcode: str) -> None:
    kept = postcode.replace(" ", "&nbsp;")
    assert unbroken(f"Sampleton, {postcode}, United Kingdom") == f"Sampleton, {kept}, United Kingdom"


def test_everything_else_may_break_and_is_escaped() -> None:
    assert unbroken("72 × 72 mm, hand-made <b>") == "72 × 72 mm, hand-made &lt;b&gt;"
