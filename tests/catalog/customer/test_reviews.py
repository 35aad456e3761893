"""What buyers say: who may write, what is shown, and what staff decide."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from oscar.apps.catalogue.reviews.models import ProductReview

from catalog.catalogue.models import Product
from catalog.customer.reviews import actions
from catalog.order.models import Order
from supplier.outbox.models import Letter
from tests.factories.catalogue import make_parent
from tests.factories.texts import make_tool
from tests.shop import make_basket, order_of
from tests.structured import Shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]

WORDS = {"score": "4", "title": "Quiet and warm", "body": "I use it each evening.", "name": "Rosa"}


def buy(product: Product, user: Any, *, status: str = "paid") -> Order:
    order = order_of(make_basket(product, owner=user), user=user)
    Order.objects.filter(pk=order.pk).update(status=status)
    return order


def write(client: Client, product: Product, **changes: str) -> Any:
    return client.post(f"{product.get_absolute_url()}reviews/write/", {**WORDS, **changes})


def review_of(product: Product, user: Any, *, status: int = ProductReview.APPROVED, **fields: Any) -> ProductReview:
    values = {**WORDS, "score": 4, **fields}
    return ProductReview.objects.create(product=product, user=user, status=status, **values)


def page_of(client: Client, product: Product) -> str:
    return client.get(product.get_absolute_url()).content.decode()


def product_data(html: str) -> dict[str, Any]:
    data: dict[str, Any] = Shown(html).data["Product"]
    return data


@pytest.fixture
def roller() -> Product:
    return make_tool("SH-1", title="Beech Roller")


def test_tool_without_reviews_says_so_and_claims_nothing(client: Client, roller: Product) -> None:
    html = page_of(client, roller)
    assert "Nobody has reviewed it yet. Only people who bought it here can." in html
    assert "aggregateRating" not in html
    assert "of 5" not in html


def approve(review: ProductReview) -> None:
    """As the page of the admin saves it."""
    review.status = ProductReview.APPROVED
    review.save()


@pytest.mark.parametrize("status", ["paid", "packed", "shipped", "delivered"])
def test_buyer_writes_and_it_is_shown_once_it_was_read(
    client: Client, roller: Product, clinic_buyer: Any, status: str
) -> None:
    buy(roller, clinic_buyer, status=status)
    client.force_login(clinic_buyer)
    assert write(client, roller).headers["Location"] == "/accounts/reviews/"
    assert "Quiet and warm" not in page_of(Client(), roller)
    approve(ProductReview.objects.get())
    html = page_of(Client(), roller)
    for words in ("Quiet and warm", "I use it each evening.", "Rosa, bought here", "4.0 of 5"):
        assert words in html
    assert clinic_buyer.last_name not in html
    assert clinic_buyer.email not in html


def test_buyer_of_a_variant_reviews_the_tool(client: Client, clinic_buyer: Any) -> None:
    parent = make_parent()
    buy(parent.children.first(), clinic_buyer)
    client.force_login(clinic_buyer)
    write(client, parent)
    assert ProductReview.objects.get().product == parent


@pytest.mark.parametrize("status", ["awaiting-payment", "cancelled", "expired"])
def test_order_that_was_not_paid_is_no_purchase(
    client: Client, roller: Product, clinic_buyer: Any, status: str
) -> None:
    buy(roller, clinic_buyer, status=status)
    client.force_login(clinic_buyer)
    assert write(client, roller).status_code == 403
    assert not ProductReview.objects.exists()


def test_who_did_not_buy_it_cannot_review_it(
    client: Client, roller: Product, clinic_buyer: Any, make_user: Any
) -> None:
    buy(roller, clinic_buyer)
    buy(make_tool("SH-2"), other := make_user("other@post.example"))
    client.force_login(other)
    answer = write(client, roller)
    assert answer.status_code == 403
    assert "Reviews are for buyers" in answer.content.decode()
    assert write(Client(), roller).status_code == 403
    stranger = Client().get(f"{roller.get_absolute_url()}reviews/write/")
    assert stranger.headers["Location"].startswith("/accounts/login/")
    assert not ProductReview.objects.exists()


def test_text_outlives_the_end_of_the_session(client: Client, roller: Product) -> None:
    answer = write(client, roller, body="A long evening's words")
    assert answer.status_code == 403
    assert "You were signed out meanwhile." in answer.content.decode()
    assert "A long evening&#x27;s words" in answer.content.decode()
    assert not ProductReview.objects.exists()


def test_one_review_a_tool_and_a_change_is_read_again(client: Client, roller: Product, clinic_buyer: Any) -> None:
    buy(roller, clinic_buyer)
    client.force_login(clinic_buyer)
    write(client, roller)
    approve(ProductReview.objects.get())
    write(client, roller, title="Changed my mind", score="1")
    review = ProductReview.objects.get()
    assert (review.title, review.score, review.status) == ("Changed my mind", 1, ProductReview.FOR_MODERATION)
    assert "Changed my mind" not in page_of(Client(), roller)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("score", "0"), ("score", "6"), ("score", ""), ("score", "x"), ("title", " "), ("title", "x" * 121)),
        *(("body", "\x00"), ("body", ""), ("body", "x" * 5001), ("name", ""), ("name", "a\nb")),
    ],
)
def test_bad_review_comes_back_with_what_was_typed(
    client: Client, roller: Product, clinic_buyer: Any, field: str, value: str
) -> None:
    buy(roller, clinic_buyer)
    client.force_login(clinic_buyer)
    answer = write(client, roller, **{field: value})
    assert answer.status_code == 422
    assert f"review_{field}" in answer.content.decode()
    assert not ProductReview.objects.exists()


def test_hostile_review_is_shown_as_text(client: Client, roller: Product, clinic_buyer: Any) -> None:
    review_of(roller, clinic_buyer, title="</script><script>alert(1)</script>", body="<img src=x onerror=alert(2)>")
    html = page_of(client, roller)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert product_data(html)["review"][0]["name"] == "</script><script>alert(1)</script>"


def test_average_counts_what_is_shown_and_structured_data_agree(
    client: Client, roller: Product, make_user: Any
) -> None:
    for number, score in enumerate((5, 4, 4, 2)):
        review_of(roller, make_user(f"{number}@post.example"), score=score, title=f"Review {number}")
    review_of(roller, make_user("refused@post.example"), score=1, status=ProductReview.REJECTED)
    review_of(roller, make_user("waiting@post.example"), score=1, status=ProductReview.FOR_MODERATION)
    html = page_of(client, roller)
    assert "3.8 of 5, good, from 4 buyers" in html
    assert [f"Review {number}" in html for number in range(4)] == [False, True, True, True]
    data = product_data(html)
    assert data["aggregateRating"]["ratingValue"] == "3.8"
    assert data["aggregateRating"]["reviewCount"] == 4
    assert len(data["review"]) == 3
    assert all(one["name"] in html for one in data["review"])
    roller.refresh_from_db()
    assert roller.rating == 3.75


def test_all_reviews_are_paged_by_the_database(
    client: Client, roller: Product, make_user: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(23):
        review_of(roller, make_user(f"{number}@post.example"), title=f"Review {number}.")
    with django_assert_max_num_queries(5):
        first = client.get(f"{roller.get_absolute_url()}reviews/").content.decode()
    last = client.get(f"{roller.get_absolute_url()}reviews/?page=99").content.decode()
    assert (first.count('class="review"'), last.count('class="review"')) == (20, 3)
    assert "Review 22." in first
    assert "Review 0." in last


def test_reviews_have_one_address(client: Client, roller: Product) -> None:
    answer = client.get(f"/products/old-name_{roller.pk}/reviews/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{roller.get_absolute_url()}reviews/")


def test_product_page_asks_no_more_with_many_reviews(
    client: Client, roller: Product, make_user: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        review_of(roller, make_user(f"{number}@post.example"))
    with django_assert_max_num_queries(10):
        client.get(roller.get_absolute_url())


def test_writer_withdraws_the_review_and_nobody_else_can(
    client: Client, roller: Product, clinic_buyer: Any, make_user: Any
) -> None:
    review_of(roller, clinic_buyer)
    path = f"{roller.get_absolute_url()}reviews/withdrawal/"
    client.force_login(make_user("other@post.example"))
    client.post(path)
    assert ProductReview.objects.exists()
    assert "Quiet and warm" not in client.get("/accounts/reviews/").content.decode()
    client.force_login(clinic_buyer)
    assert "Quiet and warm" in client.get("/accounts/reviews/").content.decode()
    assert client.get(path).status_code == 405
    client.post(path)
    assert not ProductReview.objects.exists()
    assert "aggregateRating" not in page_of(client, roller)


def test_account_names_what_was_bought_and_not_reviewed(client: Client, roller: Product, clinic_buyer: Any) -> None:
    buy(roller, clinic_buyer)
    buy(make_tool("SH-2", title="Cork Ball"), clinic_buyer, status="cancelled")
    client.force_login(clinic_buyer)
    html = client.get("/accounts/reviews/").content.decode()
    assert f'href="{roller.get_absolute_url()}reviews/write/"' in html
    assert "Cork Ball" not in html


def decide(client: Client, review: ProductReview, *, status: int, reason: str = "", body: str = "") -> Any:
    """As somebody does who has `review` before their eyes."""
    version = review.date_created.isoformat()
    data = {"status": status, "reason": reason, "body": body or review.body, "version": version}
    return client.post(f"/admin/reviews/productreview/{review.pk}/change/", data)


def test_staff_find_reviews_on_the_desk_and_show_them(
    client: Client, roller: Product, clinic_buyer: Any, sales_clerk: Any
) -> None:
    review = review_of(roller, clinic_buyer, status=ProductReview.FOR_MODERATION)
    client.force_login(sales_clerk)
    assert "Reviews to read" in client.get("/desk/").content.decode()
    decide(client, review, status=ProductReview.APPROVED, body="[statement about health removed] I use it.")
    assert "[statement about health removed]" in page_of(Client(), roller)
    assert "Reviews to read" not in client.get("/desk/").content.decode()


def test_staff_show_only_what_they_have_read(
    client: Client, roller: Product, clinic_buyer: Any, sales_clerk: Any
) -> None:
    """The writer changes it while its first words stand on the staff's page."""
    review = review_of(roller, clinic_buyer, status=ProductReview.FOR_MODERATION, body="Quiet and warm.")
    fields = {"score": 1, "title": "Changed", "body": "It heals everything.", "name": "R."}
    actions.write_review(roller, by=clinic_buyer, fields=fields)
    client.force_login(sales_clerk)
    answer = decide(client, review, status=ProductReview.APPROVED)
    assert "Its writer changed it meanwhile." in answer.content.decode()
    review.refresh_from_db()
    assert (review.status, review.body) == (ProductReview.FOR_MODERATION, "It heals everything.")
    assert decide(client, review, status=ProductReview.APPROVED).status_code == 302
    review.refresh_from_db()
    assert review.is_approved


