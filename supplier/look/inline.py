"""The style of letters, written onto their elements: many programs read no style sheet, and Outlook inherits little.

Plain hex and system faces. The colours are those of tokens.css (a test compares them); the dark half stands in
templates/emails/base.html, for programs that know `prefers-color-scheme`.
"""

import re

LIGHT = {
    "paper": "#eae5e1",
    "ink": "#251e19",
    "ink-soft": "#514943",
    "edge": "#726a64",
    "line": "#c2bdb9",
    "accent": "#473466",
    "on-accent": "#f7f5f1",
}
DARK = {
    "paper": "#1a1614",
    "ink": "#ece7e1",
    "ink-soft": "#b9b3ac",
    "edge": "#8c857e",
    "line": "#44403d",
    "accent": "#cabce6",
    "on-accent": "#1d1727",
}
SANS = "Optima, 'Gill Sans', 'Trebuchet MS', Arial, sans-serif"
SERIF = "Georgia, 'Times New Roman', serif"
TEXT = f"font: normal 18px/1.5 {SANS}; color: {LIGHT['ink']};"
CELL = f"border-top: 1px solid {LIGHT['line']}; padding: 10px 0; text-align: left; vertical-align: top; {TEXT}"

#: Element, or class after a dot, to its style. An element gets its own first, then those of its classes in this order.
STYLES = {
    "body": f"margin: 0; padding: 0; background: {LIGHT['paper']}; color: {LIGHT['ink']};",
    "p": "margin: 0 0 18px;",
    "h1": f"margin: 40px 0 24px; font: normal 34px/1.15 {SERIF}; letter-spacing: -0.3px; color: {LIGHT['ink']};",
    "h2": f"margin: 32px 0 12px; font: normal 24px/1.2 {SERIF}; color: {LIGHT['ink']};",
    "a": f"color: {LIGHT['ink']};",
    "strong": "font-weight: bold;",
    "blockquote": f"margin: 0 0 18px; padding: 0 0 0 16px; border-left: 3px solid {LIGHT['edge']};",
    ".mail__preheader": (
        "display: none; max-height: 0; max-width: 0; overflow: hidden; opacity: 0; mso-hide: all; font-size: 1px; "
        f"line-height: 1px; color: {LIGHT['paper']};"
    ),
    ".mail": f"background: {LIGHT['paper']}; {TEXT}",
    ".mail__edge": "padding: 32px 24px 48px;",
    ".mail__page": "max-width: 552px; text-align: left;",
    ".mail__text": TEXT,
    ".mail__mark": "font-size: 22px; letter-spacing: 1px;",
    ".mail__home": f"text-decoration: none; border-bottom: 1px solid {LIGHT['ink']}; padding-bottom: 3px;",
    ".mail__action": "margin: 8px 0 26px; border-collapse: separate;",
    ".mail__btn": f"background: {LIGHT['accent']}; border-radius: 2px; mso-padding-alt: 15px 28px;",
    ".mail__link": (
        f"display: inline-block; padding: 15px 28px; font: normal 18px/1.25 {SANS}; color: {LIGHT['on-accent']}; "
        "text-decoration: none; border-radius: 2px;"
    ),
    ".mail__lines": f"width: 100%; margin: 28px 0; border-collapse: collapse; {TEXT}",
    ".mail__caption": f"padding: 0 0 8px; text-align: left; color: {LIGHT['ink-soft']};",
    ".mail__cell": CELL,
    ".mail__sum": "padding-left: 12px; text-align: right; white-space: nowrap;",
    ".mail__total": f"border-bottom: 1px solid {LIGHT['line']}; font-size: 20px;",
    ".mail__foot": (
        f"margin: 40px 0 0; padding: 16px 0 0; border-top: 1px solid {LIGHT['line']}; "
        f"font: normal 16px/1.5 {SANS}; color: {LIGHT['ink-soft']};"
    ),
    ".nowrap": "white-space: nowrap;",
    ".mail__soft": f"color: {LIGHT['ink-soft']};",
}

OPENING = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
CLASSES = re.compile(r'\sclass="([^"]*)"')


def inline_styles(html: str) -> str:
    """`html` with a style on every element that STYLES knows. One that has a style of its own is left as it is."""
    return OPENING.sub(_styled, html)


def _styled(match: re.Match[str]) -> str:
    name, attributes = match.groups()
    found = CLASSES.search(attributes)
    classes = [f".{word}" for word in found.group(1).split()] if found else []
    style = " ".join(STYLES[key] for key in STYLES if key == name or key in classes)
    if not style or " style=" in attributes:
        return match.group(0)
    return f'<{name}{attributes} style="{style}">'
