"""What people typed, made safe to keep without changing what they meant."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BREAKS = re.compile(r"[\r\n\t\u2028\u2029]+")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def single_line(value: str) -> str:
    """One line without control characters or text-direction overrides: fit for a name, a subject, a header."""
    value = _BREAKS.sub(" ", value)
    value = _BIDI.sub("", _CONTROL.sub("", value))
    return re.sub(r" {2,}", " ", value).strip()


def several_lines(value: str) -> str:
    """Paragraphs as typed, with `\\n` line ends and no control characters or text-direction overrides."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return _BIDI.sub("", _CONTROL.sub("", value)).strip()


def looks_foreign(value: str) -> bool:
    """True when a name mixes Latin with Cyrillic or Greek letters, as look-alike addresses do."""
    scripts = {unicodedata.name(char, "").split(" ", 1)[0] for char in value if char.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})