def test_version_that_staff_read_stands_on_their_page(
    client: Client, roller: Product, clinic_buyer: Any, sales_clerk: Any
) -> None:
    review = review_of(roller, clinic_buyer, status=ProductReview.FOR_MODERATION)
    client.force_login(sales_clerk)
    html = client.get(f"/admin/reviews/productreview/{review.pk}/change/").content.decode()
    assert f'value="{review.date_created.isoformat()}"' in html


def test_refusal_needs_a_reason_which_the_writer_and_the_history_get(
    client: Client, roller: Product, clinic_buyer: Any, sales_clerk: Any
) -> None:
    review = review_of(roller, clinic_buyer)
    client.force_login(sales_clerk)
    answer = decide(client, review, status=ProductReview.REJECTED)
    assert "Say why it is not shown" in answer.content.decode()
    review.refresh_from_db()
    assert review.is_approved
    decide(client, review, status=ProductReview.REJECTED, reason="It names a neighbour.")
    (letter,) = Letter.objects.filter(to__contains=[clinic_buyer.email])
    assert "It names a neighbour." in letter.text
    assert "It names a neighbour." in letter.html
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (sales_clerk, "Not shown: It names a neighbour.")
    assert "Quiet and warm" not in page_of(Client(), roller)


def test_staff_cannot_write_or_change_what_a_buyer_said(
    client: Client, roller: Product, clinic_buyer: Any, sales_clerk: Any
) -> None:
    review = review_of(roller, clinic_buyer)
    client.force_login(sales_clerk)
    data = {"status": ProductReview.APPROVED, "body": review.body, "score": 5, "title": "Wonderful", "name": "x"}
    client.post(f"/admin/reviews/productreview/{review.pk}/change/", data)
    review.refresh_from_db()
    assert (review.score, review.title) == (4, "Quiet and warm")
    assert client.get("/admin/reviews/productreview/add/").status_code == 403


def test_oscars_page_for_reviews_leads_to_ours(client: Client, sales_clerk: Any) -> None:
    client.force_login(sales_clerk)
    for path in ("/dashboard/reviews/", "/dashboard/reviews/1/", "/dashboard/reviews/1/delete/"):
        assert client.get(path).headers["Location"] == "/admin/reviews/productreview/", path
