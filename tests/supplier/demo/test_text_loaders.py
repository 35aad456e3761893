from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from blog.models import Article, ArticleTechnique, Reference
from catalog.catalogue.models import Category, Product, ProductClass
from supplier.demo.loaders import articles, pages
from supplier.demo.loaders.report import Report
from supplier.pages.models import Page

CONTENT = Path(articles.__file__).parent.parent / "content"

ARTICLE = """---
title: Sleep
slug: sleep
description: What is known.
author: The house
published_on: 2026-10-15
updated_on: 2026-11-18
tags:
- evening
- self-massage
image: hand.jpg
image_alt: A hand.
related_products:
- SH-2
- SH-1
references:
- key: kudo2020
  kind: crossover trial
  authors: Kudo Y
  year: 2020
  title: A trial
  source: A journal
  volume: '17'
  finding: It helped a little.
  checked_on: 2026-11-24
---

It helps [@kudo2020].

{{ product SH-1 }}
"""
TECHNIQUE = """---
title: Deep hand massage
slug: deep-hand-massage
summary: Slow.
image: hand.jpg
related_products:
- SH-1
related_articles:
- sleep
references: []
---

Text.
"""


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    folder = tmp_path / "content"
    for name in ("articles", "techniques", "pages", "images"):
        (folder / name).mkdir(parents=True)
    (folder / "articles" / "sleep.md").write_text(ARTICLE)
    (folder / "techniques" / "deep.md").write_text(TECHNIQUE)
    Image.new("RGB", (900, 600), "wheat").save(folder / "images" / "hand.jpg")
    products(["SH-1", "SH-2"])
    technique = Category(name="Deep hand massage", slug="deep-hand-massage", kind="technique")
    Category.objects.add_root(instance=technique)
    return folder


def products(skus: list[str]) -> None:
    product_class = ProductClass.objects.create(name="Tool")
    for sku in skus:
        Product.objects.create(upc=sku, title=sku, product_class=product_class)


def load(folder: Path) -> Report:
    report = Report()
    articles.load(folder, report)
    return report


def test_article_is_loaded_with_everything_that_belongs_to_it(folder: Path) -> None:
    report = load(folder)

    article = Article.objects.get()
    assert report.problems == []
    assert [product.upc for product in article.products.order_by("article_products__position")] == ["SH-2", "SH-1"]
    assert sorted(tag.slug for tag in article.tags.all()) == ["evening", "self-massage"]
    assert article.references() == [Reference.objects.get(key="kudo2020")]
    assert (article.is_published, article.image_width, article.has_renditions) == (True, 900, True)
    assert ArticleTechnique.objects.get().technique.slug == "deep-hand-massage"


def test_renditions_are_on_disk_after_loading(folder: Path) -> None:
    load(folder)
    image = Article.objects.get().image

    pictures = image.get_picture_files_list()
    assert {(picture.file_type, picture.width) for picture in pictures} == {
        *(("AVIF", width) for width in (440, 880)),
        *(("WEBP", width) for width in (440, 880)),
    }
    assert all(image.storage.exists(picture.name) for picture in pictures)


def test_loading_again_changes_nothing_and_says_so(folder: Path) -> None:
    load(folder)
    before = list(Article.objects.values()), list(Reference.objects.values())
    lines: list[str] = []
    report = Report(tell=lines.append)
    articles.load(folder, report)

    assert report.summary() == "reference: 1 unchanged; article: 1 unchanged; reading of technique: 1 unchanged"
    assert lines == []
    assert (list(Article.objects.values()), list(Reference.objects.values())) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: Sleep", "title: Rest"), ("- SH-2\n", ""), ("- evening\n", ""), ("It helps", "It may help")],
)
def test_changed_file_changes_the_article(folder: Path, old: str, new: str) -> None:
    load(folder)
    path = folder / "articles" / "sleep.md"
    path.write_text(path.read_text().replace(old, new))

    assert load(folder).counts["article", "changed"] == 1
    assert load(folder).counts["article", "unchanged"] == 1


