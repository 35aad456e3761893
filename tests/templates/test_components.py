"""The include files that every page is made of."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string


class LetterForm(forms.Form):
    text = forms.CharField(label="Your message", help_text="Up to 20 characters.", max_length=20, widget=forms.Textarea)
    name = forms.CharField(label="Your name")
    phone = forms.CharField(label="Telephone", required=False)
    agrees = forms.BooleanField(label="I agree")
    delivery = forms.ChoiceField(
        label="Delivery", choices=[("std", "Standard"), ("exp", "Express")], widget=forms.RadioSelect
    )


def component(name: str, **context: Any) -> str:
    return render_to_string(f"components/{name}.html", context)


def test_field_ties_hint_and_error_to_its_input() -> None:
    html = component("field", field=LetterForm({"text": "x" * 21})["text"])
    described_by = re.search(r'aria-describedby="([^"]+)"', html)
    assert described_by
    assert described_by[1].split() == ["id_text_helptext", "id_text_error"]
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'for="id_text"' in html


def test_field_with_a_hint_of_the_template_is_described_by_it() -> None:
    html = component("field", field=LetterForm()["name"], hint="As on the parcel.", autocomplete="name")
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'autocomplete="name"' in html
    assert 'class="input"' in html


def test_field_says_what_may_be_left_empty() -> None:
    assert "(if you like)" in component("field", field=LetterForm()["phone"])
    assert "(if you like)" not in component("field", field=LetterForm()["name"])


def test_field_keeps_what_was_typed_as_text() -> None:
    html = component("field", field=LetterForm({"name": '"><script>'})["name"])
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


@pytest.mark.parametrize("name", ["agrees", "delivery"])
def test_choices_have_labels_around_their_inputs(name: str) -> None:
    html = component("field", field=LetterForm()[name])
    ids = re.findall(r'<input[^>]* id="([^"]+)"', html)
    assert ids
    assert all(f'for="{id}"' in html for id in ids)


def test_form_errors_lead_to_their_fields() -> None:
    form = LetterForm({"text": "x" * 21, "name": "Ann"})
    html = component("form-errors", form=form)
    assert "3 things to mend" in html
    assert 'role="alert"' in html
    assert re.findall(r'href="#([^"]+)"', html) == ["id_text", "id_agrees", "id_delivery_0"]


def test_form_errors_are_silent_when_nothing_is_wrong() -> None:
    assert component("form-errors", form=LetterForm()).strip() == ""


def test_pagination_keeps_the_other_parameters() -> None:
    html = component("pagination", page=Paginator(range(60), 20).page(2), query="q=a%26b")
    assert 'href="?q=a%26b&amp;page=1"' in html
    assert 'href="?q=a%26b&amp;page=3"' in html
    assert "Page 2 of 3" in html


def test_pagination_of_one_page_is_nothing() -> None:
    assert component("pagination", page=Paginator(range(3), 20).page(1)).strip() == ""


def test_crumbs_name_this_page_last() -> None:
    html = component(
        "crumbs", url="/products/", title="Tools", trail=[SimpleNamespace(name="Oils", url="/o/")], here="Balm"
    )
    assert html.index("Tools") < html.index("Oils") < html.index("Balm")
    assert '<span aria-current="page">Balm</span>' in html


def test_way_marks_where_it_stands() -> None:
    stops = [
        SimpleNamespace(name=name, state=state)
        for name, state in [("Placed", "done"), ("Paid", "now"), ("Sent", "ahead")]
    ]
    html = component("way", stops=stops, label="How far")
    assert html.count('aria-current="step"') == 1
    assert re.search(r'way__stop--now"[^>]*aria-current="step"[^>]*><span>Paid', html)


def test_messages_escape_what_is_not_ours() -> None:
    html = component("messages", messages=[SimpleNamespace(level_tag="error", tags="error", message="<b>no</b>")])
    assert "&lt;b&gt;" in html
    assert "notice--bad" in html


def test_photo_without_a_picture_says_so() -> None:
    card = SimpleNamespace(
        title="Ball", url="/b/", image=None, price=None, is_from=False, availability="", facts="", ruler_mm=60
    )
    html = component("object", card=card)
    assert "Photograph to follow" in html
    assert 'svg width="13.6%"' in html
    assert "60 mm" in html


def test_what_is_missing_is_said_in_our_words_at_the_field_and_above() -> None:
    form = LetterForm({})
    assert "Please fill this in." in component("field", field=form["name"])
    assert "Please choose one." in component("field", field=form["delivery"])
    summary = component("form-errors", form=form)
    assert "Your name: Please fill this in." in summary
    assert "This field is required" not in summary


def test_address_has_one_name_for_a_field_everywhere() -> None:
    class AddressForm(forms.Form):
        line1 = forms.CharField(label="First line of address")

    form = AddressForm({})
    assert ">Address</label>" in component("address-fields", form=form)
    assert "Address: Please fill this in." in component("form-errors", form=form)
