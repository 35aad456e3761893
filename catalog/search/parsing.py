"""What somebody typed as a question for PostgreSQL. Any text is a valid question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .words import fold, squashed, words_of

#: Longer questions are cut, never refused.
MAX_LENGTH = 200
MAX_WORDS = 16
#: Words of the longest phrase that can have a synonym.
MAX_PHRASE = 4
_TOKENS = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>\S+)')

#: Other phrases that mean the same, by phrase as it was typed.
Synonyms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Token:
    """`words`: one for a word, several for a phrase in quotes or something with dashes."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def is_plain(self) -> bool:
        return not self.is_phrase and not self.is_excluded


@dataclass(frozen=True, slots=True)
class Parsed:
    """Clauses are alternatives ("or"); all tokens of one are wanted together."""

    clauses: tuple[tuple[Token, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.clauses

    @property
    def is_plain(self) -> bool:
        """Without quotes, "or" and "-": such a text may be mended."""
        return len(self.clauses) == 1 and all(token.is_plain for token in self.clauses[0])

    @property
    def words(self) -> list[str]:
        """Those that are wanted, as they were typed."""
        wanted = (token.words for clause in self.clauses for token in clause if not token.is_excluded)
        return [word for words in wanted for word in words]

    def phrases(self) -> list[str]:
        """All runs of words that may have synonyms."""
        found: dict[str, None] = {}
        for clause in self.clauses:
            words = _run(clause)
            for size in range(1, MAX_PHRASE + 1):
                for start in range(len(words) - size + 1):
                    if all(words[start : start + size]):
                        found[" ".join(words[start : start + size])] = None
        return list(found)

    def tsquery(self, synonyms: Synonyms | None = None, *, is_any: bool = False, is_prefix: bool = True) -> str:
        """For to_tsquery('english', …). `is_any`: one word is enough. `is_prefix`: the last may be a beginning."""
        clauses = [
            _clause(clause, synonyms or {}, operator=" | " if is_any else " & ", is_prefix=is_prefix)
            for clause in self.clauses
        ]
        return " | ".join(f"({clause})" for clause in clauses if clause)


def parse(text: str) -> Parsed:
    clauses: list[list[Token]] = [[]]
    room = MAX_WORDS
    for match in _TOKENS.finditer(fold(text[: MAX_LENGTH * 2])[:MAX_LENGTH]):
        if match["word"] == "or":
            clauses.append([])
            continue
        token = _token(match, room)
        if token.words:
            clauses[-1].append(token)
            room -= len(token.words)
        if room <= 0:
            break
    return Parsed(tuple(_positive(clause) for clause in clauses if clause))


def _token(match: re.Match[str], room: int) -> Token:
    if match["phrase"] is not None:
        return Token(tuple(words_of(match["phrase"])[:room]), is_phrase=True, is_excluded=bool(match["minus"]))
    word = match["word"]
    return Token(tuple(words_of(word)[:room]), is_excluded=word.startswith("-"))


def _positive(clause: list[Token]) -> tuple[Token, ...]:
    """Nothing but "-words" would find the whole shop without them."""
    if all(token.is_excluded for token in clause):
        return tuple(Token(token.words, is_phrase=token.is_phrase) for token in clause)
    return tuple(clause)


def _run(clause: Sequence[Token]) -> list[str]:
    """The words of a clause in their order; "" where a run is broken."""
    words: list[str] = []
    for token in clause:
        words += token.words if token.is_plain else ("",)
    return words


def _clause(clause: Sequence[Token], synonyms: Synonyms, *, operator: str, is_prefix: bool) -> str:
    parts = [_quoted(token) for token in clause if not token.is_plain and not token.is_excluded]
    skus = _skus(clause)
    words = [word for token in clause if token.is_plain for word in token.words]
    last = len(words) - 1 if is_prefix and clause[-1].is_plain else -1
    place = 0
    while place < len(words):
        size = _longest_synonym(words, place, synonyms)
        phrase = words[place : place + max(size, 1)]
        part = " & ".join(_word(word, is_beginning=place + n == last) for n, word in enumerate(phrase))
        others = [_phrase(words_of(other)) for other in synonyms.get(" ".join(phrase), ()) if size]
        parts.append(f"({' | '.join([f'({part})', *others])})" if others else part)
        place += len(phrase)
    wanted = operator.join(f"({part})" for part in parts)
    if skus:
        wanted = f"({wanted}) | {skus}" if wanted else skus
    unwanted = [f"!({_quoted(token)})" for token in clause if token.is_excluded]
    return " & ".join([f"({wanted})", *unwanted])


def _longest_synonym(words: Sequence[str], place: int, synonyms: Synonyms) -> int:
    for size in range(min(MAX_PHRASE, len(words) - place), 0, -1):
        if " ".join(words[place : place + size]) in synonyms:
            return size
    return 0


def _word(word: str, *, is_beginning: bool) -> str:
    """A word that may be finished counts twice when it is: "ball" before "balloon"."""
    if is_beginning and len(word) > 1:
        return f"('{word}' | '{word}':*)"
    return f"'{word}'"


def _phrase(words: Sequence[str]) -> str:
    return f"({' <-> '.join(_word(word, is_beginning=False) for word in words)})" if words else ""


def _quoted(token: Token) -> str:
    if token.is_phrase:
        return _phrase(token.words)
    return " & ".join(_word(word, is_beginning=False) for word in token.words)


def _skus(clause: Sequence[Token]) -> str:
    """The whole as a part number: "SH-DHM-01", "shdhm01", "dhm 01"."""
    squashed_words = squashed("".join(word for token in clause if token.is_plain for word in token.words))
    is_like_one = any(char.isdigit() for char in squashed_words) or any(len(token.words) > 1 for token in clause)
    return f"'{squashed_words[:40]}':*" if is_like_one and len(squashed_words) >= 3 else ""
