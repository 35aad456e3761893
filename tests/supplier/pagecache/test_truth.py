"""Promise 4: what a visitor reads is true as soon as a change is committed, however it was made."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.signals import template_rendered

from blog.models import Article
from catalog.catalogue.models import Category, Product
from catalog.catalogue.offers import MOST_TOLD
from catalog.partner.models import StockRecord
from catalog.shipping.models import DeliveryMethod
from supplier.pages.models import Page
from tests.catalog.catalogue.test_admin import page_of, posted
from tests.conftest import ROOT
from tests.factories.catalogue import make_image, put_into
from tests.factories.texts import make_range, make_technique
from tests.servers import with_test_database
from tests.shop import make_basket, make_method, make_product, order_of

from .conftest import Visitor, keeps


@pytest.fixture
def ball(transactional_db: None) -> Product:
    make_method(price="3.95")
    return make_product("Spiky Palm Ball", price="8.90", stock=10)


def sees(visitor: Visitor, url: str, change: Callable[[], Any], *, before: str, after: str) -> None:
    """The page is kept, the change is made, and the next visitor reads the new page."""
    assert before in visitor.reads(url)
    assert Visitor().is_given_a_copy(url)
    change()
    text = Visitor().reads(url)
    assert after in text
    assert before not in text


def outside() -> psycopg.Connection[Any]:
    """Somebody else at the same database, with a transaction of their own."""
    params = connection.get_connection_params()
    return psycopg.connect(**{name: params[name] for name in ("host", "port", "user", "dbname") if name in params})


def test_price_changed_by_model_is_seen_at_once(visitor: Visitor, ball: Product):
    record = ball.stockrecords.get()
    record.price = Decimal("9.40")
    sees(visitor, ball.get_absolute_url(), record.save, before="£8.90", after="£9.40")


def test_price_changed_by_queryset_is_seen_at_once(visitor: Visitor, ball: Product):
    change = ball.stockrecords.update
    sees(visitor, "/products/", lambda: change(price=Decimal("9.40")), before="£8.90", after="£9.40")


def test_price_changed_by_sql_from_elsewhere_is_seen_at_once(visitor: Visitor, ball: Product):
    def change() -> None:
        with outside() as other:
            other.execute("UPDATE partner_stockrecord SET price = 9.40")

    sees(visitor, ball.get_absolute_url(), change, before="£8.90", after="£9.40")


def test_price_changed_in_another_process_is_seen_at_once(visitor: Visitor, ball: Product):
    def change() -> None:
        code = "from catalog.partner.models import StockRecord as S; r = S.objects.get(); r.price = '9.40'; r.save()"
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code]
        subprocess.run(command, cwd=ROOT, env=with_test_database(), check=True)

    sees(visitor, "/", change, before="£8.90", after="£9.40")


def test_price_changed_in_the_admin_is_seen_at_once(visitor: Visitor, ball: Product, owner: Any):
    staff = Visitor()
    staff.force_login(owner)

    def change() -> None:
        data = posted(staff.get(page_of(ball)), price="9.40")
        assert staff.post(page_of(ball), data).status_code == 302

    sees(visitor, ball.get_absolute_url(), change, before="£8.90", after="£9.40")


def test_last_piece_sold_and_back_again_is_seen_at_once(visitor: Visitor, ball: Product):
    url = ball.get_absolute_url()
    ball.stockrecords.update(num_in_stock=1)
    sees(visitor, url, lambda: order_of(make_basket(ball)), before="Last one", after="Sold out")
    back = lambda: ball.stockrecords.update(num_in_stock=30)  # noqa: E731
    sees(visitor, url, back, before="Sold out", after="In stock")


def test_every_stock_that_a_page_tells_apart_is_noticed(visitor: Visitor, ball: Product):
    """The trigger compares what the page shows: where the pages differ the copy is not used, and beyond it is."""
    url = ball.get_absolute_url()
    fresh = {}
    for pieces in range(MOST_TOLD + 3, -2, -1):
        ball.stockrecords.update(num_in_stock=max(pieces, 0), num_allocated=max(-pieces, 0))
        copied = Visitor().is_given_a_copy(url)
        fresh[pieces] = _without_hidden_fields(Visitor().reads(url))
        if pieces + 1 in fresh:
            assert copied <= (fresh[pieces] == fresh[pieces + 1]), pieces
            assert copied == (pieces > MOST_TOLD or pieces < 0), pieces


def _without_hidden_fields(text: str) -> list[str]:
    return [line for line in text.split("<") if 'type="hidden"' not in line]


def test_low_stock_mark_is_seen_at_once(visitor: Visitor, ball: Product):
    change = ball.stockrecords.update
    sees(visitor, ball.get_absolute_url(), lambda: change(low_stock_threshold=10), before="In stock", after="Last 10")


def test_orders_of_something_plentiful_leave_the_cache_alone(visitor: Visitor, ball: Product):
    ball.stockrecords.update(num_in_stock=500)
    assert keeps(visitor, ball.get_absolute_url())
    order_of(make_basket(ball, quantity=3))
    assert Visitor().is_given_a_copy(ball.get_absolute_url())


def test_texts_titles_pictures_and_recommendations_are_seen_at_once(visitor: Visitor, ball: Product):
    url = ball.get_absolute_url()
    assert keeps(visitor, url)
    ball.description = "For the palm."
    ball.save()
    assert "For the palm." in Visitor().reads(url)
    sees(visitor, "/products/", lambda: _retitle(ball, "Soft Ball"), before="Spiky Palm Ball", after="Soft Ball")
    url = ball.get_absolute_url()
    assert keeps(visitor, url)
    make_image(ball, alt="A ball on linen")
    assert "A ball on linen" in Visitor().reads(url)
    other = make_product("Palm Press")
    assert keeps(visitor, url)
    ball.primary_recommendations.create(recommendation=other)
    assert "Palm Press" in Visitor().reads(url)


def test_suggestions_while_typing_know_a_change_at_once(visitor: Visitor, ball: Product):
    url = "/search/suggestions/?q=ball"
    sees(visitor, url, lambda: _retitle(ball, "Soft Ball"), before="Spiky Palm Ball", after="Soft Ball")
    assert visitor.get(url).headers["Cache-Control"] == "private, no-cache"
    ball.is_public = False
    ball.save()
    assert '"items": []' in Visitor().reads(url)


def _retitle(product: Product, title: str) -> None:
    product.title = title
    product.slug = ""
    product.save()


def test_categories_are_seen_at_once(visitor: Visitor, ball: Product):
    rollers = make_range("rollers")
    url = rollers.get_absolute_url()
    assert "Spiky Palm Ball" not in visitor.reads(url)
    assert Visitor().is_given_a_copy(url)
    put_into(rollers, ball)
    assert "Spiky Palm Ball" in Visitor().reads(url)
    rename = Category.objects.filter(pk=rollers.pk).update
    sees(visitor, "/products/", lambda: rename(name="Balls and rollers"), before=">Rollers", after="Balls and rollers")


def test_techniques_are_seen_at_once(visitor: Visitor, ball: Product):
    technique = make_technique("deep-hand-massage")
    url = technique.get_absolute_url()
    assert keeps(visitor, url)
    technique.technique_products.add(ball)
    assert "Spiky Palm Ball" in Visitor().reads(url)


def test_delivery_price_is_seen_at_once(visitor: Visitor, ball: Product):
    change = DeliveryMethod.objects.update
    sees(visitor, ball.get_absolute_url(), lambda: change(price="4.20"), before="£3.95", after="£4.20")


def test_articles_and_pages_are_seen_at_once(visitor: Visitor, ball: Product):
    article = Article.objects.create(
        title="Sleep", slug="sleep", description="On sleep.", state="published", published_on="2026-11-01"
    )
    page = Page.objects.create(title="About", slug="about", description="Who we are.", updated_on="2026-11-01")
    retitle = lambda: Article.objects.update(title="Rest")  # noqa: E731
    sees(visitor, "/journal/", retitle, before=">Sleep<", after=">Rest<")
    rename = lambda: Page.objects.filter(pk=page.pk).update(title="Us")  # noqa: E731
    sees(visitor, "/about/", rename, before="<h1>About", after="<h1>Us")
    assert keeps(visitor, "/journal/sleep/")
    article.state = "archived"
    article.save()
    assert Visitor().get("/journal/sleep/").status_code == 404


def test_deleted_product_is_gone_at_once(visitor: Visitor, ball: Product):
    url = ball.get_absolute_url()
    assert keeps(visitor, url)
    ball.delete()
    assert Visitor().get(url).status_code == 404


def test_change_that_is_rolled_back_was_none(visitor: Visitor, ball: Product):
    url = ball.get_absolute_url()
    assert keeps(visitor, url)
    with transaction.atomic():
        StockRecord.objects.update(price="1.00")
        transaction.set_rollback(True)
    assert Visitor().is_given_a_copy(url)
    assert "£8.90" in Visitor().reads(url)


def test_change_that_commits_late_and_out_of_order_is_seen_at_once(visitor: Visitor, ball: Product):
    """The slow one took its number first and commits last: the highest number doesn't tell that anything happened."""
    url = ball.get_absolute_url()
    with outside() as slow:
        slow.execute("UPDATE partner_stockrecord SET price = 9.40")
        DeliveryMethod.objects.update(price="4.20")  # the quick one: a later number, committed first
        assert "£8.90" in visitor.reads(url)
        assert Visitor().is_given_a_copy(url)
        slow.commit()
        text = Visitor().reads(url)
    assert "£9.40" in text
    assert "£4.20" in text


def test_change_that_commits_while_the_page_is_made_spoils_the_copy(visitor: Visitor, ball: Product):
    """What is kept was made of old and new rows; it counts as made before the change, so nobody is given it."""
    url = ball.get_absolute_url()
    meanwhile: list[str] = []

    def change_at_the_foot(template: Any, **_more: Any) -> None:
        if template.name == "components/footer.html":
            with outside() as other:
                other.execute("UPDATE partner_stockrecord SET price = 9.40")
            meanwhile.append(template.name)

    template_rendered.connect(change_at_the_foot)
    try:
        assert "£8.90" in visitor.reads(url)
    finally:
        template_rendered.disconnect(change_at_the_foot)
    assert meanwhile == ["components/footer.html"]
    assert "£9.40" in Visitor().reads(url)
