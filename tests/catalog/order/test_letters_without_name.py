"""Letters to somebody whose name nobody knows."""

from typing import Any

import pytest
from django.template.loader import render_to_string

CONTEXT: dict[str, Any] = {
    "order": {"number": "100042"},
    "shipment": {"carrier": "Royal Mail"},
    "title": "Jade Hand Roller",
    "company": {"name": "Stillhand Ltd", "address": "1 Example Street"},
}


@pytest.mark.parametrize("form", ["html.html", "text.txt"])
@pytest.mark.parametrize(
    ("letter", "first"),
    [
        ("order-paid", "our order"),
        ("order-shipped", "our order"),
        ("order-payment-failed", "our bank"),
        ("stock-alert-back", "ou asked"),
    ],
)
def test_letter_without_a_greeting_begins_with_a_capital(letter: str, first: str, form: str) -> None:
    def written(name: str) -> str:
        return render_to_string(f"emails/{letter}-{form}", {**CONTEXT, "name": name})

    assert f"Y{first}" in written("")
    assert f"y{first}" not in written("").replace("in your order", "")
    assert "Dear Rosa," in written("Rosa")
