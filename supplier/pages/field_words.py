"""What is wrong with a field, in our words: Django's and Oscar's say what a program thinks, not how to put it right."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.forms import ChoiceField, Field, ModelChoiceField
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from supplier.accounts.fields import EMAIL_REFUSED, NUL_REFUSED, REQUIRED, TOO_LONG

#: What Oscar says (how it begins) → what we say.
OSCAR = {
    "This is not a valid local": _lazy(
        "We can’t read this number. Write it like 0114 496 0000, or with + and the country in front."
    ),
    "This is not a valid international phone": _lazy("Write the number with + and the country in front."),
    "The postcode '": _lazy("No postcode of this country looks like that. A British one is written like S1 0EX."),
    "The entered password is not valid": _lazy("That is not the password of this account. Type it once more."),
    "A user with that email address already exists": _lazy(
        "There is an account with this address already. Sign in, or ask for a new password."
    ),
    "A user with this email address already exists": _lazy("Another account has this address. Type another one."),
    "The two password fields didn": _lazy("The two are not the same. Type the same password twice."),
}
CHOICES = (ChoiceField, ModelChoiceField)


def problems_of(field: BoundField) -> list[str]:
    """Each once. What one of our forms says in words of its own is left as it is."""
    return list(dict.fromkeys(_in_our_words(error, field) for error in field.errors.as_data()))


def _in_our_words(error: ValidationError, field: BoundField) -> str:
    said = error.message
    if said == EmailValidator.message:
        return str(EMAIL_REFUSED)
    if said == Field.default_error_messages["required"]:
        return _missing(field)
    if said is MaxLengthValidator.message:
        return TOO_LONG % {"n": _limit(error)}
    if said is MinValueValidator.message:
        return _("Write %(n)s or more.") % {"n": _limit(error)}
    if said is MaxValueValidator.message:
        return _("Write %(n)s or less.") % {"n": _limit(error)}
    if said == ProhibitNullCharactersValidator.message:
        return str(NUL_REFUSED)
    if error.code == "invalid_choice" and any(
        said == kind.default_error_messages["invalid_choice"] for kind in CHOICES
    ):
        return _("Please choose one of those that are listed.")
    return _of_oscar(" ".join(error.messages))


def _missing(field: BoundField) -> str:
    if field.widget_type in ("select", "radioselect"):
        return _("Please choose one.")
    return _("Please tick this.") if field.widget_type == "checkbox" else str(REQUIRED)


def _limit(error: ValidationError) -> str:
    return f"{(error.params or {}).get('limit_value', 0):,}"


def _of_oscar(said: str) -> str:
    return next((str(ours) for beginning, ours in OSCAR.items() if said.startswith(beginning)), said)
