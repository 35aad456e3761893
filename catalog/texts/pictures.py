"""Photographs: the original is kept, smaller AVIF and WebP files are made by a job.

Every model with a picture has `<field>`, `width`, `height`, an alternative text and `has_renditions`. Until the job has
run, pages show the original as a plain img. Django's `pictures` package names the files; the queue is procrastinate.
"""

from __future__ import annotations

import io
from typing import Any, ClassVar

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from pictures.models import PillowPicture
from pictures.tasks import _process_picture
from PIL import Image

Deconstructed = tuple[str, list[Any], dict[str, Any]]


class ShopPicture(PillowPicture):
    """Pillow's defaults make an AVIF that is larger than the WebP of the same picture and takes five times as long."""

    OPTIONS: ClassVar[dict[str, dict[str, int]]] = {
        "AVIF": {"quality": 60, "speed": 8},
        "WEBP": {"quality": 76, "method": 4},
    }

    def save(self, image: Image.Image) -> None:
        with io.BytesIO() as buffer:
            options = self.OPTIONS.get(self.file_type, {})
            self.resize(image).save(buffer, format=self.file_type, exif=b"", icc_profile=b"", **options)
            self.storage.delete(self.name)  # else the storage would choose another name
            self.storage.save(self.name, ContentFile(buffer.getvalue()))


def forget_renditions_of_new_file(instance: models.Model, field: str) -> None:
    """Call this in `save()` before the row is written: a new file has no renditions yet."""
    file = getattr(instance, field)
    if file and not file._committed:
        instance.has_renditions = False  # type: ignore[attr-defined]


def process_later(
    *,
    storage: Deconstructed,
    file_name: str,
    sender: tuple[str, str, str],
    new: list[Deconstructed] | None = None,
    old: list[Deconstructed] | None = None,
) -> None:
    """The PROCESSOR of the settings: called by the field within the transaction that stores the row."""
    from .tasks import make_renditions

    make_renditions.defer(storage=storage, file_name=file_name, sender=list(sender), new=new or [], old=old or [])


def make_renditions_of(instance: models.Model, field: str) -> None:
    """At once, for the demo's loader. Does nothing where they are made already."""
    file = getattr(instance, field)
    if file and not instance.has_renditions:  # type: ignore[attr-defined]
        new = [picture.deconstruct() for picture in file.get_picture_files_list()]
        process(storage=file.storage.deconstruct(), file_name=file.name, sender=file.sender, new=new)
        instance.has_renditions = True  # type: ignore[attr-defined]


def process(
    *,
    storage: Deconstructed,
    file_name: str,
    sender: tuple[str, str, str],
    new: list[Deconstructed] | None = None,
    old: list[Deconstructed] | None = None,
) -> None:
    """Makes and deletes files, then tells the row. Safe to repeat; a file whose row is gone is left alone."""
    app, model, field = sender
    rows = apps.get_model(app, model)._base_manager.filter(**{field: file_name})
    is_pending = rows.filter(has_renditions=False).exists()
    _process_picture(storage=storage, file_name=file_name, sender=None, new=new if is_pending else [], old=old)
    if is_pending and not old:
        rows.update(has_renditions=True)
