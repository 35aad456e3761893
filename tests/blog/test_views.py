from __future__ import annotations

import datetime
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from blog.models import ArticleProduct, Tag
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def json_ld(html: str) -> list[dict[str, Any]]:
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]


def test_article_shows_text_notes_and_message_box(client: Client, make_article: Any, make_reference: Any) -> None:
    make_reference("kudo2020", title="Does it?")
    make_article(
        source="It may help [@kudo2020].\n\n## What is known\n\nLittle.\n\n## What is not\n\nMuch.\n\n{{ message }}"
    )
    html = client.get("/journal/sleep/").content.decode()

    assert '<h2 id="what-is-known">What is known</h2>' in html
    assert '<li><a href="#what-is-known">What is known</a></li>' in html
    assert '<li id="n1"><div><p>Kudo Y, Sasaki M. Does it? <em>Japan Journal of Nursing Science</em>' in html
    assert "Crossover trial, 1,028 people. They fell asleep slightly faster. Checked 24 November 2026." in html
    assert html.count('id="message"') == 1
    assert '<time datetime="2026-10-15">15 October 2026</time>. 1 minute to read.' in html


def test_note_without_its_reference_says_so(client: Client, make_article: Any) -> None:
    make_article(source="It may help [@gone].")

    assert "not in our list yet" in client.get("/journal/sleep/").content.decode()


def test_article_shows_cards_once_and_the_other_tools_below(client: Client, make_article: Any) -> None:
    article = make_article(source="{{ product SH-1 }}\n\n{{ product SH-9 }}")
    for position, sku in enumerate(["SH-2", "SH-1"]):
        ArticleProduct.objects.create(article=article, product=make_tool(sku), position=position)
    hidden = make_tool("SH-3", is_public=False)
    ArticleProduct.objects.create(article=article, product=hidden, position=3)
    html = client.get("/journal/sleep/").content.decode()

    assert html.count("Tool SH-1</a>") == html.count("Tool SH-2</a>") == 1
    assert html.index("Tool SH-1</a>") < html.index('id="related"') < html.index("Tool SH-2</a>")
    assert "no longer in the shop" in html
    assert "Tool SH-3" not in html


def test_article_tells_search_engines_what_it_is(client: Client, make_article: Any) -> None:
    article = make_article(title="A </script><b>title</b>", updated_on=datetime.date(2026, 11, 18))
    article.tags.add(Tag.objects.create(name="sleep", slug="sleep"))
    html = client.get("/journal/sleep/").content.decode()
    data, crumbs = json_ld(html)

    assert (data["@type"], data["headline"], data["keywords"]) == ("Article", "A </script><b>title</b>", ["sleep"])
    assert (data["datePublished"], data["dateModified"]) == ("2026-10-15", "2026-11-18")
    assert [item["name"] for item in crumbs["itemListElement"]] == ["Journal", "A </script><b>title</b>"]
    assert '<link rel="canonical" href="http' in html
    assert '<meta property="og:type" content="article">' in html
    assert "<b>title</b>" not in html


def test_hostile_text_stays_harmless_on_the_page(client: Client, make_article: Any) -> None:
    make_article(source="<script>alert(1)</script>\n\n[x](javascript:alert(1)) {{ request }} {% now 'Y' %}")
    html = client.get("/journal/sleep/").content.decode()

    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "{{ request }} {% now" in html


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_unpublished_article_is_not_found_by_visitors(client: Client, make_article: Any, state: str) -> None:
    make_article(state=state)

    assert client.get("/journal/sleep/").status_code == 404


def test_unpublished_article_is_not_found_by_customers_and_other_staff(
    client: Client, make_article: Any, clinic_buyer: Any, sales_clerk: Any
) -> None:
    make_article(state="draft")
    for user in (clinic_buyer, sales_clerk):
        client.force_login(user)
        assert client.get("/journal/sleep/").status_code == 404


def test_editor_previews_a_draft_that_nobody_may_keep(client: Client, make_article: Any, editor: Any) -> None:
    make_article(state="draft", published_on=None)
    client.force_login(editor)
    response = client.get("/journal/sleep/")
    html = response.content.decode()

    assert "Only staff see this page" in html
    assert '<meta name="robots" content="noindex, follow">' in html
    assert response["Cache-Control"] == "private, no-store"
    assert json_ld(html) == []


def test_visitor_gets_no_cookie(client: Client, make_article: Any) -> None:
    make_article()
    for path in ("/journal/", "/journal/sleep/", "/journal/feed.atom"):
        assert not client.get(path).cookies


def test_journal_lists_ten_a_page_newest_first(client: Client, make_article: Any) -> None:
    for day in range(1, 13):
        make_article(f"article-{day}", title=f"Article {day}.", published_on=datetime.date(2026, 1, day))
    make_article("draft", title="Draft.", state="draft")
    first, second = (client.get("/journal/", {"page": page}).content.decode() for page in (1, 2))

    assert re.findall(r"Article (\d+)\.<", first) == [str(day) for day in range(12, 2, -1)]
    assert re.findall(r"Article (\d+)\.<", second) == ["2", "1"]
    assert "Draft." not in first + second
    assert 'rel="canonical" href="http://testserver/journal/?page=2"' in second


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "abc", "\x00"])
def test_page_number_that_is_none_shows_the_nearest_page(client: Client, make_article: Any, page: str) -> None:
    make_article()

    assert "Sleep" in client.get("/journal/", {"page": page}).content.decode()


def test_empty_journal_says_so(client: Client) -> None:
    assert "Nothing is published yet" in client.get("/journal/").content.decode()


