"""Text files that begin with YAML between two lines of three dashes. Every complaint names its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
import yaml.constructor
from django.utils.translation import gettext as _

FENCE = "---"
MAX_BYTES = 1_000_000
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Place = tuple[str | int, ...]


class FrontMatterError(ValueError):
    """What is wrong with a file, where, and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass(frozen=True, slots=True)
class Document:
    path: Path
    meta: dict[str, Any]
    text: str
    lines: Mapping[Place, int]
    text_line: int

    def line_of(self, *keys: str | int) -> int:
        """The line of a value, such as line_of("references", 2, "doi"), or of the nearest thing round it."""
        while keys not in self.lines and keys:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


def read(path: Path) -> Document:
    source = _decode(path)
    lines = source.splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        raise FrontMatterError(path, 1, _("The file must begin with a line of three dashes (---)."))
    end = next((number for number, line in enumerate(lines[1:], start=2) if line.rstrip() == FENCE), None)
    if end is None:
        raise FrontMatterError(path, 1, _("The front matter has no end: a line of three dashes is missing."))
    meta, positions = _parse(path, "\n".join(lines[1 : end - 1]))
    text_line = next((number for number, line in enumerate(lines[end:], start=end + 1) if line.strip()), end)
    return Document(path, meta, "\n".join(lines[end:]).strip() + "\n", positions, text_line)


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise FrontMatterError(path, 1, _("The file is larger than a megabyte."))
    if b"\x00" in data:
        raise FrontMatterError(path, data[: data.index(b"\x00")].count(b"\n") + 1, _("There is a NUL byte here."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FrontMatterError(path, line, _("This is not UTF-8. Save the file as UTF-8.")) from error


def _parse(path: Path, source: str) -> tuple[dict[str, Any], dict[Place, int]]:
    try:
        loader = _Loader(source)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _refusal(None, _("The front matter must be a list of names and values."))
        meta = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # Marks count from 0, and the first line of the file is the fence.
        raise FrontMatterError(path, mark.line + 2 if mark else 2, error.problem or str(error)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FrontMatterError(path, 2, str(error).splitlines()[0]) from error
    return meta, dict(_positions(node, ()))


class _Loader(yaml.SafeLoader):
    """Safe loading, without anchors (they can blow up a small file) and without silent double names."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None):
            raise _refusal(event, _("Anchors and aliases (& and *) are not used here."))
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep=deep)
        except ValueError as error:
            raise _refusal(node, str(error)) from error
        if isinstance(value, str) and _UNSTORABLE.search(value):
            raise _refusal(node, _("There is a character here that no text may hold."))
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refusal(key, _("A name must be a single word."))
            if key.value in seen:
                raise _refusal(key, _("“%(name)s” is given twice.") % {"name": key.value})
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _refusal(place: yaml.Node | yaml.Event | None, reason: str) -> yaml.constructor.ConstructorError:
    mark = cast("yaml.Mark | None", place.start_mark if place else None)
    return yaml.constructor.ConstructorError(None, None, reason, mark)


def _positions(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 2
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _positions(value, (*place, key.value))
            yield (*place, key.value), key.start_mark.line + 2
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _positions(value, (*place, index))
