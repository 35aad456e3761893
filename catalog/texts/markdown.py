"""Markdown in, a `Body` out. Called when a text is saved, never while a page is shown.

Notations besides plain Markdown with tables: links such as [text](product:SKU), `{{ product SKU }}` and
`{{ message }}` alone on a line, and [@key] for a note. Raw HTML and pictures are not part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .body import Block, Body, Step
from .rules import shop_notations
from .sanitise import SHOP_SCHEMES, sanitise
from .steps import items_of, split_item, split_title
from .tables import fold

# The longest article so far has 12,000 characters. Beyond this, parsing hostile text would take seconds.
MAX_CHARACTERS = 100_000

# Pages use these for their own parts.
_RESERVED_IDS = {"content", "menu", "message", "message-title", "notes", "toc", "related"}
_NOTE_ID = re.compile(r"[nr]\d+(-\d+)?")
_SHOP_LINK = re.compile(rf'href="((?:{"|".join(SHOP_SCHEMES)}):[^"]+)"')


class TextTooLong(ValueError):
    def __init__(self, length: int) -> None:
        message = _("This text has %(length)s characters. Shorten it to %(limit)s or split it into two.")
        super().__init__(message % {"length": f"{length:,}", "limit": f"{MAX_CHARACTERS:,}"})


def render(source: str) -> Body:
    """Raises TextTooLong; every other text gives a body, however odd it is."""
    if len(source) > MAX_CHARACTERS:
        raise TextTooLong(len(source))
    env: dict[str, Any] = {}
    blocks = tuple(_Blocks(_PARSER, env).of(_PARSER.parse(_tidy(source), env)))
    return Body(
        blocks=blocks,
        references=tuple(env.get("notes", ())),
        links=tuple(dict.fromkeys(unescape(link) for block in blocks for link in _SHOP_LINK.findall(block.html))),
        words=sum(len(strip_tags(block.html).split()) for block in blocks),
    )


def validate_markdown(source: str) -> None:
    """A validator for the field that holds a source."""
    if len(source) > MAX_CHARACTERS:
        raise ValidationError(str(TextTooLong(len(source))))


def _tidy(source: str) -> str:
    """PostgreSQL stores no NUL and UTF-8 has no lone surrogates; neither means anything in a text."""
    return source.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _parser() -> MarkdownIt:
    # Of the typographer only the quotation marks: its replacements would turn "(c)" and "(p)" into signs.
    md = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])
    md.disable(["image", "html_block", "html_inline"])
    return md.use(shop_notations)


_PARSER = _parser()


class _Blocks:
    """Cuts the tokens of a text into blocks at headings, cards, boxes and numbered lists."""

    def __init__(self, md: MarkdownIt, env: dict[str, Any]) -> None:
        self.md, self.env = md, env
        self.uses: Counter[str] = Counter(_RESERVED_IDS)

    def of(self, tokens: list[Token]) -> Iterator[Block]:
        plain: list[Token] = []
        for group in _top_level(tokens):
            block = self._special(group)
            if block is None:
                plain += group
                continue
            yield from self._html(plain)
            yield block
            plain = []
        yield from self._html(plain)

    def _special(self, group: list[Token]) -> Block | None:
        first = group[0]
        if first.type == "product":
            return Block("product", sku=first.content)
        if first.type == "message":
            return Block("message")
        if first.type == "heading_open" and first.tag in {"h1", "h2"}:
            return self._heading(group[1])
        if first.type == "table_open":
            return self._table(group)
        return self._steps(group) if first.type == "ordered_list_open" else None

    def _html(self, tokens: list[Token]) -> Iterator[Block]:
        html = sanitise(self._render(tokens)).strip()
        if html:
            yield Block("html", html=html)

    def _heading(self, inline: Token) -> Block:
        html = sanitise(self._render_inline(inline.children or []))
        title = "".join(child.content for child in inline.children or [] if child.type in {"text", "code_inline"})
        return Block("heading", html=html, id=self._free_id(title), title=title.strip())

    def _free_id(self, title: str) -> str:
        base = slugify(title)[:80] or "section"
        if _NOTE_ID.fullmatch(base):
            base = f"section-{base}"
        self.uses[base] += 1
        return base if self.uses[base] == 1 else f"{base}.{self.uses[base]}"

    def _table(self, tokens: list[Token]) -> Block:
        fold(tokens)
        return Block("html", html=sanitise(f'<div class="figures__wrap">{self._render(tokens)}</div>'))

    def _steps(self, tokens: list[Token]) -> Block | None:
        steps = [self._step(item) for item in items_of(tokens)]
        named = [step for step in steps if step]
        if not named or len(named) < len(steps):
            return None
        return Block("steps", html=sanitise(self._render(tokens)).strip(), steps=tuple(named))

    def _step(self, item: Sequence[Token]) -> Step | None:
        parts = split_item(item)
        if parts is None:
            return None
        title, time, minutes = split_title(sanitise(self._render_inline(parts[0])))
        text = f"<p>{self._render_inline(parts[1]).strip()}</p>" if parts[1] else ""
        return Step(title, time, minutes, sanitise(text + self._render(list(item[3:]))).strip())

    def _render(self, tokens: list[Token]) -> str:
        return str(self.md.renderer.render(tokens, self.md.options, self.env))

    def _render_inline(self, tokens: list[Token]) -> str:
        inline = Token("inline", "", 0, children=tokens)
        return str(self.md.renderer.render([inline], self.md.options, self.env))


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens that belong together: an opening one with everything up to its closing one."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0 and token.type != "inline":
            yield group
            group = []
