"""How much a message looks like spam. From LIMIT on it waits in quarantine for a person; nothing is ever dropped."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from supplier.accounts.text import looks_foreign

LIMIT = 5
#: Fewer points are told to nobody.
WORTH_A_WORD = 3

REASONS: dict[str, tuple[int, Any]] = {
    "trap": (5, _("filled in a field that people don’t see")),
    "too_many": (5, _("one of very many messages from the same place")),
    "look_alike": (5, _("letters that look like others, as in forged addresses")),
    "markup_links": (3, _("links in mark-up")),
    "many_links": (3, _("four links or more")),
    "few_links": (1, _("a link")),
    "sales_words": (2, _("words of spam")),
    "too_fast": (2, _("sent within a second of opening the page")),
    "no_form": (1, _("not sent from our form")),
}

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_MARKUP = re.compile(r"\[url[=\]]|<a\s[^>]*href\s*=\s*[\"']?https?:", re.IGNORECASE)
_WORDS = re.compile(
    r"\b(backlinks?|seo|casino|viagra|crypto|1st page|cheap pills|loans?|opt out|unsubscribe|webmaster)\b",
    re.IGNORECASE,
)


def score(reasons: list[str]) -> int:
    return sum(REASONS[reason][0] for reason in reasons)


def words_for(reasons: list[str]) -> list[str]:
    return [str(REASONS[reason][1]) for reason in reasons if reason in REASONS]


def reasons_in(*, text: str, name: str, company: str, email: str) -> list[str]:
    return [*_links(text), *_words(text), *_look_alikes(name, company, email)]


def _links(text: str) -> Iterator[str]:
    count = len(_LINK.findall(text))
    if count >= 4:
        yield "many_links"
    elif count:
        yield "few_links"
    if _MARKUP.search(text):
        yield "markup_links"


def _words(text: str) -> Iterator[str]:
    if len({word.lower() for word in _WORDS.findall(text)}) >= 2:
        yield "sales_words"


def _look_alikes(*values: str) -> Iterator[str]:
    words = (word for value in values for word in re.split(r"[\s@.]+", value))
    if any(looks_foreign(word) for word in words):
        yield "look_alike"
