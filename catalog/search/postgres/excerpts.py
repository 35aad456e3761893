"""A few words of a hit around those that were searched for, as safe HTML."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

#: Control characters stand around the found words until the text is escaped; no stored text has them.
START, STOP = "\x02", "\x03"
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
    words = original if original and len(original) == len(marked.translate({2: None, 3: None})) else None
    pieces: list[str] = []
    at = 0
    for char in marked:
        if char in (START, STOP):
            pieces.append("<mark>" if char == START else "</mark>")
            continue
        pieces.append(str(escape(words[at] if words else char)))
        at += 1
    before = "… " if place and place > 1 else ""
    return mark_safe(before + "".join(pieces).strip())  # every character was escaped above
