"""The demo's messages, harmless and hostile ones: which the form refuses, and that all others are kept as typed."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from supplier.accounts.text import several_lines
from supplier.demo.loaders import inquiries
from supplier.demo.loaders.report import Report
from supplier.inquiries.models import Inquiry, InquiryLink, State
from supplier.outbox.models import Letter

CONTENT = Path(settings.BASE_DIR) / "supplier/demo/content"
REFUSED = {
    "inquiry-18": "line break",  # header injection in name and company
    "inquiry-24": "At most 200 characters",  # a name of 348 characters
}
QUARANTINED = {"growth@rank-boost.example", "accounts@stіllhand.example"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """A browser (the other tests of the demo call Stripe's client so)."""
    return Client()


@pytest.fixture
def report() -> Report:
    report = Report()
    inquiries.load(CONTENT, report)
    return report


def kept_rows() -> list[dict[str, str]]:
    return [row for _line, row in inquiries.rows(CONTENT / inquiries.FILE) if row["key"] not in REFUSED]


def test_exactly_the_unfit_rows_are_refused_with_their_line_and_reason(report: Report) -> None:
    told = {problem.reason.split(":")[0]: problem for problem in report.problems}
    assert told.keys() == REFUSED.keys()
    lines = (CONTENT / inquiries.FILE).read_bytes().split(b"\n")
    for key, words in REFUSED.items():
        assert words in told[key].reason
        assert lines[told[key].line - 1].startswith(key.encode())


def test_all_other_rows_are_kept_as_typed(report: Report) -> None:
    kept = {inquiry.email: inquiry for inquiry in Inquiry.objects.prefetch_related("messages")}
    rows = kept_rows()
    assert len(rows) == len(kept) == 22
    for row in rows:
        inquiry = kept[row["email"]]
        assert inquiry.messages.all()[0].text == several_lines(row["message"])
        assert (inquiry.country, inquiry.kind) == (row["country"], row["kind"])
        assert f"{inquiry.context_kind}:{inquiry.context_key}" == row["context"]
        if row["key"] != "inquiry-22":
            assert (inquiry.name, inquiry.company) == (row["name"], row["company"])
            assert several_lines(row["message"]) == row["message"].strip()


def test_of_control_and_direction_characters_only_the_harmful_are_left_out(report: Report) -> None:
    noah = Inquiry.objects.get(email="noah.stone@post.example")
    text = noah.messages.get().text
    assert noah.company == "StonednoS ybbaB Ltd"
    assert "[][][][][[31mred[0m][][]." in text
    assert "soft\u00adhyphen, line\nseparator, para\n\nseparator, bidi override," in text
    assert Inquiry.objects.matching("Noah Stone").get() == noah


def test_spam_and_forgery_wait_in_quarantine_all_others_for_an_answer(report: Report) -> None:
    assert set(Inquiry.objects.quarantined().values_list("email", flat=True)) == QUARANTINED
    assert Inquiry.objects.filter(state=State.NEW).count() == 20


def test_no_letter_is_written(report: Report) -> None:
    assert not Letter.objects.exists()


def test_loading_again_changes_nothing_and_says_so(report: Report) -> None:
    again = Report()
    inquiries.load(CONTENT, again)
    assert again.summary() == "message: 22 unchanged"
    assert Inquiry.objects.count() == 22


def test_every_row_is_shown_as_typed_on_its_link_and_on_the_desk(
    report: Report, client: Client, sales_clerk: Any
) -> None:
    client.force_login(sales_clerk)
    for inquiry in Inquiry.objects.all():
        link = client.get(f"/m/{InquiryLink.objects.issue(inquiry=inquiry)}/").content.decode()
        desk = client.get(f"/desk/messages/{inquiry.reference}/").content.decode()
        for page in (link, desk):
            assert "<svg/onload" not in page
            assert "<script>alert" not in page
            assert 'href="https://stіllhand' not in page
            assert 'href="http://rank-boost' not in page


def test_forged_address_is_spelt_out_for_staff(report: Report, client: Client, sales_clerk: Any) -> None:
    client.force_login(sales_clerk)
    forged = Inquiry.objects.get(email="accounts@stіllhand.example")
    assert "accounts@xn--" in client.get(f"/desk/messages/{forged.reference}/").content.decode()


def test_lists_show_all_rows_without_an_error(report: Report, client: Client, sales_clerk: Any) -> None:
    client.force_login(sales_clerk)
    page = client.get("/desk/messages/?show=all").content.decode()
    for inquiry in Inquiry.objects.all():
        assert inquiry.reference in page
