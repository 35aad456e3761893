from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from oscar.apps.address.forms import AbstractAddressForm
from oscar.forms.mixins import PhoneNumberMixin

from catalog.order import postcodes
from catalog.order.models import ShippingAddress
from supplier.accounts.fields import OneLineField
from supplier.quotes import limits
from supplier.quotes.accepting import Buyer
from supplier.quotes.models import Quote


class AcceptanceForm(PhoneNumberMixin, AbstractAddressForm):
    """Who says yes, and where it goes. The country is the quote's: price, VAT and delivery were offered for it."""

    use_required_attribute = False
    #: As the page shows them; what is to be mended is told in the same order.
    field_order = ("name", "po_number")

    name = OneLineField(label=gettext_lazy("Your name"), max_length=limits.NAME, help_text="")
    po_number = OneLineField(
        label=gettext_lazy("Your purchase order number"), max_length=60, required=False, help_text=""
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    line1 = OneLineField(label=gettext_lazy("Address"), max_length=200, help_text="")
    line2 = OneLineField(label=gettext_lazy("Second line"), max_length=200, required=False, help_text="")
    line4 = OneLineField(label=gettext_lazy("Town"), max_length=200, help_text="")
    postcode = OneLineField(label=gettext_lazy("Postcode"), max_length=16, required=False, help_text="")

    class Meta:
        model = ShippingAddress
        fields = ("line1", "line2", "line4", "postcode", "phone_number")

    def __init__(self, *args: Any, quote: Quote, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "accept_%s")
        self.quote = quote
        super().__init__(*args, instance=ShippingAddress(country=quote.country), **kwargs)
        self.fields["postcode"].required = quote.country_id in ShippingAddress.POSTCODES_REGEX

    def clean_postcode(self) -> str:
        postcode, country = str(self.cleaned_data["postcode"]), self.quote.country
        if wrong := postcodes.problem(country.pk, postcode, name=str(country)):
            raise forms.ValidationError(wrong)
        return postcodes.tidy(country.pk, postcode)

    def _post_clean(self) -> None:
        """The postcode is checked above, in our words."""
        if "postcode" not in self.errors:
            super()._post_clean()

    def buyer(self) -> Buyer:
        """The parcel goes to the person who accepts, at the company if there is one."""
        address, data = self.instance, self.cleaned_data
        address.first_name, address.last_name = _two_names(data["name"])
        if self.quote.company:
            address.line3, address.line2, address.line1 = address.line2, address.line1, self.quote.company
        return Buyer(name=data["name"], po_number=data["po_number"], address=address)


def _two_names(name: str) -> tuple[str, str]:
    first, _space, last = name.rpartition(" ")
    return first, last
