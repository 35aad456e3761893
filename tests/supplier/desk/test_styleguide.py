"""The styleguide is whole: every component and every stylesheet is shown, from samples made in code."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from supplier.desk.styleguide import tokens
from supplier.desk.styleguide.registry import ENTRIES, GROUND, ON_THEIR_PAGE, WITHOUT_SAMPLE
from supplier.look.colours import colours
from supplier.look.sheets import SHEETS

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ADDRESS = "/desk/styleguide/"
#: Tags of "components" that render a component by themselves.
TAGS = {"{% photo ": "photo", "{% ruler ": "ruler", "{% message_box ": "message-box"}
#: Our own HTML with its states, to be seen in these samples.
STATES = {
    "button": ("btn--quiet", "btn--wide", "btn--small", " disabled", "act--go"),
    "notice": ('kind="bad"', 'kind="warn"', 'kind="good"', 'kind="you"', "state--good", "state--warn", "state--bad"),
    "price": ("is_from", "was=", "without_vat", "stock--in", "stock--few", "stock--none"),
    "object": ("four=True", "line=True"),
    "spec": ("<details", "open>"),
    "figures": ("<del>", "<ins>", "figures__total"),
    "choice": ("checked", "disabled", "choice__more"),
}


def shown_components() -> set[str]:
    texts = " ".join((TEMPLATES / entry.template).read_text() for entry in ENTRIES)
    by_tag = {name for tag, name in TAGS.items() if tag in texts}
    included = set(re.findall(r'"components/([\w-]+)\.html"', texts)) | by_tag
    while more := {name for one in included for name in _included_by(one)} - included:
        included |= more
    return included


def _included_by(name: str) -> list[str]:
    return re.findall(r'"components/([\w-]+)\.html"', (TEMPLATES / f"components/{name}.html").read_text())


def test_every_component_is_shown() -> None:
    known = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    missing = known - shown_components() - set(WITHOUT_SAMPLE)
    assert missing == set(), "write templates/desk/styleguide/<name>.html and an Entry in its registry"
    assert set(WITHOUT_SAMPLE) <= known, "an exception for what is gone"


def test_every_stylesheet_is_shown_once_or_seen_on_its_page() -> None:
    shown = [name for entry in ENTRIES for name in entry.css]
    listed = [*SHEETS["shop"], *SHEETS["desk"]]
    seen = [*shown, *GROUND, *ON_THEIR_PAGE]
    assert set(listed) - set(seen) == set(), "name it in an Entry, or in ON_THEIR_PAGE, of the styleguide's registry"
    assert set(seen) - set(listed) == set(), "it is gone from supplier/look/sheets.py"
    assert len(seen) == len(set(seen)), "shown twice"


def test_every_entry_has_its_template_and_no_other_lies_there() -> None:
    names = {path.stem for path in (TEMPLATES / "desk/styleguide").glob("*.html")}
    assert names - {"page", "tokens"} == {entry.name for entry in ENTRIES}


@pytest.mark.parametrize("name", STATES)
def test_samples_show_each_state(name: str) -> None:
    text = (TEMPLATES / f"desk/styleguide/{name}.html").read_text()
    assert [state for state in STATES[name] if state not in text] == []


def test_every_colour_has_its_use_and_keeps_its_contrast() -> None:
    assert set(tokens.USES) == set(colours("light"))
    assert [token.name for token in tokens.colour_tokens() if not token.is_kept] == []


def test_sizes_and_spaces_are_those_of_the_tokens() -> None:
    text = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
    assert tuple(re.findall(r"--((?:size|title)-\w+):", text)) == tokens.SIZES
    assert tuple(re.findall(r"--(s\d):", text)) == tokens.SPACES


@pytest.mark.django_db
def test_the_page_shows_every_entry_and_asks_for_no_sample_row(
    clerk: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):  # who is asking and what they may do
        page = clerk.get(ADDRESS).content.decode()
    for entry in ENTRIES:
        assert f'id="c-{entry.name}"' in page
    assert "#473466" in page
    assert "#cabce6" in page
    assert "too little contrast" not in page


@pytest.mark.django_db
def test_ids_of_samples_do_not_meet(clerk: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', clerk.get(ADDRESS).content.decode())
    assert sorted(name for name in set(ids) if ids.count(name) > 1) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "expected"), [("?scheme=dark", "dark"), ("?scheme=light", "light")])
def test_the_scheme_is_switched_by_a_link(clerk: Client, query: str, expected: str) -> None:
    page = clerk.get(ADDRESS + query).content.decode()
    assert f'class="wrap desk scheme--{expected}"' in page
    assert f'href="?scheme={expected}" aria-current="true"' in page


@pytest.mark.django_db
def test_an_unknown_scheme_is_that_of_the_screen(clerk: Client) -> None:
    assert 'class="wrap desk"' in clerk.get(ADDRESS + "?scheme=%3Cb%3E%00").content.decode()


@pytest.mark.django_db
def test_only_staff_see_it_and_more_leads_there(client: Client, clinic_buyer: Any, sales_clerk: Any) -> None:
    assert client.get(ADDRESS)["Location"].startswith("/accounts/login/")
    client.force_login(clinic_buyer)
    assert client.get(ADDRESS).status_code == 403
    client.force_login(sales_clerk)
    assert f'href="{ADDRESS}"' in client.get("/desk/more/").content.decode()
