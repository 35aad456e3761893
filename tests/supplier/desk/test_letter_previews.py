"""Every letter that the shop writes has a preview with sample data, and looks like the others."""

import html as html_library
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client

from supplier.accounts.letters import Sample
from supplier.desk.letter_samples import all_samples

from .conftest import MISSING

pytestmark = pytest.mark.django_db

TEMPLATES = Path(project.BASE_DIR) / "templates"
SAMPLES = list(all_samples().values())
#: What Gmail shows before it cuts a letter off.
GMAIL_BYTES = 102_000

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def html_of(sample: Sample) -> str:
    return str(sample.make().alternatives[0].content)


def names(folder: str, ending: str) -> set[str]:
    return {path.name.removesuffix(ending) for path in (TEMPLATES / folder).glob(f"*{ending}")}


def test_every_letter_has_a_sample() -> None:
    ours = names("emails", "-subject.txt")
    oscars = {name.removeprefix("commtype_") for name in names("oscar/communication/emails", "_subject.txt")}
    assert {sample.template for sample in SAMPLES} == ours | oscars


def test_every_letter_has_a_subject_a_text_and_html() -> None:
    assert names("emails", "-subject.txt") == names("emails", "-text.txt") == names("emails", "-html.html")
    folder = "oscar/communication/emails"
    assert names(folder, "_subject.txt") == names(folder, "_body.txt") == names(folder, "_body.html")


@each_sample
def test_a_letter_misses_no_variable(sample: Sample, tells_missing: None) -> None:
    letter = sample.make()
    assert MISSING not in letter.subject + letter.body + html_of(sample)


@each_sample
def test_a_letter_is_one_of_ours(sample: Sample) -> None:
    html = html_of(sample)
    assert html.startswith("<!doctype html>")
    assert len(re.findall(r"<h1\b", html)) == 1
    assert len(re.findall(r'class="mail__link"', html)) <= 1, "one action a letter"
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "<img" not in html
    assert "<script" not in html
    assert len(html.encode()) < GMAIL_BYTES


@each_sample
def test_each_element_carries_its_style(sample: Sample) -> None:
    unstyled = re.findall(r"<(?:p|h1|h2|a|td|th)\b(?![^>]*\sstyle=)[^>]*>", html_of(sample))
    assert [tag for tag in unstyled if tag != "<td>"] == [], "only Outlook's own frame has a bare cell"


@each_sample
def test_the_list_of_letters_shows_a_sentence_of_its_own(sample: Sample) -> None:
    """The preheader: not empty, and not what the subject says already."""
    shown = re.search(r'class="mail__preheader"[^>]*>(.*?)&#847;', html_of(sample), re.DOTALL)
    assert shown
    assert len(shown.group(1).strip()) > 15
    assert shown.group(1).strip() != sample.make().subject


@each_sample
def test_the_text_half_reads_well_and_leads_to_the_same_places(sample: Sample) -> None:
    letter = sample.make()
    assert "\n\n\n" not in letter.body.strip()
    assert not re.search(r"<[a-z]|&(?:amp|#39|quot|lt|gt);", letter.body), "no HTML in the text"
    assert not re.search(r"[ \t]+$", letter.body.replace("\n-- \n", "\n"), re.MULTILINE)
    button = re.search(r'class="mail__link" href="([^"]+)"', html_of(sample))
    assert button is None or html_library.unescape(button.group(1)) in letter.body


@each_sample
def test_the_words_are_plain(sample: Sample) -> None:
    letter = sample.make()
    assert letter.subject
    assert len(letter.subject) <= 78
    assert "\n" not in letter.subject
    assert "!" not in letter.subject + letter.body


@each_sample
def test_staff_see_a_letter_in_both_schemes_with_its_text_beside(sample: Sample, clerk: Client) -> None:
    page = clerk.get(f"/desk/letters/preview/{sample.name}/?size=desk&scheme=dark").content.decode()
    assert f'src="/desk/letters/preview/{sample.name}/html/?scheme=dark"' in page
    assert html_library.escape(sample.make().subject) in page
    assert 'class="preview preview--desk"' in page


def test_the_html_alone_may_style_itself_and_nothing_else(clerk: Client) -> None:
    answer = clerk.get("/desk/letters/preview/order-paid/html/?scheme=dark")
    rules = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == "'unsafe-inline'"
    assert rules["frame-ancestors"] == "'self'"
    assert "allow-scripts" not in rules["sandbox"]
    assert "allow-same-origin" not in rules["sandbox"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe-inline" not in clerk.get("/desk/letters/preview/order-paid/")["Content-Security-Policy"]


def test_the_scheme_is_forced_by_the_address_not_by_the_screen(clerk: Client) -> None:
    dark = clerk.get("/desk/letters/preview/order-paid/html/?scheme=dark").content.decode()
    light = clerk.get("/desk/letters/preview/order-paid/html/?scheme=%00").content.decode()
    assert "@media all {" in dark
    assert "@media not all {" in light
    assert "prefers-color-scheme: dark" not in dark + light


def test_the_list_names_every_letter_by_its_subject(clerk: Client) -> None:
    page = clerk.get("/desk/letters/preview/").content.decode()
    for sample in SAMPLES:
        assert f'href="/desk/letters/preview/{sample.name}/"' in page
        assert html_library.escape(sample.make().subject) in page


def test_an_unknown_letter_is_not_found(clerk: Client) -> None:
    for path in ("nothing/", "nothing/html/", "..%2Forder-paid/", "order-paid%00/"):
        assert clerk.get(f"/desk/letters/preview/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "order-paid/", "order-paid/html/"])
def test_only_staff_see_the_previews(client: Client, clinic_buyer: Any, path: str) -> None:
    address = f"/desk/letters/preview/{path}"
    assert client.get(address)["Location"].startswith("/accounts/login/")
    client.force_login(clinic_buyer)
    assert client.get(address).status_code == 403


def test_looking_at_samples_writes_and_sends_nothing(clerk: Client) -> None:
    from django.core import mail

    from supplier.outbox.models import Letter

    clerk.get("/desk/letters/preview/")
    assert not Letter.objects.exists()
    assert getattr(mail, "outbox", []) == []
