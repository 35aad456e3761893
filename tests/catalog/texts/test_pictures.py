from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from blog.models import Article
from catalog.texts.pictures import make_renditions_of
from catalog.texts.tasks import make_renditions

pytestmark = pytest.mark.django_db


def photograph(width: int = 900, height: int = 600, *, fmt: str = "JPEG") -> ContentFile[bytes]:
    with io.BytesIO() as buffer:
        Image.effect_noise((width, height), 40).convert("RGB").save(buffer, format=fmt)
        return ContentFile(buffer.getvalue(), name="hand.jpg")


@pytest.fixture
def article(db: None) -> Article:
    return Article.objects.create(
        slug="sleep", title="Sleep", description="-", author="-", source="Text.", image=photograph(), image_alt="A hand"
    )


def jobs() -> list[dict[str, Any]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="catalog.texts.tasks.make_renditions")]


def test_saving_a_picture_queues_its_renditions_and_keeps_the_original(article: Article) -> None:
    assert article.image.storage.exists(article.image.name)
    assert (article.image_width, article.image_height, article.has_renditions) == (900, 600, False)
    assert [job["file_name"] for job in jobs()] == [article.image.name]


def test_job_makes_avif_and_webp_and_tells_the_row(article: Article) -> None:
    make_renditions.func(**jobs()[0])
    article.refresh_from_db()

    assert article.has_renditions
    for picture in article.image.get_picture_files_list():
        with article.image.storage.open(picture.name) as file, Image.open(file) as image:
            assert image.format == picture.file_type
            assert abs(image.width - picture.width) <= 1


def test_job_done_twice_does_its_work_once(article: Article) -> None:
    make_renditions.func(**jobs()[0])
    [picture, *_] = article.image.get_picture_files_list()
    before = article.image.storage.get_modified_time(picture.name)
    make_renditions.func(**jobs()[0])

    assert article.image.storage.get_modified_time(picture.name) == before


def test_job_of_a_picture_that_was_replaced_leaves_the_new_one_alone(article: Article) -> None:
    article.image = photograph(700, 500)
    article.save()
    make_renditions.func(**jobs()[0])
    article.refresh_from_db()

    assert not article.has_renditions
    assert len(jobs()) == 2


def test_renditions_made_at_once_are_not_made_again(article: Article) -> None:
    make_renditions_of(article, "image")
    article.refresh_from_db()
    assert article.has_renditions

    for picture in article.image.get_picture_files_list():
        article.image.storage.delete(picture.name)
    make_renditions_of(article, "image")
    assert not any(article.image.storage.exists(picture.name) for picture in article.image.get_picture_files_list())


def test_avif_is_smaller_than_webp(article: Article) -> None:
    make_renditions_of(article, "image")
    sizes = {
        (picture.file_type, picture.width): article.image.storage.size(picture.name)
        for picture in article.image.get_picture_files_list()
    }

    assert sizes["AVIF", 880] < sizes["WEBP", 880]


def test_picture_smaller_than_any_rendition_stays_as_it_is(article: Article) -> None:
    article.image = photograph(200, 100)
    article.save()
    make_renditions.func(**jobs()[-1])

    article.refresh_from_db()

    assert article.image.get_picture_files_list() == set()
    assert article.has_renditions
