"""Who and where; and how it shall come."""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.apps.address.forms import AbstractAddressForm
from oscar.apps.address.models import Country
from oscar.forms.mixins import PhoneNumberMixin

from catalog.order.models import ShippingAddress
from supplier.accounts.models import User
from supplier.accounts.text import single_line

LONGEST = 200
ADDRESS_FIELDS = ("first_name", "last_name", "country", "line1", "line2", "line4", "postcode", "phone_number")


class AddressForm(PhoneNumberMixin, AbstractAddressForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("For the order letter and the link to your order page."),
        error_messages={"invalid": gettext_lazy("Write it like name@post.example, with an @ sign.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        max_length=LONGEST,
    )
    #: As on the page, so that the list of what is to be mended goes down it.
    field_order = ("email", *ADDRESS_FIELDS)

    class Meta:
        model = ShippingAddress
        fields = ADDRESS_FIELDS

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.filter(is_shipping_country=True)
        country: Any = self.fields["country"]
        country.queryset = countries.order_by("-display_order", "printable_name")
        country.empty_label = None
        for name in ("first_name", "last_name", "line1", "line2", "line4"):
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))
            self.fields[name].widget.attrs["maxlength"] = str(LONGEST)
        self.user = user
        if user.is_authenticated:
            del self.fields["email"]  # letters go to the account's address

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = single_line(value)
        self._check_postcode(cleaned)
        return cleaned

    def _check_postcode(self, cleaned: dict[str, Any]) -> None:
        country, postcode = cleaned.get("country"), cleaned.get("postcode", "")
        pattern = ShippingAddress.POSTCODES_REGEX.get(country.pk) if country else None
        if not country or not pattern or not postcode or re.match(pattern, postcode.upper().replace(" ", "")):
            return
        hint = _("A British postcode ends in a figure and two letters, like S1 0EX.")
        other = _("A postcode in %(country)s looks otherwise. Look at it once more.") % {"country": country}
        self.add_error("postcode", hint if country.pk == "GB" else other)

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


class DeliveryForm(forms.Form):
    method = forms.ChoiceField(
        label=gettext_lazy("Delivery"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it shall come to you.")},
    )

    def __init__(self, *args: Any, methods: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["method"]
        field.choices = [(method.code, method.name) for method in methods]
