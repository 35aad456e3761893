"""The desk's forms: a price for each line, the terms of the offer, and what a line in words really is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.catalogue.models import Product
from supplier.accounts.fields import OneLineField
from supplier.quotes import limits
from supplier.quotes.models import Quote, QuoteLine, QuoteVersion, VersionLine
from supplier.quotes.offering import OfferedLine
from supplier.quotes.products import normalise, products_by_sku
from supplier.quotes.time_zones import today_in, validate_time_zone

from .lines import price_field, quantity_field

USUAL_DAYS = 30


class PriceForm(forms.Form):
    """What we offer for one line; the price is net, a piece."""

    use_required_attribute = False

    quantity = quantity_field(label=gettext_lazy("Quantity"))
    price = price_field(label=gettext_lazy("Price, £"), required=False)
    is_left_out = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)

    def __init__(self, *args: Any, line: QuoteLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("price") and not self.line.product and not data.get("is_left_out"):
            self.add_error("price", _("Say first which product this line is, or leave it out."))
        return data

    def offered(self) -> OfferedLine | None:
        data, product = self.cleaned_data, self.line.product
        if data["is_left_out"] or not data["price"] or product is None:
            return None
        return OfferedLine(position=self.line.position, product=product, quantity=data["quantity"], price=data["price"])


class PricingForm(forms.Form):
    """The terms of an offer and, in `prices`, its lines."""

    use_required_attribute = False

    delivery_name = OneLineField(label=gettext_lazy("Delivery"), max_length=120, required=False, help_text="")
    delivery_price = price_field(lowest="0", label=gettext_lazy("Delivery, £ without VAT"), required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until the end of"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 24/12/2026.")},
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Where the buyer is"), max_length=64, validators=[validate_time_zone]
    )

    def __init__(self, data: Any = None, *, quote: Quote, lines: list[QuoteLine], model: QuoteVersion | None) -> None:
        self.quote = quote
        super().__init__(data, initial=_terms(quote, model))
        known = {line.position: line for line in model.lines.all()} if model else {}
        self.prices = [
            PriceForm(data, line=line, prefix=f"line{line.position}", initial=_first_price(line, known))
            for line in lines
        ]

    def is_valid(self) -> bool:
        are_valid = [form.is_valid() for form in self.prices]
        return super().is_valid() and all(are_valid)

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        today = today_in(self.quote.time_zone, timezone.now())
        if day and not today <= day <= today + timedelta(days=limits.VALID_DAYS):
            raise ValidationError(_("Choose a day from today on, within a year."))
        return day

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("delivery_name", "delivery_price", "valid_until")}

    def offered(self) -> Iterable[OfferedLine]:
        return [offered for form in self.prices if (offered := form.offered())]

    def left_out(self) -> set[int]:
        return {form.line.position for form in self.prices if form.cleaned_data["is_left_out"]}


def _terms(quote: Quote, model: QuoteVersion | None) -> dict[str, Any]:
    """A new version starts from the last one; a last day that is over is not kept."""
    today = today_in(quote.time_zone, timezone.now())
    day = model.valid_until if model and model.valid_until and model.valid_until >= today else None
    return {
        "delivery_name": model.delivery_name if model else "",
        "delivery_price": model.delivery_price if model else None,
        "valid_until": day or today + timedelta(days=USUAL_DAYS),
        "time_zone": quote.time_zone,
    }


def _first_price(line: QuoteLine, known: dict[int, VersionLine]) -> dict[str, Any]:
    offered = known.get(line.position)
    return {
        "quantity": offered.quantity if offered else line.quantity,
        "price": offered.price if offered else None,
        "is_left_out": line.is_left_out,
    }


class ProductForm(forms.Form):
    """Turns a line in words into a product: one that we have, or one made for this quote."""

    use_required_attribute = False

    sku = OneLineField(label=gettext_lazy("Or one of ours, number"), max_length=64, required=False, help_text="")
    title = OneLineField(label=gettext_lazy("New product, called"), max_length=255, required=False, help_text="")
    cost = price_field(lowest="0", label=gettext_lazy("Its cost, £"), required=False)

    def __init__(self, *args: Any, line: QuoteLine, **kwargs: Any) -> None:
        self.line = line
        kwargs.setdefault("prefix", f"product{line.position}")
        kwargs.setdefault("initial", {"title": line.text[:255]})
        super().__init__(*args, **kwargs)

    def clean_sku(self) -> str:
        sku = self.cleaned_data["sku"]
        if not sku:
            return ""
        self.product = products_by_sku([sku]).get(normalise(sku))
        if self.product is None:
            raise ValidationError(_("There is no published product with this number. Look it up once more."))
        if self.line.quote.lines.filter(product=self.product).exists():
            raise ValidationError(_("This product is on another line already. Raise its quantity there."))
        return str(sku)

    product: Product | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("sku") and not data.get("title"):
            self.add_error("title", _("Write an article number, or a name for something new."))
        return data

    @property
    def cost_told(self) -> Decimal | None:
        cost: Decimal | None = self.cleaned_data["cost"]
        return cost
