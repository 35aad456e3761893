"""Who and where, in the order and with the names of the country that it goes to; and how it shall come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.apps.address.forms import AbstractAddressForm
from oscar.forms.mixins import PhoneNumberMixin

from catalog.order import postcodes
from catalog.order.address_formats import AddressFormat, format_of
from catalog.order.models import ShippingAddress
from catalog.shipping.countries import UK
from catalog.shipping.served import served_countries
from supplier.accounts.fields import EMAIL_REFUSED
from supplier.accounts.models import User
from supplier.accounts.text import single_line

LONGEST = 200
ADDRESS_FIELDS = ("first_name", "last_name", "country", "line1", "line2", "line4", "state", "postcode", "phone_number")
#: What a browser may fill in, told apart from where the card's bill goes.
AUTOCOMPLETE = {
    "email": "email",
    "country": "shipping country",
    "first_name": "shipping given-name",
    "last_name": "shipping family-name",
    "line1": "shipping address-line1",
    "line2": "shipping address-line2",
    "line4": "shipping address-level2",
    "state": "shipping address-level1",
    "postcode": "shipping postal-code",
    "phone_number": "shipping tel",
}
LABELS = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "line1": gettext_lazy("Address"),
    "line2": gettext_lazy("Second line"),
    "phone_number": gettext_lazy("Telephone"),
}
FOR_THE_DRIVER = gettext_lazy("Only for the driver. With + and the country in front if it is not British.")


class AddressForm(PhoneNumberMixin, AbstractAddressForm):
    """`has_own_labels`: the names of the fields are the country's, not those that all addresses of the shop share."""

    has_own_labels = True

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("For the order letter and the link to your order page."),
        error_messages={"invalid": EMAIL_REFUSED},
        max_length=LONGEST,
    )

    class Meta:
        model = ShippingAddress
        fields = ADDRESS_FIELDS

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        country: Any = self.fields["country"]
        country.queryset = served_countries()
        country.empty_label = None
        if user.is_authenticated:
            del self.fields["email"]  # letters go to the account's address
        self.country = self._country_asked()
        self.written_as = format_of(self.country)
        self._name_fields(self.written_as)
        self.order_fields([name for row in ("email", *self._rows()) for name in row.split()])

    def _country_asked(self) -> str:
        """The one chosen; home while none that we deliver to is."""
        if not self.is_bound:
            return str(self.initial.get("country") or UK)
        asked = str(self.data.get(self.add_prefix("country"), "")).replace("\x00", "")
        field: Any = self.fields["country"]
        return asked if field.queryset.filter(pk=asked).exists() else UK

    def _name_fields(self, form: AddressFormat) -> None:
        """Labels, what is needed, and what a browser may fill in."""
        labels = LABELS | {"line4": form.town, "postcode": form.postcode, "state": form.state}
        for name in ("line4", "state", "postcode"):
            if name not in form.asked:
                del self.fields[name]
        for name, field in self.fields.items():
            field.widget.attrs["autocomplete"] = AUTOCOMPLETE[name]
            field.label = labels.get(name, field.label)
            if isinstance(field, forms.CharField) and name != "email":
                _limit(field, min(LONGEST, field.max_length or LONGEST))
        self.fields["phone_number"].help_text = FOR_THE_DRIVER
        if "state" in self.fields:
            self.fields["state"].required = form.needs_state
        if postcode := self.fields.get("postcode"):
            postcode.required = form.needs_postcode
            if example := postcodes.example_of(self.country):
                postcode.help_text = _("Such as %(example)s") % {"example": example}

    def _rows(self) -> list[str]:
        """Names of the fields, those that stand beside each other in one text; the country comes before them."""
        asked = [name for name in self.written_as.asked if name in self.fields]
        street = ["line1", "line2"]
        if self.written_as.town_first:
            street, asked = ["line4", *street], [name for name in asked if name != "line4"]
        below = [" ".join(asked[:2]), *asked[2:]]
        return ["country", "first_name last_name", *street, *[row for row in below if row], "phone_number"]

    @property
    def rows(self) -> list[list[BoundField]]:
        """For the page: one or two fields a row, below the country."""
        return [[self[name] for name in row.split()] for row in self._rows()[1:]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = single_line(value)
        self._check_postcode(cleaned)
        return cleaned

    def _check_postcode(self, cleaned: dict[str, Any]) -> None:
        country, postcode = cleaned.get("country"), cleaned.get("postcode") or ""
        if not country:
            return
        if wrong := postcodes.problem(country.pk, postcode, name=str(country)):
            self.add_error("postcode", wrong)
        elif postcode:
            cleaned["postcode"] = postcodes.tidy(country.pk, postcode)

    def _post_clean(self) -> None:
        """The postcode is checked above, in our words; the model would say the same again in others."""
        if "postcode" not in self.errors:
            super()._post_clean()

    def address_for_letters(self) -> str:
        """Where letters go: the account's address, or the one that a guest gave."""
        return self.user.email if isinstance(self.user, User) else str(self.cleaned_data["email"])

    def told(self) -> dict[str, str]:
        """As the session keeps it."""
        data = {name: str(self.cleaned_data.get(name) or "") for name in ADDRESS_FIELDS}
        return data | {"country": self.cleaned_data["country"].pk}


def _limit(field: forms.CharField, longest: int) -> None:
    """One limit, said once; the browser keeps it too."""
    field.validators = [known for known in field.validators if not isinstance(known, MaxLengthValidator)]
    field.validators.append(MaxLengthValidator(longest))
    field.widget.attrs["maxlength"] = str(longest)


def draft_of(typed: Mapping[str, Any]) -> dict[str, str]:
    """What was typed so far, unchecked, to be shown again."""
    names = ("email", *ADDRESS_FIELDS)
    return {name: single_line(str(typed[name]))[:LONGEST] for name in names if typed.get(name)}


class DeliveryForm(forms.Form):
    method = forms.ChoiceField(
        label=gettext_lazy("Delivery"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how it shall come to you."),
            "invalid_choice": gettext_lazy("Choose one of the ways that are listed."),
        },
    )

    def __init__(self, *args: Any, methods: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["method"]
        field.choices = [(method.code, method.name) for method in methods]
