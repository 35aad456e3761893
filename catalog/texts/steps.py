"""Numbered lists whose every item begins with **a name (2 minutes).** are routines: pages may draw their minutes."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_TITLE = re.compile(r"^(?P<title>.+?)\s*(?:\((?P<time>[^()]*)\))?\s*[.:]?$", re.DOTALL)
_TIME = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>minute|second)")


def items_of(ordered_list: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens of each item of a list, without those of the item itself."""
    start = 0
    for index, token in enumerate(ordered_list):
        if token.type == "list_item_open" and token.level == ordered_list[0].level + 1:
            start = index + 1
        elif token.type == "list_item_close" and token.level == ordered_list[0].level + 1:
            yield ordered_list[start:index]


def split_item(item: Sequence[Token]) -> tuple[list[Token], list[Token]] | None:
    """The inline tokens of the bold name and those of the text after it; None where the item has no bold name."""
    if len(item) < 3 or item[0].type != "paragraph_open":
        return None
    children = [token for token in item[1].children or [] if token.type != "text" or token.content]
    if not children or children[0].type != "strong_open":
        return None
    end = next(
        i for i, token in enumerate(children) if token.type == "strong_close" and token.level == children[0].level
    )
    return children[1:end], children[end + 1 :]


def split_title(title: str) -> tuple[str, str, float]:
    """ "Palm sweep (2 minutes)." → ("Palm sweep", "2 minutes", 2.0); without a time: its minutes are 0."""
    match = _TITLE.match(title.strip())
    if not match:
        return title, "", 0.0
    time = match["time"] or ""
    return match["title"], time, _minutes(time)


def _minutes(time: str) -> float:
    match = _TIME.search(time)
    if not match:
        return 0.0
    number = float(match["number"].replace(",", "."))
    return number if match["unit"] == "minute" else round(number / 60, 2)
