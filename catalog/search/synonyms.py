"""Phrases that mean the same, as staff write them: "foam roller = myofascial roller"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from .parsing import MAX_PHRASE
from .words import words_of

_BETWEEN = re.compile(r"[=\n\r,;]+")


def read(text: str) -> list[str]:
    """The phrases of a line. Raises ValidationError that says how to put it right."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    phrases = [" ".join(words_of(part)) for part in parts]
    if len([part for part in parts if part]) < 2:
        raise ValidationError(_("Write two phrases or more with “=” between them: foam roller = myofascial roller."))
    if empty := [part for part, phrase in zip(parts, phrases, strict=True) if not phrase]:
        raise ValidationError(_("There is nothing to search for in “%s”. Take it out, or write a word.") % empty[0])
    if long := [phrase for phrase in phrases if len(phrase.split()) > MAX_PHRASE]:
        raise ValidationError(
            _("“%(phrase)s” is too long: a phrase has %(n)d words at most.") % {"phrase": long[0], "n": MAX_PHRASE}
        )
    return phrases


def keys_of(phrases: Sequence[str]) -> list[str]:
    """What PostgreSQL makes of each: one key for "foam roller" and "foam rollers"; "" where it looks for nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT phraseto_tsquery('english', phrase)::text"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS given (phrase, place) ORDER BY place",
            [list(phrases)],
        )
        return [key for (key,) in cursor.fetchall()]


def check_keys(phrases: Sequence[str], keys: Sequence[str]) -> None:
    for phrase, key in zip(phrases, keys, strict=True):
        if not key:
            raise ValidationError(_("“%s” is too common a word to be searched for.") % phrase)
    twice = [key for key, number in Counter(keys).items() if number > 1]
    if twice:
        raise ValidationError(_("“%s” stands here twice.") % phrases[keys.index(twice[0])])
