"""Tags of the components in templates/components/: what an include alone cannot say."""

import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from catalog.catalogue.cards import Card, product_cards
from catalog.catalogue.models import Product
from supplier.pages.field_words import problems_of
from supplier.pages.message_words import in_our_words

register = template.Library()

#: All rulers of the shop share one scale: so many millimetres, or minutes, would fill the room.
RULER_MM = 440
RULER_MINUTES = 5.5
#: No line is longer than this part of its room, so that its label still fits beside it.
RULER_LONGEST = 72.0
#: Oscar's names of the fields of an address, in our words.
ADDRESS_LABELS = {
    "first_name": _lazy("First name"),
    "last_name": _lazy("Last name"),
    "line1": _lazy("Address"),
    "line2": _lazy("Second line"),
    "line3": _lazy("Third line"),
    "line4": _lazy("Town"),
    "state": _lazy("County or state"),
    "postcode": _lazy("Postcode"),
    "phone_number": _lazy("Telephone"),
    "notes": _lazy("A word for the driver"),
}
#: Oscar's and Django's labels that our pages word otherwise.
OSCAR_LABELS = {
    "Email": _lazy("E-mail"),
    "Email address": _lazy("E-mail"),
    "Delete": _lazy("Take this address off"),
    "Old password": _lazy("Your password now"),
    "Confirm password": _lazy("The same password again"),
    "New password confirmation": _lazy("The same password again"),
}
#: Part numbers, numbers of quotes and messages, British postcodes: what must be read as one.
UNBROKEN = re.compile(r"\b(?:[A-Z]{1,4}(?:-[A-Z0-9]+)+|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})\b")


@register.simple_tag
def control(field: BoundField, *, hint: str = "", small: str = "", type: str = "", **attrs: Any) -> SafeString:
    """The input itself, dressed in our class and tied to its hint and its error."""
    if type:
        field.field.widget.input_type = type  # type: ignore[attr-defined]
    attrs = {name: value for name, value in attrs.items() if value}
    if field.widget_type != "textarea":
        attrs.pop("rows", None)
    # Django's own forms put the cursor into a field; our pages are read from the top, and what is to be mended first.
    attrs["autofocus"] = False
    if field.widget_type not in ("checkbox", "radioselect"):
        attrs["class"] = f"input input--{small}" if small else "input"
    if described_by := " ".join(_described_by(field, hint=hint)):
        attrs["aria-describedby"] = described_by
    return field.as_widget(attrs=attrs)


def _described_by(field: BoundField, *, hint: str) -> Iterator[str]:
    if hint or field.help_text:
        yield f"{field.auto_id}_helptext"
    if field.errors:
        yield f"{field.auto_id}_error"


@register.filter
def label(field: BoundField) -> str:
    """Its name for people; the same above the field and in the summary of what is to be mended."""
    is_shared = "line1" in field.form.fields and not getattr(field.form, "has_own_labels", False)
    words = ADDRESS_LABELS.get(field.name) if is_shared else None
    return str(words or OSCAR_LABELS.get(str(field.label)) or field.label)


@register.filter
def problems(field: BoundField) -> list[str]:
    """What is wrong with it, in sentences that say what to do."""
    return problems_of(field)


@register.filter
def our_words(message: object) -> str:
    """A message of Oscar's as we say it; any other as it is."""
    return in_our_words(str(message))


@register.filter
def unbroken(text: str) -> SafeString:
    """The text with every part number, reference and postcode in it kept on one line."""
    return mark_safe(UNBROKEN.sub(_as_one, conditional_escape(text)))


def _as_one(found: re.Match[str]) -> str:
    """No hyphen that forbids a break instead: who copies a part number would look for one that is not there."""
    words = found.group()
    return f'<span class="nowrap">{words}</span>' if "-" in words else words.replace(" ", "&nbsp;")


@register.inclusion_tag("components/ruler.html")
def ruler(*, mm: float = 0, minutes: float = 0, label: str = "") -> dict[str, Any]:
    """A line as long as the thing (mm) or the step (minutes), with the figure beside it."""
    share = mm / RULER_MM if mm else minutes / RULER_MINUTES
    return {"width": f"{min(share * 100, RULER_LONGEST):.1f}", "label": label or _figure(mm=mm, minutes=minutes)}


def _figure(*, mm: float, minutes: float) -> str:
    if mm:
        return _("%(mm)s mm") % {"mm": f"{mm:g}"}
    return ngettext("%(n)s minute", "%(n)s minutes", int(minutes)) % {"n": f"{minutes:g}"}


@register.inclusion_tag("components/photo.html")
def photo(
    image: Any,
    *,
    sizes: str,
    alt: str | None = None,
    classes: str = "photo--square",
    first: bool = False,
    optional: bool = False,
) -> dict[str, Any]:
    """A photograph with its renditions.

    image: a row with a picture field named `original` or `image` and with `alt` (or `image_alt`) and `has_renditions`;
    None or a row without a file shows "Photograph to follow", unless `optional`. `alt` given here wins; "" where the
    name stands beside. `first`: the largest picture in view, fetched before all others.
    """
    file = getattr(image, "original", None) or getattr(image, "image", None)
    shown = {"sizes": sizes, "classes": classes, "first": first, "optional": optional}
    if not file or not hasattr(file, "aspect_ratios"):
        return shown
    if alt is None:
        alt = getattr(image, "alt", "") or getattr(image, "image_alt", "")
    sources = list(_sources(file)) if getattr(image, "has_renditions", False) else []
    return shown | {"src": file.url, "width": file.width, "height": file.height, "alt": alt, "sources": sources}


def _sources(file: Any) -> Iterator[dict[str, str]]:
    for file_type, pictures in file.aspect_ratios[None].items():
        if srcset := ", ".join(f"{pictures[width].url} {width}w" for width in sorted(pictures)):
            yield {"type": f"image/{file_type.lower()}", "srcset": srcset}


@register.simple_tag(takes_context=True)
def product_card(context: Context, product: Product) -> Card | None:
    """For Oscar's own lists (offers, wish lists), which know only products; ours make all cards of a page at once."""
    rows = list(Product.objects.for_cards().filter(pk=product.pk, is_public=True))
    strategy = getattr(context.get("request"), "strategy", None)
    return next(iter(product_cards(rows, strategy)), None)


@register.simple_tag
def company_data() -> dict[str, str]:
    """For letters that Oscar writes, whose context knows nothing of us; pages have `company` anyway."""
    return settings.COMPANY


@register.simple_tag
def site_address() -> str:
    """SITE_URL, for the same letters."""
    return settings.SITE_URL
