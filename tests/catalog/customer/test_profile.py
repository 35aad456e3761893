"""One's own account: changed, secured, closed, left; and what stays when a form comes back."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from oscar.apps.communication.models import Notification
from oscar.apps.wishlists.models import WishList

from catalog.order.models import Order
from supplier.accounts.models import User
from supplier.inquiries.models import Inquiry
from tests.shop import make_basket, make_product, order_of

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-9"


@pytest.fixture
def owner(client: Client, clinic_buyer: Any) -> Client:
    client.force_login(clinic_buyer)
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def test_signing_out_asks_first_and_following_a_link_changes_nothing(owner: Client) -> None:
    assert "Sign out?" in owner.get("/accounts/logout/").text
    assert is_signed_in(owner)
    assert owner.post("/accounts/logout/").headers["Location"] == "/"
    assert not is_signed_in(owner)
    assert owner.post("/accounts/logout/").status_code == 302  # pressed twice


def test_new_address_is_told_to_the_old_one(owner: Client, clinic_buyer: Any) -> None:
    data = {"first_name": "Rosa", "last_name": "Whitlock", "email": "rosa@new.example"}
    page = owner.post("/accounts/profile/edit/", data, follow=True).text
    assert "Your details are saved." in page
    [letter] = mail.outbox
    assert letter.to == ["buyer@clinic.example"]
    assert "rosa@new.example" in letter.body
    owner.post("/accounts/profile/edit/", data)
    assert len(mail.outbox) == 1


def test_address_of_somebody_else_is_refused_and_what_was_typed_stays(owner: Client, make_user: Any) -> None:
    make_user("other@post.example")
    data = {"first_name": "Rosalind", "last_name": "W", "email": "Other@post.example"}
    page = owner.post("/accounts/profile/edit/", data).text
    assert "One thing to mend" in page
    assert "Another account has this address." in page
    assert 'value="Rosalind"' in page
    assert User.objects.get(pk=owner.session["_auth_user_id"]).email == "buyer@clinic.example"
    assert mail.outbox == []


def test_changed_password_keeps_one_signed_in_and_is_told_by_letter(owner: Client, clinic_buyer: Any) -> None:
    data = {"old_password": PASSWORD, "new_password1": "kneading dough 44", "new_password2": "kneading dough 44"}
    assert "Your new password is set." in owner.post("/accounts/change-password/", data, follow=True).text
    assert is_signed_in(owner)
    assert [letter.to for letter in mail.outbox] == [["buyer@clinic.example"]]
    clinic_buyer.refresh_from_db()
    assert clinic_buyer.check_password("kneading dough 44")


def test_wrong_old_password_changes_nothing(owner: Client, clinic_buyer: Any) -> None:
    data = {"old_password": "guess", "new_password1": "kneading dough 44", "new_password2": "kneading dough 44"}
    assert "One thing to mend" in owner.post("/accounts/change-password/", data).text
    clinic_buyer.refresh_from_db()
    assert clinic_buyer.check_password(PASSWORD)


def test_closing_the_account_wants_the_password_and_keeps_the_orders(owner: Client, clinic_buyer: Any) -> None:
    order = order_of(make_basket(make_product(), owner=clinic_buyer), user=clinic_buyer)
    message = Inquiry.objects.create(name="Rosa", email=clinic_buyer.email, user=clinic_buyer)
    assert "One thing to mend" in owner.post("/accounts/profile/delete/", {"password": "guess"}).text
    assert is_signed_in(owner)
    page = owner.post("/accounts/profile/delete/", {"password": PASSWORD}, follow=True).text
    assert "Your account is closed." in page
    assert not is_signed_in(owner)
    assert not User.objects.filter(pk=clinic_buyer.pk).exists()
    assert Order.objects.get(pk=order.pk).user is None
    assert Inquiry.objects.get(pk=message.pk).user is None


def test_deleted_notice_leads_back_to_the_others(owner: Client, clinic_buyer: Any) -> None:
    notice = Notification.objects.create(
        recipient=clinic_buyer, subject="Back <b>in</b> stock", body="<i>Soft</i> ones"
    )
    url = f"/accounts/notifications/{notice.pk}/"
    page = owner.get(url).text
    assert "<h1>Back in stock</h1>" in page
    assert "<i>" not in page
    data = {"selected_notification": notice.pk, "action": "delete"}
    page = owner.post(
        "/accounts/notifications/update/", data, headers={"referer": f"http://testserver{url}"}, follow=True
    )
    assert page.status_code == 200
    assert "One notice is deleted." in page.text


def test_own_messages_stand_in_the_account_and_no_others(owner: Client, clinic_buyer: Any, make_user: Any) -> None:
    mine = Inquiry.objects.create(name="Rosa", email=clinic_buyer.email, user=clinic_buyer)
    same_email = Inquiry.objects.create(name="Mallory", email=clinic_buyer.email)
    page = owner.get("/accounts/messages/").text
    assert mine.reference in page
    assert same_email.reference not in page
    assert owner.get(f"/accounts/messages/{same_email.reference}/").status_code == 404
    thread = owner.get(f"/accounts/messages/{mine.reference}/").headers["Location"]
    assert thread == owner.get(f"/accounts/messages/{mine.reference}/").headers["Location"]
    assert Client().get(thread).status_code == 200
    assert mine.links.count() == 1


@pytest.mark.parametrize(
    ("visibility", "stranger", "other"), [("Public", 200, 200), ("Shared", 302, 404), ("Private", 404, 404)]
)
def test_wish_list_is_shown_to_whom_its_owner_wants(
    clinic_buyer: Any, make_user: Any, visibility: str, stranger: int, other: int
) -> None:
    tool = make_product("Cork Ball")
    wish_list = WishList.objects.create(owner=clinic_buyer, name="For me", visibility=visibility)
    wish_list.lines.create(product=tool, title=tool.title)
    url = f"/wishlists/{wish_list.key}/"
    guest, customer, owner = Client(), Client(), Client()
    customer.force_login(make_user("other@post.example"))
    owner.force_login(clinic_buyer)
    answers = [person.get(url).status_code for person in (guest, customer, owner)]
    assert answers == [stranger, other, 200]
    assert "Cork Ball" in owner.get(url).text


def test_shared_list_asks_the_same_of_the_database_however_long_it_is(
    client: Client, clinic_buyer: Any, django_assert_max_num_queries: Any
) -> None:
    wish_list = WishList.objects.create(owner=clinic_buyer, name="For me", visibility="Public")
    counts = []
    for size in (1, 5):
        while wish_list.lines.count() < size:
            tool = make_product(f"Tool {wish_list.lines.count()}")
            wish_list.lines.create(product=tool, title=tool.title)
        with django_assert_max_num_queries(10) as asked:
            client.get(f"/wishlists/{wish_list.key}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
