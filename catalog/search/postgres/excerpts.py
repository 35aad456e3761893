"""A few words of a hit around those that were searched for, as safe HTML."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

#: Control characters stand around the found words until the text is escaped; no stored text has them.
START, STOP = "\x02", "\x03"
_TAGS = {START: mark_safe("<mark>"), STOP: mark_safe("</mark>"), "": ""}
_MARKS = re.compile(f"([{START}{STOP}])")
#: So much of a text is looked through for an excerpt.
MOST_TEXT = 20_000


#: `marked`: the excerpt without accents and with marks; `original`: the same piece as it was written, at `place`.
EXCERPT = """
CROSS JOIN query q JOIN search_searchtext t ON t.entry_id = e.id
CROSS JOIN LATERAL (
  SELECT ts_headline('english', left(t.plain, %(most_text)s), q.query, %(headline)s) AS marked OFFSET 0) h
CROSS JOIN LATERAL (
  SELECT h.marked, translate(h.marked, %(marks)s, '') AS bare,
    strpos(t.plain, translate(h.marked, %(marks)s, '')) AS place OFFSET 0) b
CROSS JOIN LATERAL (SELECT b.marked, b.place, substr(t.text, nullif(b.place, 0), length(b.bare)) AS original) x"""

EXCERPT_PARAMS = {
    "most_text": MOST_TEXT,
    "marks": START + STOP,
    "headline": f'StartSel="{START}", StopSel="{STOP}", MaxFragments=1, MaxWords=28, MinWords=12, ShortWord=2',
}


def excerpt_html(marked: str | None, original: str | None, place: int | None) -> SafeString:
    """Empty where nothing in the text was searched for."""
    if not marked or START not in marked:
        return mark_safe("")
    pieces = _MARKS.split(marked)
    written = original if original and len(original) == sum(map(len, pieces[::2])) else None
    html, at = "", 0
    for piece, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        html += escape(written[at : at + len(piece)] if written else piece) + _TAGS[mark]
        at += len(piece)
    before = "… " if place and place > 1 else ""
    return mark_safe(before + html.strip())  # every piece was escaped above
