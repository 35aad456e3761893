"""A wish list's name and who may see it, in words that say what each choice does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.wishlists.forms import WishListForm as OscarWishListForm
from oscar.apps.wishlists.models import WishList

from supplier.accounts.fields import OneLineField


class WishListForm(OscarWishListForm):
    name = OneLineField(label=_("Name of the list"), max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visibility: Any = self.fields["visibility"]
        visibility.label = _("Who may see it")
        visibility.choices = [
            (WishList.PRIVATE, _("Only you")),
            (WishList.SHARED, _("You and the people named below, when they are signed in")),
            (WishList.PUBLIC, _("Everybody who has its link")),
        ]
