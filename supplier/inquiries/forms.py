"""The only doors for what visitors and staff write."""

import time
import uuid
from functools import cache
from typing import Any

from babel import Locale
from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from supplier.accounts.fields import AddressField, OneLineField, SeveralLinesField
from supplier.accounts.models import User

from . import spam
from .context import is_context
from .models import Kind

MESSAGE_LENGTH = 10_000
NAME_LENGTH = 200
_SALT = "inquiries.opened"
#: Two-letter codes of babel's list that are no country.
_NO_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}
#: Nobody reads the form and types a message in less.
SHORTEST_SECONDS = 1


class InquiryForm(forms.Form):
    """A visitor's first message. `about`: the page it came from; `nonce`: two presses of the button are one message."""

    text = SeveralLinesField(label=_("Your message"), max_length=MESSAGE_LENGTH)
    name = OneLineField(label=_("Your name"), max_length=NAME_LENGTH)
    email = AddressField(label=_("Your e-mail address"), help_text=_("The answer goes there."))
    company = OneLineField(label=_("Company"), max_length=NAME_LENGTH, required=False)
    kind = forms.ChoiceField(
        label=_("What it is about"), required=False, choices=[("", _("Not chosen")), *Kind.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    nonce = forms.CharField(required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    homepage = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "message_%s")
        kwargs["initial"] = {"about": about, "nonce": uuid.uuid4(), "opened": stamp(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = _countries()  # type: ignore[attr-defined]
        self.fields["email"].widget.attrs.pop("maxlength", None)

    def clean_about(self) -> str:
        """A page that can't be is no reason to refuse a message."""
        about = self.cleaned_data["about"]
        return about if is_context(about) else ""

    def clean_nonce(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["nonce"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["kind"] = data.get("kind") or _likely_kind(data.get("about", ""))
        return data

    @property
    def key(self) -> uuid.UUID:
        """The same for the same message. A cached page shows one nonce to many, so what was typed counts too."""
        data = self.cleaned_data
        typed = "\n".join(data[name] for name in ("email", "name", "company", "text", "about"))
        return uuid.uuid5(data["nonce"], typed)

    @property
    def spam_reasons(self) -> list[str]:
        data = self.cleaned_data
        reasons = spam.reasons_in(**{name: data[name] for name in ("text", "name", "company", "email")})
        if data["homepage"]:
            reasons.append("trap")
        return [*reasons, *_haste(data["opened"])]


class ReplyForm(forms.Form):
    """One more letter of a thread, by the visitor or by staff. `key` makes two presses of the button one letter."""

    text = SeveralLinesField(label=_("Write back"), max_length=MESSAGE_LENGTH)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "reply_%s")
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class AssignForm(forms.Form):
    """Who of the staff takes care of it; nobody is an answer too."""

    to = forms.ModelChoiceField(
        label=_("Who takes care of it"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_staff=True, is_active=True).order_by("first_name", "email")
        self.fields["to"].queryset = staff  # type: ignore[attr-defined]


def stamp(*, seconds_ago: float = 0) -> str:
    """When the form was opened, so that nobody can make it up."""
    return signing.dumps(round(time.time() - seconds_ago), salt=_SALT)


def _haste(opened: str) -> list[str]:
    try:
        seconds = time.time() - signing.loads(opened, salt=_SALT)
    except signing.BadSignature:
        return ["no_form"]
    return ["too_fast"] if seconds < SHORTEST_SECONDS else []


def _likely_kind(about: str) -> str:
    if about == "page:wholesale":
        return Kind.WHOLESALE
    if about in ("page:delivery", "page:returns"):
        return Kind.ORDER
    return Kind.PRODUCT if about.startswith(("product:", "technique:")) else Kind.OTHER


@cache
def _countries() -> list[tuple[str, Any]]:
    names = {str(code): str(name) for code, name in Locale.parse("en_GB").territories.items()}
    countries = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRIES]
    return [("", _("Not chosen")), *sorted(countries, key=lambda country: country[1])]
