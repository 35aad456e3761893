from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.catalogue.models import Product
from supplier.accounts.fields import OneLineField
from supplier.quotes import limits
from supplier.quotes.products import normalise, products_by_sku
from supplier.quotes.requests import AskedLine

QUANTITY_WORDS = gettext_lazy("Write a whole number from 1 to 99,999.")
PRICE_WORDS = gettext_lazy("Write a price such as 12.50.")


def quantity_field(**options: Any) -> forms.IntegerField:
    """A text box: a browser would throw away what isn't a number, and with it what was typed."""
    words = dict.fromkeys(("invalid", "min_value", "max_value", "required"), QUANTITY_WORDS)
    return forms.IntegerField(
        min_value=1,
        max_value=limits.QUANTITY,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=words,
        **options,
    )


def price_field(*, lowest: str = "0.01", **options: Any) -> forms.DecimalField:
    names = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
    return forms.DecimalField(
        min_value=forms.DecimalField().to_python(lowest),
        max_value=limits.PRICE,
        max_digits=7,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(names, PRICE_WORDS),
        **options,
    )


class LineForm(forms.Form):
    """One of our article numbers, or something in the buyer's own words. Without `what` the row counts as empty."""

    use_required_attribute = False

    what = OneLineField(label=_("What"), max_length=limits.LINE_TEXT, required=False, help_text="")
    quantity = quantity_field(label=gettext_lazy("Quantity"), required=False)
    wished_price = price_field(label=gettext_lazy("Wished price, £"), required=False)
    note = OneLineField(label=gettext_lazy("Note"), max_length=limits.LINE_NOTE, required=False, help_text="")

    #: Set on rows that we filled in ourselves: without a quantity they are not asked for.
    is_offer = forms.CharField(required=False, widget=forms.HiddenInput)

    product: Product | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("what") and data.get("quantity") is None and "quantity" not in self.errors:
            if data.get("is_offer") and not data.get("note") and not data.get("wished_price"):
                data["what"] = ""
            else:
                self.add_error("quantity", QUANTITY_WORDS)
        if not data.get("what") and "what" not in self.errors and (data.get("note") or data.get("wished_price")):
            self.add_error("what", _("Write what this line is about: an article number, or your own words."))
        return data

    @property
    def is_told(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("what"))

    def asked(self) -> AskedLine:
        data, product = self.cleaned_data, self.product
        return AskedLine(
            text=product.get_title() if product else data["what"],
            quantity=data["quantity"],
            product=product,
            wished_price=data["wished_price"],
            note=data["note"],
        )


class BaseLineFormSet(forms.BaseFormSet[LineForm]):
    def __init__(self, *args: Any, empty_rows: int = 0, **kwargs: Any) -> None:
        self.extra = empty_rows
        super().__init__(*args, **kwargs)
        self.find_products()

    def find_products(self) -> None:
        typed = [str(form["what"].value() or "") for form in self.forms]
        products = products_by_sku(typed)
        for form, what in zip(self.forms, typed, strict=True):
            form.product = products.get(normalise(what))

    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.told():
            if form.product and form.product.pk in seen:
                words = _("%(sku)s is on another line already. Put both quantities on one line.")
                raise ValidationError(words % {"sku": form.product.upc})
            if form.product:
                seen.add(form.product.pk)

    def told(self) -> Iterator[LineForm]:
        return (form for form in self.forms if form.is_told)


LineFormSet: Any = forms.formset_factory(
    LineForm, formset=BaseLineFormSet, extra=0, max_num=limits.LINES, absolute_max=limits.LINES + 1, validate_max=True
)
