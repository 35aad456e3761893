"""Texts and photographs that a table names, beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from .table import Row


def beside(row: Row, column: str, *, name: str = "", folder: str = "") -> Path | None:
    """The file that a cell names, if it lies below the table's own folder."""
    name = name or row.text(column)
    if not name:
        return None
    root = (row.table.path.parent / folder).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        row.complain(column, _("There is no file “%s” beside this table.") % (f"{folder}/{name}" if folder else name))
        return None
    return path


def text_of(row: Row, column: str) -> str:
    path = beside(row, column)
    if path is None:
        return ""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        row.complain(column, _("“%s” is not UTF-8. Save the file as UTF-8.") % path.name)
        return ""
    if "\x00" in text:
        row.complain(column, _("There is a NUL byte in “%s”.") % path.name)
        return ""
    return text.strip() + "\n"


def photograph_of(row: Row, column: str, *, name: str = "") -> Path | None:
    path = beside(row, column, name=name, folder="images")
    if path is None:
        return None
    try:
        with Image.open(path) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError):
        row.complain(column, _("“%s” is not a picture that we can read.") % path.name)
        return None
    return path


def replace_if_other(instance: Any, field: str, path: Path) -> bool:
    """Give the field this file, unless it holds the same bytes already. The caller saves."""
    file = getattr(instance, field)
    if file and file.storage.exists(file.name) and _digest(file) == hashlib.sha256(path.read_bytes()).digest():
        return False
    file.save(path.name, ContentFile(path.read_bytes()), save=False)
    return True


def _digest(file: Any) -> bytes:
    with file.storage.open(file.name) as stored:
        return hashlib.sha256(stored.read()).digest()
