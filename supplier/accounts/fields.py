"""Form fields for what people type: clear about what can't be kept, silent about nothing that matters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .text import several_lines, single_line

REQUIRED = _("Please fill this in.")
NUL_REFUSED = _("There is an invisible character in it (NUL) that can’t be stored. Type the text again without it.")
#: A text as long as this needs no word about its length before somebody meets it.
ONE_LINE = 500
TOO_LONG = _("At most %(n)s characters fit here. Please make it shorter.")
EMAIL_REFUSED = _("Write it like name@post.example, with an @ sign.")
BREAK_REFUSED = _("This must be one line. Take out the line break.")


class _TypedField(forms.CharField):
    """Says the limit of a long text beside the field, and lets the form, not the browser, tell that it is reached.

    A browser would cut what somebody pastes.
    """

    def __init__(self, *, max_length: int, **options: Any) -> None:
        limit = {"n": f"{max_length:,}"}
        if max_length > ONE_LINE:
            options.setdefault("help_text", _("At most %(n)s characters.") % limit)
        too_long = TOO_LONG % limit
        errors = {"required": REQUIRED, "max_length": too_long, **options.pop("error_messages", {})}
        super().__init__(max_length=max_length, error_messages=errors, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, "dir": "auto"}

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        if "\x00" in text:
            raise ValidationError(NUL_REFUSED, code="null_characters_not_allowed")
        return self.tidy(text)

    def tidy(self, text: str) -> str:
        return text


class OneLineField(_TypedField):
    """A name or a company: fit for a header, so a line break in it is refused."""

    def tidy(self, text: str) -> str:
        if "\r" in text or "\n" in text:
            raise ValidationError(BREAK_REFUSED, code="line_break")
        return single_line(text)


class SeveralLinesField(_TypedField):
    """A message: paragraphs as typed, control characters left out."""

    widget = forms.Textarea

    def tidy(self, text: str) -> str:
        return several_lines(text)


class AddressField(forms.EmailField):
    """Somebody's e-mail address."""

    default_error_messages = {
        "required": REQUIRED,
        "invalid": _("This is not an e-mail address. It looks like name@example.org, without spaces."),
        "null_characters_not_allowed": NUL_REFUSED,
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)
