"""Trade item numbers as other shops and search engines know them."""

from __future__ import annotations

_LENGTHS = {8, 12, 13, 14}
#: Numbers of 13 digits that any shop may give for use within its own walls (GS1); the world would reject them.
_OWN_USE = ("02", "04", "2")


def public_gtin(value: object) -> str:
    """The number, or "" where it is none: wrong length, wrong check digit, or made for use within one firm only."""
    digits = str(value or "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS and _check_digit_is_right(digits)):
        return ""
    return "" if digits.zfill(14)[1:].startswith(_OWN_USE) else digits


def _check_digit_is_right(digits: str) -> bool:
    """Weighed 3, 1, 3, 1 … from the digit before the last; with the check digit it comes to tens."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return total % 10 == 0
