"""The door for "tell me when it is back"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.offers import Offer
from supplier.accounts.fields import AddressField
from supplier.accounts.models import User


class AlertForm(forms.Form):
    """`offers`: what can be waited for. Who is signed in need not type an address; one thing need not be chosen."""

    product = forms.ChoiceField(
        label=_("Which one are you waiting for?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the one you are waiting for."),
            "invalid_choice": _("Choose one of those that are sold out."),
        },
    )
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("For two letters: one asks for your yes, one says that it is back. Then you are off the list."),
    )
    #: a trap for programs that fill in everything; people don't see it
    homepage = forms.CharField(required=False, max_length=200)

    def __init__(
        self, data: Any = None, *, offers: Sequence[Offer], user: User | AnonymousUser, chosen: int | None = None
    ) -> None:
        super().__init__(data, auto_id="alert_%s")
        self.products = {str(offer.product.pk): offer.product for offer in offers}
        field: Any = self.fields["product"]
        field.choices = [(str(offer.product.pk), offer.label) for offer in offers]
        if len(offers) == 1:
            field.widget = forms.HiddenInput()
        field.initial = str(chosen) if str(chosen) in self.products else str(offers[0].product.pk) if offers else None
        if user.is_authenticated:
            del self.fields["email"]
        else:
            self.fields["email"].widget.attrs.pop("maxlength", None)

    @property
    def chosen_product(self) -> Any:
        return self.products[self.cleaned_data["product"]]

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))
