"""Price and stock as fields of a product's own form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.partner.single import FIELDS, record_of, save_record


class StockForm(forms.ModelForm[Any]):
    """Fields of the single stock record; `save_stock` is called once the product is saved."""

    price = forms.DecimalField(
        label=gettext_lazy("Price with VAT"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    num_in_stock = forms.IntegerField(
        label=gettext_lazy("In stock"), min_value=0, max_value=2_000_000_000, required=False
    )
    low_stock_threshold = forms.IntegerField(
        label=gettext_lazy("Low at"), min_value=0, max_value=2_000_000_000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = self._record()
        for name in FIELDS:
            if self.record and name in self.fields:
                self.fields[name].initial = self.initial[name] = getattr(self.record, name)
        allocated = (self.record.num_allocated or 0) if self.record else 0
        if allocated and "num_in_stock" in self.fields:
            self.fields["num_in_stock"].help_text = ngettext(
                "%(n)d of them is promised to an order.", "%(n)d of them are promised to orders.", allocated
            ) % {"n": allocated}

    def _record(self) -> Any:
        """Lists of variants bring the record with them."""
        product = self.instance
        if "stockrecords" in getattr(product, "_prefetched_objects_cache", {}):
            return next(iter(product.stockrecords.all()), None)
        return record_of(product)

    def clean_price(self) -> Any:
        price = self.cleaned_data["price"]
        if price == 0:
            raise forms.ValidationError(_("The price must be more than 0. Leave it empty to take it off sale."))
        return price

    def clean_num_in_stock(self) -> Any:
        pieces = self.cleaned_data["num_in_stock"]
        allocated = (self.record.num_allocated or 0) if self.record else 0
        if pieces is not None and "num_in_stock" in self.changed_data and pieces < allocated:
            raise forms.ValidationError(
                _("%(n)d are promised to orders. Cancel an order first, or give at least %(n)d.") % {"n": allocated}
            )
        return pieces

    def save_stock(self) -> None:
        changed = {name: self.cleaned_data[name] for name in FIELDS if name in self.changed_data}
        if changed or self.record:
            save_record(self.instance, **changed)
