"""Which files make up which stylesheet, and in which order: the only list of them.

A page links a sheet with {% sheet "shop" %}. From the source tree each file is linked by itself; in production
collectstatic has joined them (storage.py), so that a page waits for one file.
"""

import re

#: Sheet: the names of its files in static/css. Within a layer, a later file wins over an earlier one.
SHEETS: dict[str, tuple[str, ...]] = {
    # Every page, the desk's too.
    "shop": (
        "layers",  # first: it says in which order the layers win
        "reset",
        "fonts",
        "tokens",
        "base",
        "layout",
        # what frames a page
        "mark",
        "header",
        "menu",
        "crumbs",
        "notice",
        "footer",
        "messages",
        "pagination",
        # what one can press or fill in
        "button",
        "form",
        "field",
        "choice",
        "message-box",
        "thread",
        # tools
        "photo",
        "ruler",
        "price",
        "object",
        "index-list",
        "gallery",
        "zoom",
        "buy",
        "review",
        "spec",
        "fold",
        "search",
        "suggest",
        "filters",
        "results",
        "needs",
        # basket, orders, quotes
        "lines",
        "stepper",
        "figures",
        "way",
        "quote",
        "ask",
        "panel",
        "todo",
        "account",
        # texts
        "article",
        "notes",
        "steps",
        "technique",
        "feature",
        "trio",
        # single pages
        "home",
        "basket",
        "checkout",
        "pages",
        # last
        "utilities",
        "print",
    ),
    # Besides "shop", on the staff's pages.
    "desk": ("desk", "price-table", "preview", "styleguide"),
    # Besides Django's own, in the admin.
    "admin": ("admin",),
}

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_START = re.compile(r"\n\s*")


def files_of(sheet: str) -> list[str]:
    """Static names, in order. Raises KeyError for a sheet that isn't in the list."""
    return [f"css/{name}.css" for name in SHEETS[sheet]]


def joined_name(sheet: str) -> str:
    """In the folder of the files, so that their relative url() stay right."""
    return f"css/sheet-{sheet}.css"


def join(texts: list[str]) -> str:
    """One text without comments and indentation; they are for us, not for the visitor's line."""
    return LINE_START.sub("\n", COMMENT.sub("", "\n".join(texts))).strip() + "\n"
