"""Things made in code to show components with: no row of the database, no customer's data."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.translation import gettext as _
from oscar.core.prices import Price

from catalog.catalogue.cards import Card
from catalog.order.summary import Item, Row

WRITTEN_AT = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)


class SampleForm(forms.Form):
    """One field of each kind. `prefix` keeps the ids of several on one page apart."""

    name = forms.CharField(label="Your name", max_length=80)
    email = forms.EmailField(label="Your e-mail address", help_text="The answer goes there.")
    wanted = forms.DateField(label="Wanted by", required=False)
    quantity = forms.IntegerField(label="How many", min_value=1)
    part = forms.ChoiceField(label="Which part of the hand", choices=[("", "Not chosen"), ("palm", "Palm")])
    text = forms.CharField(label="Your message", widget=forms.Textarea)
    file = forms.FileField(label="A photograph", required=False)
    agreed = forms.BooleanField(label="I have read the conditions")
    delivery = forms.ChoiceField(
        label="How it comes", choices=[("48", "Tracked 48"), ("24", "Tracked 24")], widget=forms.RadioSelect
    )
    number = forms.CharField(label="Order number", disabled=True, required=False, initial="100042")


class SampleAddress(forms.Form):
    first_name = forms.CharField()
    last_name = forms.CharField()
    line1 = forms.CharField()
    line2 = forms.CharField(required=False)
    line4 = forms.CharField()
    postcode = forms.CharField()


def all_samples() -> dict[str, Any]:
    return {
        "form": SampleForm(prefix="fresh"),
        "returned_form": SampleForm({"back-email": "rosa", "back-quantity": "0"}, prefix="back"),
        "address_form": SampleAddress(prefix="address"),
        "photo": sample_photo(),
        "cards": cards(),
        "prices": prices(),
        "items": [
            Item(_("Deep Hand Massage Roller"), 1, "£34.00", Decimal(34), "/products/", sample_photo()),
            Item(_("Cork Palm Kneading Ball"), 2, "£31.00", Decimal(31), "", None),
        ],
        "sums": [
            Row(_("Goods"), "£65.00"),
            Row(_("Delivery, Tracked 48"), _("Free")),
            Row(_("Total, with £10.83 VAT"), "£65.00", is_total=True),
        ],
        "facts": [
            Thing(name=_("Material"), value=_("Beech, stainless steel")),
            Thing(name=_("Length"), value="190 mm"),
        ],
        "reviews": [
            review(4, _("Good for small hands"), _("The handle fits.")),
            review(2, _("Heavier than I thought"), _("After five minutes my wrist was tired.")),
        ],
        "letters": letters(),
        "stops": [
            Thing(name=_("Ordered"), more=_("Monday 16 November"), state="done"),
            Thing(name=_("Packed"), more=_("we are at it"), state="now"),
            Thing(name=_("With you"), more="", state="ahead"),
        ],
        "steps": [
            Thing(title=_("Warm your hands"), html=_("<p>Rub them for a while.</p>"), time=_("2 minutes"), minutes=2),
            Thing(title=_("Roll the palm"), html=_("<p>From the wrist to the fingers.</p>"), time="", minutes=0),
        ],
        "trail": [Thing(title=_("Tools"), url="/products/"), Thing(title=_("Rollers"), url="/products/")],
        "listing": listing(),
        "empty_listing": empty_listing(),
        "messages": [Thing(level_tag=level, tags="", message=words) for level, words in message_words().items()],
        "first_page": Paginator(range(60), 20).page(1),
        "middle_page": Paginator(range(60), 20).page(2),
    }


def sample_photo() -> Any:
    """A picture of ours in the place of a product's."""
    file = Thing(url=static("img/wholesale-900.webp"), width=900, height=506, aspect_ratios={None: {}})
    return Thing(original=file, alt=_("An open carton with oils and rollers"), has_renditions=False)


def prices() -> dict[str, Price]:
    return {
        "with_vat": Price("GBP", excl_tax=Decimal("24.17"), tax=Decimal("4.83")),
        "without_vat": Price("GBP", excl_tax=Decimal("24.17"), tax=Decimal(0)),
    }


def cards() -> list[Card]:
    price = prices()["with_vat"]
    facts = _("Beech and stainless steel. Palm")
    photo: Any = sample_photo()
    return [
        Card("S-1", _("Deep Hand Massage Roller"), "/products/", photo, price, False, "", "in", facts, 190),
        Card("S-2", _("Spiky Palm Ball"), "/products/", photo, price, True, _("3 left"), "few", facts, 80),
        Card(
            "S-3", _("Ceramic Warming Bowl"), "/products/", None, None, False, _("Back in January"), "none", facts, None
        ),
    ]


def listing() -> Any:
    """As a Listing of catalog/search/listing.py shows itself."""
    first = [
        Thing(id="sample-palm", name=_("Palm"), count=9, url="#c-filters", is_chosen=True),
        Thing(id="sample-thumb", name=_("Thumb"), count=4, url="#c-filters", is_chosen=False),
        Thing(id="", name=_("Wrist"), count=0, url="", is_chosen=False),
    ]
    more = [Thing(id="sample-back", name=_("Back of the hand"), count=2, url="#c-filters", is_chosen=False)]
    chips = [
        Thing(id="sample-chip-palm", name=_("Palm"), url="#c-filters"),
        Thing(id="sample-chip-beech", name=_("Beech"), url="#c-filters"),
    ]
    return Thing(
        kinds=[],
        groups=[Thing(code="sample-part", name=_("Part of the hand"), first=first, more=more)],
        chips=chips,
        clear_url="#c-filters",
        path="/products/",
        kept=[],
        sorts=[("", _("Best first"), True), ("price", _("Lowest price"), False)],
    )


def empty_listing() -> Any:
    out = Thing(id="sample-out", name=_("Beech"), url="#c-filters", count=7)
    chips = [Thing(name=_("Palm")), Thing(name=_("Beech"))]
    return Thing(chips=chips, ways_out=[out], clear_url="#c-filters", total_without=29)


def review(score: int, title: str, body: str) -> Thing:
    return Thing(score=score, title=title, body=body, name=_("A buyer"), date_created=WRITTEN_AT)


def letters() -> list[Any]:
    theirs = _("Is the roller good for small hands?\n\nThank you")
    ours = _("Yes: its handle is 11 cm long.")
    return [
        Thing(author="Rosa Whitlock", written_at=WRITTEN_AT, text=theirs, is_ours=False),
        Thing(author=_("Sam, Stillhand"), written_at=WRITTEN_AT, text=ours, is_ours=True),
    ]


def message_words() -> dict[str, str]:
    return {
        "success": _("It is in your basket."),
        "warning": _("Two are left, so two are in your basket."),
        "error": _("This code has run out. Take it out, or try another."),
        "info": _("Your basket is as you left it."),
    }
