"""Joins each sheet into one file as static files are collected; WhiteNoise then hashes its name and compresses it."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .sheets import SHEETS, files_of, join, joined_name


class SheetStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """`paths`: static name to (storage, path there), as collectstatic found them."""
        if not dry_run:
            for sheet in SHEETS:
                paths[joined_name(sheet)] = (self, self._write_joined(sheet, paths))
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _write_joined(self, sheet: str, paths: dict[str, Any]) -> str:
        name = joined_name(sheet)
        text = join([_read(*paths[file]) for file in files_of(sheet)])
        self.delete(name)
        return self.save(name, ContentFile(text.encode()))


def _read(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        return file.read().decode()
