"""The shop's notations as rules for markdown-it: product cards, the message box and notes.

A rule never looks anything up: it only turns what is written into tokens that `markdown.py` makes blocks of.
"""

import re
from collections import Counter
from collections.abc import MutableMapping
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_KEY = r"@[A-Za-z][\w-]{0,79}"
_NOTE = re.compile(rf"\[\s*({_KEY}(?:\s*;\s*{_KEY})*)\s*\]")
_INSERT = re.compile(r"\{\{[ \t]*(?:(message)|product[ \t]+([A-Za-z0-9][\w.-]{0,63}))[ \t]*\}\}[ \t]*$")
_CLOSES_BEFORE_NOTE = ".,;:"


def shop_notations(md: MarkdownIt) -> None:
    """Plugin for markdown-it: `md.use(shop_notations)`."""
    md.block.ruler.before("hr", "insert", _insert, {"alt": ["paragraph", "blockquote", "list"]})
    md.inline.ruler.before("link", "note", _note)
    md.add_render_rule("note", _render_note)


def _insert(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`{{ product SKU }}` or `{{ message }}` alone on a line that stands outside lists and quotations."""
    if state.level or state.is_code_block(start_line):
        return False
    line = state.src[state.bMarks[start_line] + state.tShift[start_line] : state.eMarks[start_line]]
    match = _INSERT.match(line)
    if not match:
        return False
    if not silent:
        state.line = start_line + 1
        token = state.push("message" if match[1] else "product", "", 0)
        token.content = match[2] or ""
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """`[@key]` or `[@key; @other]`: numbers that point to the references below the text."""
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    state.pos = match.end()
    if not silent:
        _stand_after_punctuation(state)
        for key in match[1].split(";"):
            _push_note(state, key.strip().removeprefix("@"))
    return True


def _stand_after_punctuation(state: StateInline) -> None:
    """Writers put "[@key]." and readers expect the number after the full stop, without a space before it."""
    state.pending = state.pending.rstrip(" ")
    if state.pos < state.posMax and state.src[state.pos] in _CLOSES_BEFORE_NOTE:
        state.pending += state.src[state.pos]
        state.pos += 1


def _push_note(state: StateInline, key: str) -> None:
    numbers: dict[str, int] = state.env.setdefault("notes", {})
    number = numbers.setdefault(key, len(numbers) + 1)
    uses: Counter[str] = state.env.setdefault("note_uses", Counter())
    uses[key] += 1
    token = state.push("note", "a", 0)
    # The first note is the one that "Back to the text" leads to.
    token.meta = {"number": number, "id": f"r{number}" if uses[key] == 1 else f"r{number}-{uses[key]}"}


def _render_note(
    renderer: RendererProtocol, tokens: list[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    number, anchor = tokens[index].meta["number"], escape(tokens[index].meta["id"])
    return f'<a class="note" id="{anchor}" href="#n{number}" aria-label="Note {number}">{number}</a>'
