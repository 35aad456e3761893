import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier.accounts.limits import is_over_limit
from supplier.accounts.text import looks_foreign, several_lines, single_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Petra\r\nBcc: everyone@victim.example", "Petra Bcc: everyone@victim.example"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("Stone\u202edn", "Stonedn"),
        ("Zoë 🌿 Hand‑Care", "Zoë 🌿 Hand‑Care"),
        ("  two   spaces ", "two spaces"),
    ],
)
def test_single_line_flattens_what_would_break_a_header(typed, kept):
    assert single_line(typed) == kept


@given(st.text())
def test_single_line_never_holds_a_line_break_or_control_character(typed):
    assert not set(single_line(typed)) & set("\r\n\t\x00\x0b\x0c\u2028\u2029\u202e")


def test_several_lines_keeps_paragraphs():
    assert several_lines("one\r\n\r\ntwo\rthree") == "one\n\ntwo\nthree"


def test_looks_foreign_spots_mixed_scripts():
    assert looks_foreign("Stillhаnd")
    assert not looks_foreign("Stillhand")
    assert not looks_foreign("Анна")


def test_limit_counts_each_key_by_itself():
    tries = [is_over_limit("message", "1.2.3.4", limit=2, per_seconds=60) for _ in range(4)]
    assert tries == [False, False, True, True]
    assert not is_over_limit("message", "5.6.7.8", limit=2, per_seconds=60)
