"""The second lock on our texts. Markdown already lets no raw HTML through; nh3 keeps only what is listed here."""

import nh3

SHOP_SCHEMES = ("product", "category", "technique", "article", "page")

TAGS = {
    *(
        "p",
        "br",
        "hr",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "a",
        "ul",
        "ol",
        "li",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id", "aria-label"},
    "ol": {"start"},
    "td": {"data-label"},
    "th": {"scope"},
}
CLASSES = {"a": {"note"}, "div": {"figures__wrap"}, "table": {"figures", "figures--text"}}

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    # Addresses of the shop stay as they were written (product:SKU) until the page is shown.
    url_schemes={"http", "https", "mailto", "tel", *SHOP_SCHEMES},
    link_rel=None,
)


def sanitise(html: str) -> str:
    return _CLEANER.clean(html)
