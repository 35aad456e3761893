"""Tells the pages of one release from those of the next, in a cache that outlives a restart."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

#: What pages are made of besides the database.
_SUFFIXES = {".py", ".html", ".txt", ".css", ".js"}


@cache
def release() -> str:
    """The same in all processes that run the same files with the same settings."""
    digest = sha256(repr((settings.COMPANY, settings.SITE_URL, settings.STRIPE_IS_STAND_IN)).encode())
    for path in sorted(_sources()):
        digest.update(f"{path} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for folder in ("supplier", "catalog", "blog", "templates", "static"):
        yield from (path for path in (settings.BASE_DIR / folder).rglob("*") if path.suffix in _SUFFIXES)
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        yield manifest
