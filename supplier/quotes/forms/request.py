from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from oscar.apps.address.models import Country

from supplier.accounts.fields import EMAIL_REFUSED, OneLineField, SeveralLinesField
from supplier.accounts.text import several_lines
from supplier.quotes import limits, time_zones
from supplier.quotes.pasted_list import Reading, read_list
from supplier.quotes.requests import Asked, AskedLine

from .lines import BaseLineFormSet, LineFormSet

ROWS = 3
MORE_ROWS = 5
ROW_NAMES = ("what", "quantity", "wished_price", "note", "is_offer")
FURTHEST = timedelta(days=730)


class PastedField(SeveralLinesField):
    def tidy(self, text: str) -> str:
        """Empty lines at the start stay: lines are told by their number."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "\n" * (len(text) - len(text.lstrip("\n"))) + several_lines(text)


class RequestForm(forms.Form):
    """The whole request: who and where, a pasted list, and (in `lines`) rows to fill in."""

    use_required_attribute = False

    pasted = PastedField(
        label=gettext_lazy("Paste a list"),
        max_length=60_000,
        required=False,
        strip=False,
        help_text=gettext_lazy("One article a line: its number, a comma, the quantity. At most 500 lines."),
    )
    keep_unknown = forms.BooleanField(
        label=gettext_lazy("Keep lines with unknown numbers as they are; we find out what is meant"), required=False
    )
    name = OneLineField(label=gettext_lazy("Your name"), max_length=limits.NAME)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("The offer and the link to it go there."),
        error_messages={"invalid": EMAIL_REFUSED},
    )
    company = OneLineField(label=gettext_lazy("Company"), max_length=limits.NAME, required=False)
    country = forms.ChoiceField(
        label=gettext_lazy("Country of delivery"),
        error_messages={"invalid_choice": gettext_lazy("Choose a country from the list.")},
    )
    wished_on = forms.DateField(
        label=gettext_lazy("Wanted by"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 24/12/2026.")},
    )
    note = SeveralLinesField(label=gettext_lazy("Anything else"), max_length=limits.NOTE, required=False)
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))
    form_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, rows: Sequence[Mapping[str, Any]] = (), empty_rows: int = ROWS, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), "country": "GB", **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)
        self.fields["country"].choices = _countries()  # type: ignore[attr-defined]
        formset: Any = LineFormSet(data, prefix="lines", initial=list(rows), empty_rows=empty_rows)
        self.lines: BaseLineFormSet = formset

    @classmethod
    def with_more_rows(cls, data: Any) -> RequestForm:
        """The same form, not judged yet, with room for more lines."""
        rows = [row for row in _typed_rows(data) if any(row.values())]
        typed = {name: data.get(name, "") for name in cls.base_fields}
        return cls(rows=rows, empty_rows=MORE_ROWS, initial=typed)

    #: of the pasted list, once the form is judged
    reading = Reading()

    def is_valid(self) -> bool:
        lines_are_valid = self.lines.is_valid()
        return super().is_valid() and lines_are_valid

    def clean_wished_on(self) -> Any:
        day = self.cleaned_data["wished_on"]
        if day and not timezone.localdate() <= day <= timezone.localdate() + FURTHEST:
            raise ValidationError(_("Choose a day from today on, within two years."))
        return day

    def clean_form_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        reading = read_list(data.get("pasted", ""), keep_unknown=data.get("keep_unknown", False))
        if n := len(reading.complaints):
            words = ngettext("%(n)s line needs a look, see below.", "%(n)s lines need a look, see below.", n)
            self.add_error("pasted", words % {"n": n})
        self.reading = reading
        if self.lines.is_valid():
            self._check_lines(reading)
        return data

    def _check_lines(self, reading: Reading) -> None:
        in_rows = {form.product.pk for form in self.lines.told() if form.product}
        twice = [line.product.upc for line in reading.lines if line.product and line.product.pk in in_rows]
        if twice:
            words = _("%(numbers)s: both in the list and in a row. Put both quantities in one place.")
            self.add_error("pasted", words % {"numbers": ", ".join(twice[:10])})
        count = len(reading.lines) + len(list(self.lines.told()))
        if not count and not reading.complaints and "pasted" not in self.errors:
            self.add_error(None, _("Nothing is asked for yet. Fill in a row, or paste a list."))
        if count > limits.LINES:
            self.add_error(None, _("At most 500 lines fit into one request. Send the rest as a second one."))

    def asked(self) -> Asked:
        data = self.cleaned_data
        zone = data["time_zone"]
        return Asked(
            **{name: data[name] for name in ("name", "email", "company", "wished_on", "note", "form_key")},
            country_code=data["country"],
            time_zone=zone if time_zones.is_place(zone) else time_zones.main_zone(data["country"]),
            lines=tuple(self._asked_lines()),
        )

    def _asked_lines(self) -> Iterable[AskedLine]:
        yield from (form.asked() for form in self.lines.told())
        yield from self.reading.lines


def _typed_rows(data: Any) -> Iterable[dict[str, str]]:
    for index in range(limits.LINES):
        if f"lines-{index}-what" not in data:
            return
        yield {name: data.get(f"lines-{index}-{name}", "") for name in ROW_NAMES}


def _countries() -> list[tuple[str, str]]:
    rows = Country.objects.order_by("-display_order", "printable_name")
    return [(code, str(name)) for code, name in rows.values_list("iso_3166_1_a2", "printable_name")]
