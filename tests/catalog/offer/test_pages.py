"""What is cheaper just now, and the collections that staff make."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range

from tests.factories.catalogue import make_parent
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def balls() -> Range:
    parent = make_parent()
    balls = Range.objects.create(name="Balls", description="<b>Round</b> ones", is_public=True)
    for variant in parent.children.all():
        balls.add_product(variant)
    balls.add_product(make_tool("SH-1", title="Cork Ball"))
    balls.add_product(make_tool("SH-2", title="Secret Ball", is_public=False))
    return balls


def make_offer(tools: Range, name: str = "A tenth off balls", **fields: Any) -> ConditionalOffer:
    return ConditionalOffer.objects.create(
        name=name,
        condition=Condition.objects.create(range=tools, type=Condition.COUNT, value=1),
        benefit=Benefit.objects.create(range=tools, type=Benefit.PERCENTAGE, value=10),
        **fields,
    )


def test_offer_shows_its_tools_once_and_hides_what_is_not_sold(client: Client, balls: Range) -> None:
    offer = make_offer(balls, end_datetime=timezone.now() + timezone.timedelta(days=3))
    page = client.get(f"/offers/{offer.slug}/").text
    assert page.count(">Spiky Palm Ball</a>") == 1
    assert "Cork Ball" in page
    assert "Secret Ball" not in page
    assert f"Until {timezone.localtime(offer.end_datetime):%A}" in page
    assert offer.name in client.get("/offers/").text


def test_offers_that_are_over_or_need_a_voucher_are_not_there(client: Client, balls: Range) -> None:
    past = make_offer(balls, "Last spring", end_datetime=timezone.now() - timezone.timedelta(days=1))
    voucher = make_offer(balls, "With a code", offer_type=ConditionalOffer.VOUCHER)
    listed = client.get("/offers/").text
    for offer in (past, voucher):
        assert offer.name not in listed
        assert client.get(f"/offers/{offer.slug}/").status_code == 404
    assert "Nothing costs less than usual" in listed


def test_collection_is_shown_once_staff_make_it_public(client: Client, balls: Range) -> None:
    page = client.get(f"/ranges/{balls.slug}/").text
    assert "Cork Ball" in page
    assert "<b>Round" not in page
    Range.objects.update(is_public=False)
    assert client.get(f"/ranges/{balls.slug}/").status_code == 404


def test_page_beyond_the_last_leads_to_the_last(client: Client, balls: Range) -> None:
    assert "Cork Ball" in client.get(f"/ranges/{balls.slug}/?page=99").text
    assert "Cork Ball" in client.get(f"/ranges/{balls.slug}/?page=\x00").text


def test_offer_asks_the_same_of_the_database_however_many_tools(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    tools = Range.objects.create(name="Many", is_public=True)
    counts = []
    for size in (1, 5):
        while tools.all_products().count() < size:
            tools.add_product(make_tool(f"SH-{tools.all_products().count()}"))
        with django_assert_max_num_queries(10) as asked:
            client.get(f"/ranges/{tools.slug}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
