"""The door for what visitors type into basket forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .room import MOST

MORE_BY_QUOTE = gettext_lazy("At most %(limit_value)s of one thing. For more, ask us for a wholesale quote.")


class QuantityField(forms.IntegerField):
    def __init__(self, *, too_few: Any, least: int = 1) -> None:
        super().__init__(
            min_value=least,
            max_value=MOST,
            error_messages={
                "required": gettext_lazy("Say how many you would like, such as 1."),
                "invalid": gettext_lazy("The quantity must be a whole number, such as 1."),
                "min_value": too_few,
                "max_value": MORE_BY_QUOTE,
            },
        )


class AddForm(forms.Form):
    """`products`: what can be chosen on the page, by their keys as text; one of them, or the variants of a parent."""

    child_id = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": gettext_lazy("Choose one of the kinds that are listed.")}
    )
    quantity = QuantityField(too_few=gettext_lazy("Choose 1 or more."))

    def __init__(self, data: Any, *, products: Sequence[Any], is_parent: bool, basket: Any) -> None:
        super().__init__(data)
        self.products = {str(product.pk): product for product in products}
        self.is_parent, self.basket = is_parent, basket
        field: Any = self.fields["child_id"]
        field.choices = [(key, key) for key in self.products]

    def clean_child_id(self) -> str:
        key = str(self.cleaned_data["child_id"])
        if self.is_parent and not key:
            raise forms.ValidationError(_("Choose which one you would like."))
        return key

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors:
            data["product"] = self.products.get(data["child_id"]) or next(iter(self.products.values()), None)
            _check_stock(self.basket, data["product"], data["quantity"])
        return data

    @property
    def problems(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]


class LineForm(forms.Form):
    """How many of something that is in the basket: the number typed, one more or one fewer of it; 0 takes it out.

    A step counts from the number on the page that was looked at, so a button pressed twice says the same twice.
    """

    quantity = QuantityField(least=0, too_few=gettext_lazy("Choose 1 or more, or 0 to take it out."))
    step: Any = forms.TypedChoiceField(
        choices=[("-1", "-1"), ("1", "1")],
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Only one more or one fewer at a time.")},
    )

    def __init__(self, data: Any, *, line: Any) -> None:
        super().__init__(data)
        self.line = line

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors:
            try:
                data["quantity"] = self._checked(max(0, data["quantity"] + data["step"]))
            except forms.ValidationError as error:
                self.add_error("quantity", error)
        return data

    def _checked(self, wanted: int) -> int:
        availability = self.line.purchase_info.availability
        if self.cleaned_data["step"] < 0:  # going down helps even where fewer are left than one step leads to
            wanted = min(wanted, max(1, getattr(availability, "num_available", wanted))) if wanted else 0
        if wanted > MOST:
            raise forms.ValidationError(MORE_BY_QUOTE % {"limit_value": MOST})
        if wanted:
            _permit(availability, wanted)
            _fit(self.line.basket, more=wanted - self.line.quantity)
        return wanted

    @property
    def problem(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class UndoForm(forms.Form):
    """What was taken out a moment ago."""

    product = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    quantity = QuantityField(too_few=gettext_lazy("Choose 1 or more."))


def _check_stock(basket: Any, product: Any, quantity: int) -> None:
    if product is None:
        raise forms.ValidationError(_("It is not for sale just now. Ask us about it below."))
    availability = basket.strategy.fetch_for_product(product).availability
    there = sum(line.quantity for line in basket.all_lines() if line.product_id == product.pk)
    if there and availability.is_purchase_permitted(quantity)[0]:
        permitted, _reason = availability.is_purchase_permitted(there + quantity)
        if not permitted:
            raise forms.ValidationError(_together(there, availability.num_available - there))
    _permit(availability, quantity)
    if there + quantity > MOST:
        raise forms.ValidationError(MORE_BY_QUOTE % {"limit_value": MOST})
    _fit(basket, more=quantity)


def _fit(basket: Any, *, more: int) -> None:
    most = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD  # type: ignore[misc]
    if basket.num_items + more > most:
        raise forms.ValidationError(
            _("At most %(most)d things fit into one basket. For more, ask us for a wholesale quote.") % {"most": most}
        )


def _permit(availability: Any, quantity: int) -> None:
    permitted, reason = availability.is_purchase_permitted(quantity)
    if not permitted:
        raise forms.ValidationError(reason)


def _together(there: int, more: int) -> str:
    if more <= 0:
        return ngettext(
            "The last one is in your basket already. Ask us when more will come.",
            "All %(n)d that we have are in your basket already. Ask us when more will come.",
            there,
        ) % {"n": there}
    return _("%(there)d of it are in your basket already; choose %(more)d or fewer to add.") % {
        "there": there,
        "more": more,
    }
