"""What the desk finds a thread by: plain words without invisible characters, accents kept, case ignored."""

import unicodedata


def haystack_of(*texts: str) -> str:
    return plain("\n".join(text for text in texts if text))


def words_of(query: str) -> list[str]:
    return plain(query).split()[:10]


def plain(text: str) -> str:
    """Look-alike forms made one, soft hyphens and zero-width characters left out, in small letters."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc") or char == "\n").casefold()
