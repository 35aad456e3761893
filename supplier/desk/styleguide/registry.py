"""What the styleguide shows. A component that is in no entry fails a test, so this list is whole.

An entry is a template of its own, templates/desk/styleguide/<name>.html, which includes the component in each state.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """`css`: the files of static/css/ whose components it shows."""

    name: str
    title: Any
    css: tuple[str, ...]

    @property
    def template(self) -> str:
        return f"desk/styleguide/{self.name}.html"


ENTRIES = (
    Entry("button", _("Button, and a word that acts"), ("button",)),
    Entry("field", _("Field and form"), ("field", "form")),
    Entry("choice", _("Choice"), ("choice",)),
    Entry("stepper", _("How many"), ("stepper",)),
    Entry("search", _("Search"), ("search",)),
    Entry("suggest", _("Suggestions"), ("suggest",)),
    Entry("filters", _("Filters, chips, order"), ("filters", "results")),
    Entry("message-box", _("Message box"), ("message-box",)),
    Entry("thread", _("Conversation"), ("thread",)),
    Entry("notice", _("Notice and words of state"), ("notice", "messages")),
    Entry("way-back", _("Trail and pages of a list"), ("crumbs", "pagination")),
    Entry("photo", _("Photograph and ruler"), ("photo", "ruler")),
    Entry("price", _("Price and stock"), ("price",)),
    Entry("object", _("A tool"), ("object",)),
    Entry("index-list", _("A list to walk along"), ("index-list",)),
    Entry("review", _("Review"), ("review",)),
    Entry("spec", _("Facts and sums"), ("spec", "fold")),
    Entry("lines", _("What is bought"), ("lines",)),
    Entry("figures", _("Table of figures"), ("figures",)),
    Entry("way", _("How far it is"), ("way",)),
    Entry("quote", _("Whose turn it is"), ("quote", "panel")),
    Entry("todo", _("Something that waits"), ("todo",)),
    Entry("article", _("Running text, notes and steps"), ("article", "notes", "steps")),
)

#: Not components: the ground they stand on, shown by the tokens and by every page.
GROUND = ("layers", "reset", "fonts", "tokens", "base", "layout", "utilities", "print")

#: Parts of one page, too large or too much bound to it to stand here: file to the address where they are seen.
ON_THEIR_PAGE = {
    "header": "/",
    "menu": "/",
    "mark": "/",
    "footer": "/",
    "home": "/",
    "trio": "/",
    "feature": "/journal/",
    "technique": "/techniques/",
    "gallery": "/products/",
    "buy": "/products/",
    "zoom": "/products/",
    "needs": "/",
    "basket": "/basket/",
    "checkout": "/checkout/",
    "pages": "/search/",
    "account": "/accounts/",
    "ask": "/wholesale/",
    "desk": "/desk/",
    "price-table": "/desk/quotes/",
    "preview": "/desk/letters/preview/",
    "styleguide": "/desk/styleguide/",
}

#: Templates of templates/components/ that show nothing of their own: the head of a page, its header and footer, and the
#: search field of pages without the list of addresses, which looks like the other one.
WITHOUT_SAMPLE = (
    *("bare-search", "canonical", "opengraph", "htmx"),
    *("header", "header-basket", "header-entry", "footer", "mark"),
)
