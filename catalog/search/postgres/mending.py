"""A text that finds nothing, mended: mistyped words, two words written as one and one written as two.

The words to choose from are those of the entries themselves, kept in the transaction of each change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import OSA, Prefix

from catalog.search.words import STOP_WORDS, words_of

#: So many words of a text are mended; the others stay as they are.
MOST_WORDS = 6
#: A choice of more words than any shop has: bounds the work for a made-up vocabulary.
MOST_CANDIDATES = 20_000
#: Shorter words have too many neighbours.
SHORTEST = 3

#: One JSON object. Words of about the same length that share one of their first two letters with the typed one.
VOCABULARY = """
jsonb_build_object(
  'words', (SELECT jsonb_agg(jsonb_build_array(shown, word, documents)) FROM (
    SELECT shown, word, documents FROM search_searchword
    WHERE word = ANY(%(exact)s) OR ({near}) LIMIT %(most_candidates)s) candidates),
  'synonyms', (SELECT jsonb_agg(to_jsonb(phrases)) FROM (SELECT phrases FROM search_synonymgroup LIMIT 1000) s))"""
_NEAR = """(length(word) BETWEEN %(shortest_{n})s AND %(longest_{n})s
      AND (left(word, 1) = ANY(%(letters_{n})s) OR substr(word, 2, 1) = ANY(%(letters_{n})s)))"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`pairs`: what is written as two words, by the one word; `synonyms`: the other phrases, by phrase."""

    documents: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def knows(self, word: str) -> bool:
        return word in self.documents or word in STOP_WORDS or any(char.isdigit() for char in word)


@dataclass(frozen=True, slots=True)
class Mended:
    words: tuple[str, ...]
    #: those of them that something is found by
    known: tuple[str, ...]


def vocabulary_query(words: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """The SQL of one JSON value, for `read_vocabulary`."""
    params: dict[str, Any] = {
        "exact": [*words, *(one + two for one, two in pairwise(words))],
        "most_candidates": MOST_CANDIDATES,
    }
    near = []
    for n, word in enumerate(word for word in words[:MOST_WORDS] if _may_be_mended(word)):
        limit = _limit(word)
        is_last = word == words[-1]
        params |= {f"shortest_{n}": len(word) - limit, f"longest_{n}": 90 if is_last else len(word) + limit}
        params[f"letters_{n}"] = list(word[:2])
        near.append(_NEAR.replace("{n}", str(n)))
    return VOCABULARY.replace("{near}", " OR ".join(near) or "false"), params


def read_vocabulary(found: Mapping[str, Any]) -> Vocabulary:
    rows = found["words"] or ()
    documents = {shown: number for shown, _word, number in rows if " " not in shown}
    pairs = {word: shown for shown, word, number in sorted(rows, key=lambda row: row[2]) if " " in shown}
    synonyms: dict[str, tuple[str, ...]] = {}
    for phrases in found["synonyms"] or ():
        for phrase in phrases:
            synonyms[phrase] = synonyms.get(phrase, ()) + tuple(other for other in phrases if other != phrase)
    for phrase in synonyms:
        documents |= {word: documents.get(word, 1) for word in words_of(phrase)}
    return Vocabulary(documents, pairs, synonyms)


def mend(words: Sequence[str], vocabulary: Vocabulary) -> Mended:
    mended: list[str] = []
    known: list[str] = []
    rest = list(words)
    while rest:
        taken, put = _mend_first(rest, vocabulary, is_last=len(rest) == 1)
        rest = rest[taken:]
        mended += put
        known += [word for word in put if vocabulary.knows(word) and word not in STOP_WORDS]
    return Mended(tuple(mended), tuple(dict.fromkeys(known)))


def _mend_first(words: Sequence[str], vocabulary: Vocabulary, *, is_last: bool) -> tuple[int, list[str]]:
    """How many words were taken from the front, and what stands in their place."""
    word = words[0]
    if len(words) > 1 and not (vocabulary.knows(word) and vocabulary.knows(words[1])):
        joined = word + words[1]
        if joined in vocabulary.documents:
            return 2, [joined]
    if vocabulary.knows(word):
        return 1, [word]
    if word in vocabulary.pairs:
        return 1, vocabulary.pairs[word].split()
    return 1, (_nearest(word, vocabulary, is_last=is_last) or word).split()


def _nearest(word: str, vocabulary: Vocabulary, *, is_last: bool) -> str:
    """The word with the fewest mistypings; of several, the one that begins alike, then the one in most entries."""
    if not _may_be_mended(word):
        return ""
    best: tuple[float, int, int, str] | None = None
    for candidate, shown, documents in _candidates(vocabulary):
        distance = _distance(word, candidate, is_last=is_last and candidate == shown)
        if distance is not None:
            rank = (distance, -min(3, Prefix.similarity(word, candidate)), -documents, shown)
            best = min(best, rank) if best else rank
    return best[3] if best else ""


def _distance(word: str, candidate: str, *, is_last: bool) -> float | None:
    """Mistypings between the two, None where too many. The last word may be the mistyped beginning of another."""
    limit = _limit(word)
    distance = OSA.distance(word, candidate, score_cutoff=limit)
    if distance <= limit:
        return float(distance)
    if not is_last or not SHORTEST < len(word) < len(candidate):
        return None
    distance = OSA.distance(word, candidate[: len(word)], score_cutoff=1)
    return distance + 0.5 if distance <= 1 else None


def _candidates(vocabulary: Vocabulary) -> list[tuple[str, str, int]]:
    words = [(word, word, number) for word, number in vocabulary.documents.items()]
    return words + [(word, shown, 1) for word, shown in vocabulary.pairs.items()]


def _may_be_mended(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _limit(word: str) -> int:
    """How many mistypings are believed."""
    return 1 if len(word) <= 5 else 2
