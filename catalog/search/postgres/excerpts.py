"""A few words of a hit around those that were searched for, as safe HTML."""

from __future__ import annotations

import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

#: Control characters stand around the found words until the text is escaped; no stored text has them.
START, STOP = "\x02", "\x03"
#: So much of a text is looked through for an excerpt.
MOST_TEXT = 20_000


def _plain_letters() -> tuple[str, str]:
    """Letters with accents and the same without, one for one: the places in the text must stay. No markup either."""
    letters, plain = "<>&", "   "
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = "".join(char for char in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(char))
        if len(bare) == 1 and bare != chr(code):
            letters, plain = letters + chr(code), plain + bare
    return letters, plain


_LETTERS, _PLAIN = _plain_letters()

#: `marked`: the excerpt without accents and with marks; `original`: the same piece as it was written.
EXCERPT = """
CROSS JOIN query q JOIN search_searchtext t ON t.entry_id = e.id
CROSS JOIN LATERAL (SELECT left(concat_ws(' ', nullif(e.summary, ''), t.text), %(most_text)s) AS document OFFSET 0) d
CROSS JOIN LATERAL (SELECT translate(d.document, %(letters)s, %(plain)s) AS plain OFFSET 0) f
CROSS JOIN LATERAL (SELECT ts_headline('english', f.plain, q.query, %(headline)s) AS marked OFFSET 0) h
CROSS JOIN LATERAL (SELECT h.marked, substr(
  d.document,
  nullif(strpos(f.plain, translate(h.marked, %(marks)s, '')), 0),
  length(translate(h.marked, %(marks)s, ''))) AS original OFFSET 0) x"""

EXCERPT_PARAMS = {
    "most_text": MOST_TEXT,
    "letters": _LETTERS,
    "plain": _PLAIN,
    "marks": START + STOP,
    "headline": f'StartSel="{START}", StopSel="{STOP}", MaxWords=30, MinWords=12, ShortWord=2',
}


def excerpt_html(marked: str | None, original: str | None) -> SafeString:
    """Empty where nothing in the text was searched for."""
    if not marked or START not in marked:
        return mark_safe("")
    words = original if original and len(original) == len(marked.translate({2: None, 3: None})) else None
    pieces: list[str] = []
    place = 0
    for char in marked:
        if char in (START, STOP):
            pieces.append("<mark>" if char == START else "</mark>")
            continue
        pieces.append(str(escape(words[place] if words else char)))
        place += 1
    return mark_safe("".join(pieces).strip())  # every character was escaped above
