from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from blog.models import Article, Reference


@pytest.fixture
def make_article(db: None) -> Any:
    """A published article unless told otherwise."""

    def make(slug: str = "sleep", **fields: Any) -> Article:
        defaults: dict[str, Any] = {
            "title": slug.replace("-", " ").capitalize(),
            "description": "What small studies found.",
            "author": "Stillhand editorial",
            "state": "published",
            "published_on": datetime.date(2026, 10, 15),
            "source": "## What was tested\n\nA text.\n",
        }
        return Article.objects.create(slug=slug, **(defaults | fields))

    return make


@pytest.fixture
def make_reference(db: None) -> Any:
    def make(key: str = "kudo2020", **fields: Any) -> Reference:
        defaults: dict[str, Any] = {
            "kind": "crossover trial",
            "authors": "Kudo Y, Sasaki M",
            "year": 2020,
            "title": "Effect of a hand massage",
            "source": "Japan Journal of Nursing Science",
            "volume": "17(3)",
            "pages": "12-14",
            "doi": "10.1111/jjns.12327",
            "participants": 1028,
            "finding": "They fell asleep slightly faster.",
            "checked_on": datetime.date(2026, 11, 24),
        }
        return Reference.objects.create(key=key, **(defaults | fields))

    return make


@pytest.fixture
def editor(make_user: Any) -> Any:
    """Staff who may change articles and pages."""
    from django.contrib.auth.models import Permission

    user = make_user("editor@stillhand.example")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["blog", "pages"]))
    return user


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "hand.jpg"
    Image.new("RGB", (900, 600), "wheat").save(path)
    return path
