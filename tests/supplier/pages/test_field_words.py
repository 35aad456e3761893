"""What our pages say about a field: each thing once, in our words."""

from typing import Any

import pytest
from django import forms
from django.core.validators import MaxLengthValidator
from oscar.apps.address.models import Country

from supplier.accounts.fields import OneLineField
from supplier.pages.field_words import problems_of


class Typed(forms.Form):
    name = forms.CharField(max_length=5, validators=[MaxLengthValidator(5)])
    kind = forms.ChoiceField(choices=[("a", "A")])
    where = forms.ModelChoiceField(Country.objects.none(), required=False)
    ours = OneLineField(max_length=5, required=False)
    many = forms.IntegerField(min_value=1, max_value=9, required=False)


def said(**typed: Any) -> dict[str, list[str]]:
    form = Typed({"name": "Ann", "kind": "a", **typed})
    return {field.name: problems_of(field) for field in form if field.errors}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "Ann Lee"}, "At most 5 characters fit here. Please make it shorter."),
        ({"name": "A\0"}, "There is an invisible character in it (NUL) that can’t be stored."),
        ({"name": ""}, "Please fill this in."),
        ({"kind": "b" * 5000}, "Please choose one of those that are listed."),
        ({"kind": ""}, "Please choose one."),
        ({"ours": "too long"}, "At most 5 characters fit here. Please make it shorter."),
        ({"many": "0"}, "Write 1 or more."),
        ({"many": "10"}, "Write 9 or less."),
        ({"ours": "a\nb"}, "This must be one line. Take out the line break."),
    ],
)
def test_problem_is_said_once_and_says_what_to_do(typed: dict[str, str], words: str) -> None:
    [[problem]] = said(**typed).values()

    assert problem.startswith(words)
    assert len(problem) < 120


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["ZZ", "Z\0"])
def test_unknown_row_is_told_without_repeating_it(code: str) -> None:
    [[problem]] = said(where=code).values()

    assert "valid" not in problem.replace("invisible", "")
