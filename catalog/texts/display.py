"""Adds to a saved text what may change at any minute: addresses in the shop and product cards.

However long the text is: one query for each kind of page it links to, and a fixed number for all its products.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from catalog.catalogue.cards import Card, product_cards
from catalog.catalogue.models import Product

from . import links
from .body import Block, Body, Heading, Step
from .sanitise import SHOP_SCHEMES

_SHOP_LINK = re.compile(
    rf'<a (?P<before>[^>]*?)href="(?P<link>(?:{"|".join(SHOP_SCHEMES)}):[^"]*)"(?P<after>[^>]*)>(?P<text>.*?)</a>',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of a body, its html and steps ready to print; card is None where the product can't be shown."""

    kind: str
    html: str = ""
    id: str = ""
    title: str = ""
    steps: tuple[Step, ...] = ()
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class ShownSection:
    heading: Heading | None
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A body on its way to a page. The message box is not among its blocks: a page has one, below everything."""

    body: Body
    blocks: tuple[ShownBlock, ...]
    has_message: bool
    cards: Mapping[str, Card] = field(default_factory=dict)

    @property
    def headings(self) -> list[Heading]:
        return self.body.headings

    @property
    def sections(self) -> list[ShownSection]:
        sections: list[ShownSection] = []
        for block in self.blocks:
            if block.kind == "heading":
                sections.append(ShownSection(Heading(block.id, block.title), ()))
            elif sections:
                sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, block))
            else:
                sections.append(ShownSection(None, (block,)))
        return sections


def show(
    body: Body, *, strategy: Any, more_skus: Collection[str] = (), cards: Mapping[str, Card] | None = None
) -> Text:
    """`more_skus`: further products of the page whose cards are wanted too, without further queries.

    `cards`: those of all products that the text names, where the page has them already.
    """
    if cards is None:
        cards = cards_by_sku([*named_skus(body), *more_skus], strategy=strategy)
    addresses = links.addresses(body.links) | {("product", sku): card.url for sku, card in cards.items()}
    blocks = tuple(_shown(block, addresses, cards) for block in body.blocks if block.kind != "message")
    return Text(body, blocks, has_message=len(blocks) < len(body.blocks), cards=cards)


def named_skus(body: Body) -> list[str]:
    """Of the products that a text shows as cards or links to."""
    return [*body.skus, *(key for kind, key, _ in map(links.split, body.links) if kind == "product")]


def show_for(request: HttpRequest, body: Body, *, more_skus: Collection[str] = ()) -> Text:
    return show(body, strategy=strategy_of(request), more_skus=more_skus)


def strategy_of(request: HttpRequest | None) -> Any:
    """The strategy that Oscar's basket middleware has put on the request: it knows the prices of this visitor."""
    return getattr(request, "strategy", None)


def cards_by_sku(skus: Collection[str], *, strategy: Any) -> dict[str, Card]:
    if not skus:
        return {}
    products = Product.objects.for_cards().filter(upc__in=set(skus), is_public=True)
    return {card.sku: card for card in product_cards(products, strategy)}


def _shown(block: Block, addresses: Mapping[tuple[str, str], str], cards: Mapping[str, Card]) -> ShownBlock:
    return ShownBlock(
        kind=block.kind,
        html=_with_addresses(block.html, addresses),
        id=block.id,
        title=block.title,
        steps=tuple(_shown_steps(block, addresses)),
        card=cards.get(block.sku),
    )


def _shown_steps(block: Block, addresses: Mapping[tuple[str, str], str]) -> Iterator[Step]:
    for step in block.steps:
        title, html = _with_addresses(step.title, addresses), _with_addresses(step.html, addresses)
        yield Step(title, step.time, step.minutes, html)


def _with_addresses(html: str, addresses: Mapping[tuple[str, str], str]) -> str:
    """Fills in the addresses; a link whose page is gone becomes plain text."""

    def replacement(match: re.Match[str]) -> str:
        kind, key, fragment = links.split(unescape(match["link"]))
        address = addresses.get((kind, key))
        if address is None:
            return match["text"]
        return f'<a {match["before"]}href="{escape(address + fragment)}"{match["after"]}>{match["text"]}</a>'

    # Safe: it was sanitised when it was saved, and addresses are escaped here.
    return mark_safe(_SHOP_LINK.sub(replacement, html))