def test_changed_picture_replaces_the_old_one(folder: Path) -> None:
    load(folder)
    Image.new("RGB", (1000, 500), "black").save(folder / "images" / "hand.jpg")

    assert load(folder).counts["article", "changed"] == 1
    assert Article.objects.get().image_width == 1000


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("title: Sleep", "title: ", 2, "title"),
        ("slug: sleep", "slug: a slug", 3, "slug"),
        ("published_on: 2026-10-15", "published_on: soon", 6, "published_on"),
        ("updated_on: 2026-11-18", "updated_on: 2026-01-01", 7, "before the day"),
        ("author: The house", "auhtor: The house", 5, "not a name"),
        ("image: hand.jpg", "image: foot.jpg", 11, "no picture foot.jpg"),
        ("image: hand.jpg", "image: ../articles/sleep.md", 11, "no picture"),
        ("image_alt: A hand.", "image_alt: ''", 2, "what the picture shows"),
        ("- SH-2", "- SH-9", 14, "no product SH-9"),
        ("  year: 2020", "  year: twenty", 20, "year"),
        ("  kind: crossover trial", "  kind: rumour", 18, "kind"),
        ("  volume: '17'", "  issue: '17'", 23, "issue"),
        ("[@kudo2020]", "[@nobody1999]", 28, "no reference nobody1999"),
        ("{{ product SH-1 }}", "{{ product SH-7 }}", 28, "no product SH-7"),
    ],
)
def test_bad_file_is_reported_with_its_line_and_leaves_nothing(
    folder: Path, old: str, new: str, line: int, reason: str
) -> None:
    path = folder / "articles" / "sleep.md"
    path.write_text(path.read_text().replace(old, new))
    report = load(folder)

    problem = report.problems[0]
    assert (problem.path, problem.line) == (path, line)
    assert reason in problem.reason
    assert not Article.objects.exists()
    assert not Reference.objects.exists()


def test_other_files_are_loaded_beside_a_bad_one(folder: Path) -> None:
    (folder / "articles" / "bad.md").write_text("no front matter")
    report = load(folder)

    assert [str(problem) for problem in report.problems] == [
        "bad.md, line 1: The file must begin with a line of three dashes (---)."
    ]
    assert Article.objects.count() == 1


def test_reference_told_in_two_ways_is_refused(folder: Path) -> None:
    other = ARTICLE.replace("slug: sleep", "slug: zzz").replace("year: 2020", "year: 2021")
    (folder / "articles" / "zzz.md").write_text(other)
    report = load(folder)

    assert [problem.reason for problem in report.problems] == ["“kudo2020” is told differently in sleep.md."]
    assert Reference.objects.get().year == 2020


def test_page_is_loaded_once_and_then_unchanged(folder: Path) -> None:
    path = folder / "pages" / "terms.md"
    path.write_text(
        "---\ntitle: Terms\nslug: terms\ndescription: For all.\nupdated_on: 2026-11-19\n---\n\n## Ordering\n"
    )
    first, second = Report(), Report()
    pages.load(folder, first)
    pages.load(folder, second)

    assert (first.summary(), second.summary()) == ("page: 1 new", "page: 1 unchanged")
    assert Page.objects.get().text.headings[0].title == "Ordering"


@pytest.mark.parametrize(("slug", "reason"), [("journal", "another part"), ("basket", "another part"), ("Ü", "slug")])
def test_page_that_would_never_be_seen_is_refused(folder: Path, slug: str, reason: str) -> None:
    front = f"---\ntitle: Terms\nslug: {slug}\ndescription: For all.\nupdated_on: 2026-11-19\n---\n\nText.\n"
    (folder / "pages" / "terms.md").write_text(front)
    report = Report()
    pages.load(folder, report)

    assert report.problems[0].line == 3
    assert reason in report.problems[0].reason
    assert not Page.objects.exists()


@pytest.fixture
def demo_content(tmp_path: Path, db: None) -> Path:
    """The real articles and pages; the catalogue's part is made up here."""
    folder = tmp_path / "demo"
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("techniques", "images"))
    (folder / "images").mkdir()
    for path in (folder / "articles").glob("*.md"):
        name = next(line for line in path.read_text().splitlines() if line.startswith("image: ")).removeprefix(
            "image: "
        )
        Image.new("RGB", (64, 36), "wheat").save(folder / "images" / name)
    texts = "".join(path.read_text() for path in (folder / "articles").glob("*.md"))
    products(sorted({word.strip("-():} ") for word in texts.replace("product:", " ").split() if "SH-" in word}))
    return folder


def test_demo_content_loads_without_a_problem(demo_content: Path) -> None:
    report = Report()
    articles.load(demo_content, report)
    pages.load(demo_content, report)

    assert report.problems == []
    assert report.counts["article", "new"] == 6
    assert report.counts["page", "new"] == 9


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
