from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from catalog.partner.strategy import PublicStrategy
from catalog.texts.markdown import render
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def print_template(rf: RequestFactory) -> Any:
    def print_template(template: str, source: str) -> str:
        request = rf.get("/")
        request.strategy = PublicStrategy(None)  # type: ignore[attr-defined]
        body = render(source).to_json()
        return Template("{% load texts %}" + template).render(Context({"request": request, "stored": body}))

    return print_template


def test_whole_text_prints_cards_headings_and_one_box_at_its_end(print_template: Any) -> None:
    make_tool("SH-1")
    source = "{{ message }}\n\n## One & two\n\n{{ product SH-1 }}\n\n{{ product SH-2 }}\n\nLast.\n\n{{ message }}"
    html = print_template('{% body stored about="page:test" %}', source)

    assert '<h2 id="one-two">One &amp; two</h2>' in html
    assert "Tool SH-1</a>" in html
    assert "This tool is no longer in the shop." in html
    assert html.count('value="page:test"') == 1
    assert html.index("Last.") < html.index('value="page:test"')


def test_sections_print_routines_with_their_minutes_when_asked(print_template: Any) -> None:
    source = "## Steps\n\n1. **Warm *up* (1 minute).** Rub.\n2. **Stop.**"
    template = "{% show_text stored as text %}{% for s in text.sections %}{% blocks s.blocks steps=STEPS %}{% endfor %}"
    with_time = print_template(template.replace("STEPS", "True"), source)
    plain = print_template(template.replace("STEPS", "False"), source)

    assert "<h3>Warm <em>up</em></h3>" in with_time
    assert "<span>1 minute</span>" in with_time
    assert "<li><strong>Warm <em>up</em> (1 minute).</strong> Rub.</li>" in plain


def test_nothing_stored_prints_nothing() -> None:
    assert Template("{% load texts %}{% body stored %}").render(Context({"stored": None})).strip() == ""