def test_tag_page_lists_its_articles_only(client: Client, make_article: Any) -> None:
    tag = Tag.objects.create(name="self-massage", slug="self-massage")
    make_article("tagged", title="Tagged one").tags.add(tag)
    make_article("other", title="Other one")
    html = client.get("/journal/tags/self-massage/").content.decode()

    assert "Tagged one" in html
    assert "Other one" not in html
    assert "Self-massage</h1>" in html


def test_tag_without_published_articles_is_not_found(client: Client, make_article: Any) -> None:
    tag = Tag.objects.create(name="sleep", slug="sleep")
    make_article(state="draft").tags.add(tag)

    assert client.get("/journal/tags/sleep/").status_code == 404
    assert client.get("/journal/tags/none/").status_code == 404


def test_feed_is_valid_atom_with_published_articles_only(client: Client, make_article: Any) -> None:
    make_article(title="Sleep & <b>rest</b>", updated_on=datetime.date(2026, 11, 18)).tags.add(
        Tag.objects.create(name="sleep", slug="sleep")
    )
    make_article("draft", state="draft")
    response = client.get("/journal/feed.atom")
    feed = ElementTree.fromstring(response.content)
    [entry] = feed.findall("a:entry", ATOM)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    for required in ("a:id", "a:title", "a:updated"):
        assert feed.findtext(required, namespaces=ATOM)
        assert entry.findtext(required, namespaces=ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Sleep & <b>rest</b>"
    assert entry.findtext("a:updated", namespaces=ATOM) == "2026-11-18T08:00:00+00:00"
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Stillhand editorial"
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.attrib["href"] == f"{settings.SITE_URL}/journal/sleep/"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_for_reading(client: Client, make_article: Any, method: str) -> None:
    make_article()

    assert getattr(client, method)("/journal/sleep/").status_code == 405


def full_article(make_article: Any, make_reference: Any, count: int) -> None:
    """An article with `count` of everything that an article can hold."""
    parent = make_range(f"hand-tools-{count}")
    source = "Lead.\n\n"
    for number in range(count):
        name = f"{count}-{number}"
        make_tool(f"SH-{name}")
        make_range(f"range-{name}", parent=parent)
        make_technique(f"technique-{name}")
        make_reference(f"ref{name}")
        make_article(f"other-{name}")
        source += (
            f"[a](product:SH-{name}) [b](category:range-{name}) [c](technique:technique-{name}) "
            f"[d](article:other-{name}) [e](page:contact) [@ref{name}]\n\n{{{{ product SH-{name} }}}}\n\n"
        )
    article = make_article(f"full-{count}", source=source + "{{ message }}")
    for number in range(count):
        article.tags.add(Tag.objects.create(name=f"tag {count}-{number}", slug=f"tag-{count}-{number}"))
        related = make_tool(f"SH-more-{count}-{number}")
        ArticleProduct.objects.create(article=article, product=related, position=number)


def test_article_needs_ten_queries_however_much_it_holds(
    client: Client, make_article: Any, make_reference: Any, django_assert_num_queries: Any
) -> None:
    full_article(make_article, make_reference, 1)
    full_article(make_article, make_reference, 12)
    client.get("/journal/full-1/")
    for count in (1, 12):
        with django_assert_num_queries(ARTICLE_QUERIES):
            client.get(f"/journal/full-{count}/")


ARTICLE_QUERIES = 9


def test_basket_with_three_lines_adds_two_queries(
    client: Client, make_article: Any, make_reference: Any, django_assert_num_queries: Any
) -> None:
    full_article(make_article, make_reference, 3)
    for number in range(3):
        tool = make_tool(f"SH-basket-{number}")
        client.post(
            f"/basket/add/{tool.pk}/",
            {"product_id": tool.pk, "quantity": 1},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
    client.get("/journal/")  # shows and forgets what adding said
    with django_assert_num_queries(ARTICLE_QUERIES + 2):
        html = client.get("/journal/full-3/").content.decode()

    assert 'id="basket-count">3</span>' in html


def test_lists_need_the_same_queries_with_more_articles(
    client: Client, make_article: Any, django_assert_num_queries: Any
) -> None:
    tag = Tag.objects.create(name="sleep", slug="sleep")
    client.get("/journal/feed.atom")  # reads the site's row once for the process
    paths = ("/journal/", "/journal/tags/sleep/", "/journal/feed.atom")
    for count, queries in ((1, (2, 3, 2)), (8, (2, 3, 2))):
        for number in range(count):
            make_article(f"a-{count}-{number}").tags.add(tag)
        for path, expected in zip(paths, queries, strict=True):
            with django_assert_num_queries(expected):
                client.get(path)


def test_technique_and_product_pages_name_the_articles_about_them(make_article: Any) -> None:
    from blog.models import ArticleTechnique
    from blog.templatetags.blog import articles_about

    technique, tool = make_technique("deep-hand-massage"), make_tool("SH-1")
    variant = make_tool("SH-1-M", structure="child", parent=tool)
    for position, slug in ((2, "second"), (1, "first")):
        ArticleTechnique.objects.create(article=make_article(slug), technique=technique, position=position)
    ArticleTechnique.objects.create(article=make_article("draft", state="draft"), technique=technique)
    ArticleProduct.objects.create(article=make_article("about-tool"), product=tool)

    assert [article.slug for article in articles_about(technique)] == ["first", "second"]
    assert [article.slug for article in articles_about(tool)] == ["about-tool"]
    assert [article.slug for article in articles_about(variant)] == ["about-tool"]
