"""Texts on pages: `{% body … %}` prints one whole, `{% show_text … as text %}` hands out its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from catalog.catalogue.cards import Card
from catalog.texts.body import Body
from catalog.texts.display import ShownBlock, Text, show, strategy_of
from catalog.texts.structured import item_list, script
from supplier.accounts.letters import absolute_url

register = template.Library()


@register.simple_tag(takes_context=True)
def show_text(context: Context, body: Mapping[str, Any] | Body | None) -> Text:
    """Its .blocks, .sections, .headings and .has_message, for pages that lay a text out themselves."""
    body = body if isinstance(body, Body) else Body.from_json(body)
    return show(body, strategy=strategy_of(context.get("request")))


@register.inclusion_tag("texts/blocks.html", takes_context=True)
def body(
    context: Context, body: Mapping[str, Any] | Body | Text | None, *, about: str = "", steps: bool = False
) -> Any:
    """A text with its cards, and the message box at its end if it has one. about: what such a message is about."""
    text = body if isinstance(body, Text) else show_text(context, body)
    last = (ShownBlock("message"),) if text.has_message and not isinstance(body, Text) else ()
    return _blocks_context(context, (*text.blocks, *last), about=about, steps=steps)


@register.inclusion_tag("texts/blocks.html", takes_context=True)
def blocks(context: Context, blocks: tuple[ShownBlock, ...], *, about: str = "", steps: bool = False) -> Any:
    """Blocks of a section of a text. steps: draw routines with their minutes, instead of as plain lists."""
    return _blocks_context(context, blocks, about=about, steps=steps)


def _blocks_context(context: Context, blocks: tuple[ShownBlock, ...], *, about: str, steps: bool) -> dict[str, Any]:
    request = context.get("request")
    return {"blocks": blocks, "about": about, "steps_with_time": steps, "request": request}


@register.simple_tag
def cards_data(cards: Iterable[Card | None] | None) -> SafeString | str:
    """A list of tools, in its order, as structured data; nothing for an empty one."""
    entries = [(card.title, absolute_url(card.url)) for card in cards or () if card]
    return script(item_list(entries)) if entries else ""


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """Structured data as a script element; safe whatever the data holds."""
    return script(data)
