"""How text becomes words, the same in the index and in the question."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_MARKUP = re.compile(r"[<>&]")
WORD = re.compile(r"[^\W_]+")
#: PostgreSQL indexes no more than this of one text, and nobody reads as far.
LONGEST_TEXT = 200_000
LONGEST_WORD = 40
#: Words that PostgreSQL leaves out and that nobody looks for.
STOP_WORDS = frozenset(
    "a an and are at be by do for from how i in is it my of on or that the this to what with you".split()  # noqa: SIM905
)


def fold(text: str) -> str:
    """Small letters without accents, NUL bytes and half characters."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", " "))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char) and not 0xD800 <= ord(char) < 0xE000)
    return plain.lower()


def letter_for_letter(text: str) -> str:
    """Without accents and markup, and as long as before: places in it are places in the text."""
    return text if text.isascii() and not _MARKUP.search(text) else "".join(map(_plain_letter, text))


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    if letter in "<>&":
        return " "
    bare = "".join(char for char in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(char))
    return bare if len(bare) == 1 else letter


def words_of(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text[:LONGEST_TEXT]))]


def only_words(text: str) -> str:
    """For to_tsvector: its parser would else see addresses, numbers with a point and hyphenated compounds."""
    return " ".join(words_of(text))


def squashed(text: str) -> str:
    """ "SH-DHM-01" → "shdhm01"."""
    return "".join(words_of(text))


def sku_words(sku: str) -> list[str]:
    """ "SH-DHM-01" → "shdhm01", "dhm01": people leave out the first part, and the dashes."""
    parts = words_of(sku)
    ends = ["".join(parts[start:]) for start in range(len(parts))]
    return [end for end in ends if len(end) >= 3 or end == ends[0]]


def pairs_of(text: str) -> list[str]:
    """Neighbours, for those who write them as one word: "gua sha"."""
    return [f"{one} {two}" for one, two in pairwise(words_of(text)) if len(one) > 1 and len(two) > 1]
