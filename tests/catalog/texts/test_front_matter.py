from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from catalog.texts.front_matter import FrontMatterError, read


def write(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "article.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_reading_gives_values_text_and_lines(tmp_path: Path) -> None:
    source = "---\ntitle: Sleep\ndate: 2026-10-15\nreferences:\n- key: a\n  doi: '10.1'\n- key: b\n---\n\n# Text\n"
    document = read(write(tmp_path, source))

    assert document.meta["title"] == "Sleep"
    assert document.meta["references"][1] == {"key": "b"}
    assert document.text == "# Text\n"
    assert document.line_of("title") == 2
    assert document.line_of("references", 0, "doi") == 6
    assert document.line_of("references", 1, "doi") == 7
    assert document.line_of("missing") == 2
    assert document.text_line == 10


def test_dates_come_as_dates(tmp_path: Path) -> None:
    assert read(write(tmp_path, "---\npublished_on: 2026-10-15\n---\n")).meta == {
        "published_on": datetime.date(2026, 10, 15)
    }


def test_windows_line_ends_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    document = read(write(tmp_path, b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nText\r\n"))

    assert (document.meta, document.text) == ({"title": "A"}, "Text\n")


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 1, "three dashes"),
        ("title: A\n", 1, "three dashes"),
        ("---\ntitle: A\n", 1, "no end"),
        ("---\n---\n", 2, "names and values"),
        ("---\n- a\n---\n", 2, "names and values"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "given twice"),
        ("---\na: 1\nb: &x [1]\n---\n", 3, "Anchors"),
        ("---\na: 1\nb: *x\n---\n", 3, "Anchors"),
        ("---\na: 1\nb: [\n---\n", 3, "expected"),
        ("---\na: 1\nb: c: d\n---\n", 3, "mapping values"),
        ("---\na: 1\nb: 2026-13-45\n---\n", 3, "month"),
        ("---\na: 1\nb: !!python/object:os.system x\n---\n", 3, "tag"),
        ('---\na: 1\nb: "\\0"\n---\n', 3, "character"),
        ('---\na: 1\nb: "\\ud800"\n---\n', 3, "character"),
        ("---\n? [a]\n: b\n---\n", 2, "single word"),
        (b"---\na: 1\nb: \xff\n---\n", 3, "UTF-8"),
        (b"---\na: 1\nb: \x00\n---\n", 3, "NUL"),
        ("---\na: " + "[" * 5000 + "\n---\n", 2, ""),
        ("---\na: " + "b" * 1_000_001, 1, "megabyte"),
    ],
)
def test_bad_file_is_reported_with_its_line(tmp_path: Path, content: str | bytes, line: int, reason: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        read(write(tmp_path, content))

    assert caught.value.line == line
    assert reason in caught.value.reason
