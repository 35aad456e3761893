"""Quote requests of the demo pass through the visitor's form, or are listed."""

from pathlib import Path

import pytest

from supplier.demo.loaders import quotes
from supplier.demo.loaders.report import Report
from supplier.outbox.models import Letter
from supplier.quotes.models import Quote
from tests.shop import make_product

pytestmark = pytest.mark.django_db

CONTENT = Path(quotes.__file__).resolve().parent.parent / "content"
HEAD = "key,name,email,company,country,sku,free_text,quantity,wished_net_price_gbp,line_note,deliver_by_days,note\n"


@pytest.fixture
def report():
    return Report()


def test_demo_requests_wait_on_the_desk_without_letters(report, settings):
    settings.EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"
    product = make_product("Thumb Saver Cradle, M", sku="SH-DTT-03-M")
    quotes.load(CONTENT, report)

    assert report.problems == []
    assert Quote.objects.to_price().count() == 6
    first = Quote.objects.get(email="hannah@pryce-massage.example")
    assert first.lines.get(position=1).product == product
    assert first.wished_on is not None
    hotel = Quote.objects.get(email="skearney@loughrae-house.example")
    assert hotel.time_zone == "Europe/Dublin"
    assert not Letter.objects.exists()


def test_unknown_number_becomes_a_line_in_words(report):
    quotes.load(CONTENT, report)

    line = Quote.objects.get(email="pieter@massageschool.example").lines.get(position=1)
    assert (line.product, line.text, line.quantity) == (None, "SH-XXX-99", 12)
    assert "wooden foot roller" in line.note


def test_second_run_changes_nothing_and_says_so(report):
    quotes.load(CONTENT, Report())
    quotes.load(CONTENT, report)

    assert Quote.objects.count() == 6
    assert report.summary() == "quote request: 6 unchanged"


def test_refused_rows_are_listed_with_their_lines_and_hold_back_their_request(report, tmp_path):
    rows = "a,Ann,ann@a.example,,GB,,rollers,0,,,21,\na,Ann,ann@a.example,,GB,,stones,abc,,,21,\n"
    (tmp_path / quotes.FILE).write_text(
        HEAD + rows + "b,Bob,no address,,GB,,oil,2,,,soon,\nc,C,c@c.example,,GB,,x,1,,,5,\n"
    )
    quotes.load(tmp_path, report)

    assert [quote.name for quote in Quote.objects.all()] == ["C"]
    told = [(problem.line, problem.reason.split(":")[1].strip()) for problem in report.problems]
    assert told == [(2, "quantity"), (3, "quantity"), (4, "email"), (4, "wished_on")]
