"""What Oscar's views say after a change, in our words."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

#: What Oscar says (a pattern) → what we say; groups of the pattern can be named in it.
SAID = [
    (
        r"Your wishlist has been created and '(?P<name>.*?)'? has been added",
        _("The list is made, and %(name)s is on it."),
    ),
    (r"Your wishlist has been created", _("The list is made.")),
    (r"Your '(?P<name>.*)' wishlist has been updated", _("“%(name)s” is changed.")),
    (r"Your '(?P<name>.*)' wish list has been deleted", _("“%(name)s” is deleted.")),
    (
        r"The shared accounts won't be able to access your wishlist .*",
        _("Only you can see this list. Set it to shared, so that the people you named can see it too."),
    ),
    (
        r"You have added shared accounts to your wishlist but .*",
        _("Everybody who has its link can see this list, not only the people you named."),
    ),
    (r"Address '(?P<name>.*)' created", _("The address is kept: %(name)s.")),
    (r"Address '(?P<name>.*)' updated", _("The address is changed: %(name)s.")),
    (r"Address '(?P<name>.*)' deleted", _("The address is deleted: %(name)s.")),
]
PATTERNS = [(re.compile(said, re.DOTALL), ours) for said, ours in SAID]


def in_our_words(message: str) -> str:
    for pattern, ours in PATTERNS:
        if found := pattern.fullmatch(message):
            return str(ours) % found.groupdict()
    return message
