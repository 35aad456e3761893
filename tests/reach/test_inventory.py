"""Nothing that a customer can reach is left unlooked at: the list of pages is made from the URLs themselves.

A new address with known arguments is covered by every test of this folder without anybody adding it. One that can't be
reached with what `furnish` makes fails here until `furnish` makes it or NO_PAGE says why it shows none.
"""

import re

import pytest

from tests.reach.looking import Found

#: pytest-django makes a database only where a test is marked.
pytestmark = pytest.mark.django_db

LEADS_ON = "a form is sent here; who only looks is led to the page that it stands on"
#: Addresses that show no page of their own to anybody who just looks.
NO_PAGE: dict[str, str] = {
    "accounts/messages/<str:reference>/": "a thread has one page, behind its link",
    "accounts/notifications/": "leads to the inbox",
    "accounts/orders/<str:order_number>/": "an order has one page, behind its link",
    "accounts/quotes/<str:reference>/acceptance/": LEADS_ON,
    "accounts/quotes/<str:reference>/order/": "leads to the quote, or to its order",
    "accounts/quotes/<str:reference>/refusal/": LEADS_ON,
    "basket/add/<int:pk>/": LEADS_ON,
    "basket/lines/<int:pk>/": LEADS_ON,
    "basket/lines/<int:pk>/removal/": LEADS_ON,
    "basket/lines/<int:pk>/saving/": LEADS_ON,
    "basket/saved/<int:pk>/": LEADS_ON,
    "basket/saved/<int:pk>/removal/": LEADS_ON,
    "basket/vouchers/add/": LEADS_ON,
    "checkout/return/": "Stripe leads back here; leads to the order",
    "q/<str:token>/order/": "leads to the quote, or to its order",
    "q/<str:token>/refusal/": LEADS_ON,
}
#: What Oscar's own pages are made of: class names of Bootstrap and Font Awesome (ours have two hyphens or underscores).
FOREIGN_CLASS = re.compile(
    r"(?:btn|col|card|alert|table|nav|navbar|badge|form|list|page|breadcrumb|dropdown|img|text|bg|[mp][trblxy]?)"
    r"-(?!-)[\w-]+|fa[sbr]?|fa-.+|breadcrumb|pagination|container(?:-fluid)?|well|jumbotron"
)
FOREIGN_FILES = ("jquery", "bootstrap", "/static/oscar/")


def test_every_address_shows_a_page_or_says_why_not(found: Found) -> None:
    silent = {route for route, kinds in found.kinds().items() if not kinds & {"page", "file", "action"}}
    assert silent - NO_PAGE.keys() == set(), "make it reachable in tests/reach/furnish.py, or say why in NO_PAGE"
    assert NO_PAGE.keys() - silent == set(), "NO_PAGE names addresses that show a page or are gone"


def test_every_page_is_written_by_us(found: Found) -> None:
    """No template of Oscar or of any other package takes part, not even a fragment."""
    foreign = {page.name: page.foreign_templates for page in found.pages}
    assert {name: templates for name, templates in foreign.items() if templates} == {}


def test_no_page_holds_what_oscars_pages_are_made_of(found: Found) -> None:
    marked = {page.name: _foreign_marks(page.html) for page in found.pages if not page.foreign_templates}
    assert {name: marks for name, marks in marked.items() if marks} == {}


def _foreign_marks(html: str) -> set[str]:
    classes = {name for names in re.findall(r'\sclass="([^"]*)"', html) for name in names.split()}
    return {name for name in classes if FOREIGN_CLASS.fullmatch(name)} | {
        name for name in FOREIGN_FILES if name in html.lower()
    }


def test_forms_that_came_back_say_what_to_mend(found: Found) -> None:
    """The list holds pages in their bad states too, not only as they look when all is well."""
    assert len([page for page in found.pages if "to mend before we go on" in page.html]) >= 8
