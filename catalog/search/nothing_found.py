"""Which searches found nothing, so that staff can add synonyms, or tools. Who searched is not noted.

About right only: pages of visitors are kept for a minute, and while they are nobody asks.
"""

from __future__ import annotations

import re

from django.db import connection

from .words import words_of

MAX_LENGTH = 80
#: The rarest and oldest make room for new ones.
MOST_ROWS = 2000
#: Longer ones are pasted texts.
MOST_WORDS = 10

_NOTE = """
WITH gone AS (DELETE FROM search_zerosearch WHERE id IN (
  SELECT id FROM search_zerosearch WHERE text <> %(text)s ORDER BY times, last_at
  LIMIT CASE WHEN EXISTS (SELECT FROM search_zerosearch WHERE text = %(text)s) THEN 0
    ELSE greatest(0, (SELECT count(*) FROM search_zerosearch) + 1 - %(most)s) END
  FOR UPDATE SKIP LOCKED))
INSERT INTO search_zerosearch (text, times, first_at, last_at) VALUES (%(text)s, 1, now(), now())
ON CONFLICT (text) DO UPDATE SET times = search_zerosearch.times + 1, last_at = now()"""


def note_nothing_found(text: str) -> None:
    """One statement. Nothing that may be about a person is kept: addresses and numbers of mail, telephone, orders."""
    words = words_of(text)
    folded = " ".join(words)[:MAX_LENGTH]
    if not folded or len(words) > MOST_WORDS or _is_private(text):
        return
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"text": folded, "most": MOST_ROWS})


def _is_private(text: str) -> bool:
    return "@" in text or len(re.findall(r"\d", text)) > 5
