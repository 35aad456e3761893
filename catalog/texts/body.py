"""What a Markdown text becomes when it is saved: blocks that are ready to print, and what they refer to.

Stored as JSON beside its source. Prices, pictures and addresses of the shop are not in it: `display.py` adds them
whenever a page is shown, so that a saved text never shows an old price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags

Json = dict[str, Any]
_NOTE_NUMBER = re.compile(r'<a\b[^>]*\bclass="note"[^>]*>[^<]*</a>')


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a numbered routine: **Palm sweep (2 minutes).** Text."""

    title: str
    time: str
    minutes: float
    html: str

    def to_json(self) -> Json:
        return {"title": self.title, "time": self.time, "minutes": self.minutes, "html": self.html}


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` says which of the other fields are filled.

    html: html. heading: id, title, html (the words, with their emphasis). steps: html (as a plain list) and steps.
    product: sku. message: none; it stands for the message box.
    """

    kind: str
    html: str = ""
    id: str = ""
    title: str = ""
    sku: str = ""
    steps: tuple[Step, ...] = ()

    def to_json(self) -> Json:
        words = {name: getattr(self, name) for name in ("kind", "html", "id", "title", "sku")}
        filled: Json = {name: value for name, value in words.items() if value}
        return filled | {"steps": [step.to_json() for step in self.steps]} if self.steps else filled

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Block:
        steps = tuple(Step(**step) for step in data.get("steps", ()))
        return cls(**{**data, "steps": steps})


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with everything below it; the first section of a text may have none."""

    heading: Heading | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Body:
    blocks: tuple[Block, ...] = ()
    # Keys of the references in the order of their first note: note n points to references[n - 1].
    references: tuple[str, ...] = ()
    # Links into the shop as they were written, such as "product:SH-DHM-01"; each once.
    links: tuple[str, ...] = ()
    words: int = field(default=0)

    @property
    def headings(self) -> list[Heading]:
        return [Heading(block.id, block.title) for block in self.blocks if block.kind == "heading"]

    @property
    def skus(self) -> list[str]:
        """SKUs of the product cards, in order, each once."""
        return list(dict.fromkeys(block.sku for block in self.blocks if block.kind == "product"))

    def plain(self) -> str:
        """The words alone, for the search: without the numbers of notes, which would stick to the words before them."""
        html = " ".join(block.html for block in self.blocks)
        return unescape(strip_tags(_NOTE_NUMBER.sub("", html)))

    def sections(self) -> Iterator[Section]:
        heading: Heading | None = None
        blocks: list[Block] = []
        for block in self.blocks:
            if block.kind != "heading":
                blocks.append(block)
                continue
            if heading or blocks:
                yield Section(heading, tuple(blocks))
            heading, blocks = Heading(block.id, block.title), []
        if heading or blocks:
            yield Section(heading, tuple(blocks))

    def to_json(self) -> Json:
        return {
            "blocks": [block.to_json() for block in self.blocks],
            "references": list(self.references),
            "links": list(self.links),
            "words": self.words,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Body:
        """The body as it was stored; an empty one where nothing is stored yet."""
        data = data or {}
        return cls(
            blocks=tuple(Block.from_json(block) for block in data.get("blocks", ())),
            references=tuple(data.get("references", ())),
            links=tuple(data.get("links", ())),
            words=data.get("words", 0),
        )
