"""The door for what buyers write about a tool."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.opinions import WORDS
from supplier.accounts.fields import OneLineField, SeveralLinesField


class ReviewForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("How is it?"),
        choices=list(WORDS.items()),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five."), "invalid_choice": _("Choose one of the five.")},
    )
    title = OneLineField(label=_("In one line"), max_length=120)
    body = SeveralLinesField(
        label=_("Your review"),
        max_length=5000,
        help_text=_("How you use it, what is good about it and what isn’t. At most 5,000 characters."),
    )
    name = OneLineField(
        label=_("The name to show"), max_length=60, help_text=_("A first name, or “a customer”, will do.")
    )
