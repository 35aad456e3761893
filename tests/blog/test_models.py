from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blog.models import Article, Reference, Tag
from catalog.search.models import SearchEntry


def test_saving_renders_the_text_and_counts_the_minutes(make_article: Any) -> None:
    article = make_article(source="## One\n\n" + "word " * 660)
    stored = Article.objects.get(pk=article.pk)

    assert [heading.title for heading in stored.text.headings] == ["One"]
    assert stored.reading_minutes == 3


def test_saving_again_renders_again(make_article: Any) -> None:
    article = make_article(source="Old.")
    assert article.text.words == 1
    article.source = "A new one."
    article.save()

    assert article.text.words == 3
    assert Article.objects.get().body["blocks"] == [{"kind": "html", "html": "<p>A new one.</p>"}]


def test_only_published_articles_can_be_found(make_article: Any) -> None:
    article = make_article(title="Sleep")
    assert SearchEntry.objects.get(kind="article").title == "Sleep"

    article.state = "archived"
    article.save()
    assert not SearchEntry.objects.filter(kind="article").exists()

    article.state = "published"
    article.save()
    article.delete()
    assert not SearchEntry.objects.filter(kind="article").exists()


def test_search_entry_and_article_are_written_together_or_not_at_all(make_article: Any) -> None:
    article = make_article(title="Before")
    article.title = "After"
    with transaction.atomic():
        article.save()
        transaction.set_rollback(True)

    assert SearchEntry.objects.get(kind="article").title == Article.objects.get().title == "Before"


@pytest.mark.parametrize(
    "fields",
    [{"published_on": None}, {"image": "journal/x.jpg", "image_alt": ""}],
    ids=["no date", "picture without words"],
)
def test_database_refuses_what_visitors_may_not_see(make_article: Any, fields: dict[str, Any]) -> None:
    make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.update(**fields)


def test_text_that_is_too_long_is_a_form_error(make_article: Any) -> None:
    article = make_article()
    article.source = "a" * 100_001
    with pytest.raises(ValidationError, match="Shorten it to 100,000"):
        article.full_clean()


def test_published_leaves_out_drafts_and_archived(make_article: Any) -> None:
    shown = make_article("a")
    make_article("b", state="draft")
    make_article("c", state="archived")

    assert list(Article.objects.published()) == [shown]


def test_lists_put_the_newest_first_without_the_texts(make_article: Any) -> None:
    old = make_article("old", published_on=datetime.date(2026, 1, 1))
    new = make_article("new")

    articles = list(Article.objects.published().for_lists())
    assert articles == [new, old]
    assert "body" in articles[0].get_deferred_fields()


def test_references_come_in_the_order_of_their_notes(make_reference: Any, make_article: Any) -> None:
    make_reference("a")
    b = make_reference("b")
    article = make_article(source="One [@b], two [@gone].")

    assert article.references() == [b, None]


@pytest.mark.parametrize(
    ("fields", "place", "url"),
    [
        ({}, "2020; 17(3): 12–14", "https://doi.org/10.1111/jjns.12327"),
        ({"doi": "", "pmid": "123", "pages": ""}, "2020; 17(3)", "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"doi": "", "volume": "", "pages": ""}, "2020", ""),
    ],
)
def test_reference_cites_what_is_known(make_reference: Any, fields: dict[str, str], place: str, url: str) -> None:
    reference = make_reference(**fields)

    assert (reference.place, reference.url) == (place, url)


def test_reference_title_that_asks_keeps_its_question_mark() -> None:
    assert Reference(title="Does it?").title_with_stop == "Does it?"
    assert Reference(title="It does").title_with_stop == "It does."


def test_replaced_picture_waits_for_its_renditions(make_article: Any, picture: Path) -> None:
    from django.core.files import File

    article = make_article(image_alt="A hand")
    with picture.open("rb") as file:
        article.image.save("hand.jpg", File(file), save=False)
    article.save()
    assert (article.image_width, article.image_height, article.has_renditions) == (900, 600, False)

    Article.objects.update(has_renditions=True)
    article.refresh_from_db()
    with picture.open("rb") as file:
        article.image = File(file, name="other.jpg")
        article.save()
    assert Article.objects.get().has_renditions is False


def test_tag_has_an_address(db: None) -> None:
    assert Tag(name="Self-massage", slug="self-massage").get_absolute_url() == "/journal/tags/self-massage/"
