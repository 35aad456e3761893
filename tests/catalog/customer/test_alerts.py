"""Being told when something is back: asking, saying yes, the queue, and the letters."""

import re
import subprocess
import sys
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.customer.alerts import actions
from catalog.customer.models import AlertLink, ProductAlert
from catalog.customer.tasks import tell_who_waits
from catalog.partner.models import StockRecord
from supplier.outbox.models import Letter
from tests.at_once import at_once
from tests.factories.catalogue import make_parent, set_stock
from tests.factories.texts import make_tool
from tests.servers import with_test_database

pytestmark = pytest.mark.usefixtures("outbox")

OURS = {"origin": "http://testserver"}
ANN = "ann@post.example"


@pytest.fixture
def roller(db: None) -> Product:
    product = make_tool("SH-1", title="Beech Roller")
    set_stock(product, 0)
    return product


def ask(client: Client, product: Product, *, email: str = ANN, **more: Any) -> Any:
    data = {"product": str(product.pk), "email": email, **more}
    return client.post(f"/alerts/{product.parent_id or product.pk}/", data, headers=OURS)


def letters_to(email: str) -> list[Letter]:
    return list(Letter.objects.filter(to__contains=[email]).order_by("pk"))


def link_in(letter: Letter) -> str:
    found = re.search(r"http://testserver(/a/\S+/)", letter.text)
    assert found
    return found[1]


def wait_for(product: Product, *emails: str) -> list[ProductAlert]:
    """Guests who said yes, one after the other."""
    alerts = []
    for email in emails:
        alert = ProductAlert.objects.create(product=product, email=email)
        alert.confirm()
        alerts.append(alert)
    return alerts


def told() -> list[str]:
    return [letter.to[0] for letter in Letter.objects.filter(subject__endswith="is back").order_by("pk")]


def sweep() -> None:
    tell_who_waits(timestamp=0)


# ---- asking ----


def test_guest_is_told_only_after_saying_yes(client: Client, roller: Product) -> None:
    answer = ask(client, roller)
    assert answer.headers["Location"] == f"/alerts/{roller.pk}/asked/"
    (letter,) = letters_to(ANN)
    assert "Shall we write to you about Beech Roller?" in letter.subject
    set_stock(roller, 5)
    sweep()
    assert not told()

    page = link_in(letter)
    client.post(f"{page}confirmation/", headers=OURS)
    sweep()
    assert told() == [ANN]


def test_looking_at_the_link_says_neither_yes_nor_no(client: Client, roller: Product) -> None:
    ask(client, roller)
    page = link_in(letters_to(ANN)[0])
    for path in (page, f"{page}confirmation/", f"{page}cancellation/"):
        client.get(path)
        client.head(path)
    assert ProductAlert.objects.get().status == ProductAlert.UNCONFIRMED


def test_link_is_private_and_its_token_is_not_stored(client: Client, roller: Product) -> None:
    ask(client, roller)
    page = link_in(letters_to(ANN)[0])
    token = page.split("/")[2]
    assert AlertLink.objects.get().token_hash != token
    assert ProductAlert.objects.get().key == ""
    answer = client.get(page)
    assert answer.headers["Cache-Control"].startswith("no-store, private")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    AlertLink.objects.get().revoke()
    assert client.get(page).status_code == 404


def test_guest_leaves_the_list_by_the_same_link(client: Client, roller: Product) -> None:
    ask(client, roller)
    page = link_in(letters_to(ANN)[0])
    client.post(f"{page}confirmation/", headers=OURS)
    client.post(f"{page}cancellation/", headers=OURS)
    assert "You are not on the list" in client.get(page).content.decode()
    client.post(f"{page}confirmation/", headers=OURS)
    set_stock(roller, 5)
    sweep()
    assert not told()


def test_answer_is_the_same_whoever_waits_already(client: Client, roller: Product, clinic_buyer: Any) -> None:
    wait_for(roller, "known@post.example")
    answers = [ask(client, roller, email=email) for email in (ANN, "KNOWN@post.example", clinic_buyer.email)]
    assert len({(answer.status_code, answer.headers["Location"], answer.content) for answer in answers}) == 1
    assert len({tuple(sorted(answer.cookies)) for answer in answers}) == 1


def test_one_alert_a_person_and_product(client: Client, roller: Product, clinic_buyer: Any) -> None:
    for email in (ANN, ANN, ANN.upper()):
        ask(client, roller, email=email)
    assert ProductAlert.objects.count() == 1
    client.force_login(clinic_buyer)
    for _press in range(2):
        ask(client, roller)
    assert ProductAlert.objects.filter(user=clinic_buyer).count() == 1


def test_address_gets_no_more_than_a_few_letters_a_day(client: Client, roller: Product) -> None:
    answers = [ask(client, roller) for _try in range(9)]
    assert {answer.status_code for answer in answers} == {302}
    assert len(letters_to(ANN)) == 5


def test_one_place_asks_no_more_than_an_office_would(client: Client, roller: Product) -> None:
    answers = [ask(client, roller, email=f"a{number}@post.example") for number in range(21)]
    assert [answer.status_code for answer in answers[-2:]] == [302, 422]
    assert "Wait an hour" in answers[-1].content.decode()
    assert 'value="a20@post.example"' in answers[-1].content.decode()


def test_program_that_fills_in_everything_gets_the_same_answer_and_no_letter(client: Client, roller: Product) -> None:
    assert ask(client, roller, homepage="https://spam.example").status_code == 302
    assert not ProductAlert.objects.exists()


@pytest.mark.parametrize("email", ["", "ann", "a b@post.example", "a\x00b@post.example", "x" * 300 + "@post.example"])
def test_bad_address_comes_back_with_what_was_typed(client: Client, roller: Product, email: str) -> None:
    answer = ask(client, roller, email=email)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="alert_email_error"' in html
    assert re.search(r'<details[^>]* id="alert"[^>]* open>', html)
    assert not ProductAlert.objects.exists()


def test_only_what_is_sold_out_can_be_waited_for(client: Client, db: None) -> None:
    parent = make_parent()
    soft, medium = parent.children.order_by("pk")[:2]
    set_stock(soft, 0)
    assert ask(client, medium).status_code == 422
    assert ask(client, soft).status_code == 302
    assert ProductAlert.objects.get().product == soft


def test_what_came_back_meanwhile_leads_to_the_page_where_it_is_bought(client: Client, roller: Product) -> None:
    set_stock(roller, 1)
    answer = ask(client, roller)
    assert answer.headers["Location"] == f"{roller.get_absolute_url()}#buy"
    assert not answer.cookies
    assert not ProductAlert.objects.exists()


def test_form_of_another_site_is_refused(client: Client, roller: Product) -> None:
    answer = client.post(
        f"/alerts/{roller.pk}/", {"product": roller.pk, "email": ANN}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert not ProductAlert.objects.exists()


def test_customer_is_on_the_list_in_one_press_and_off_in_another(
    client: Client, roller: Product, clinic_buyer: Any
) -> None:
    client.force_login(clinic_buyer)
    ask(client, roller, email="")
    alert = ProductAlert.objects.get()
    assert (alert.user, alert.status) == (clinic_buyer, ProductAlert.ACTIVE)
    assert not Letter.objects.exists()
    page = client.get(roller.get_absolute_url()).content.decode()
    assert "You are on the list for Beech Roller" in page
    assert "Beech Roller" in client.get("/accounts/alerts/").content.decode()
    client.post(f"/accounts/alerts/{alert.pk}/cancellation/")
    assert not ProductAlert.objects.open().exists()


def test_forms_of_whom_is_signed_in_carry_the_token(roller: Product, clinic_buyer: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinic_buyer)
    for start in ("/alerts/", "/accounts/wishlists/keep/"):
        html = client.get(roller.get_absolute_url()).content.decode()
        token = re.search(
            rf'action="{start}{roller.pk}/"><input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"', html
        )
        assert token, start
        data = {"product": roller.pk, "csrfmiddlewaretoken": token[1]}
        assert client.post(f"{start}{roller.pk}/", data).status_code == 302
    assert ProductAlert.objects.get().user == clinic_buyer


def test_nobody_sees_or_ends_anothers_alert(client: Client, roller: Product, clinic_buyer: Any, make_user: Any) -> None:
    alert = actions.ask_as_customer(roller, user=clinic_buyer)
    client.force_login(make_user("other@post.example"))
    assert "Beech Roller" not in client.get("/accounts/alerts/").content.decode()
    assert client.post(f"/accounts/alerts/{alert.pk}/cancellation/").status_code == 404
    alert.refresh_from_db()
    assert alert.is_active


# ---- telling ----


def test_the_longest_waiting_are_told_and_no_more_than_there_are_pieces(roller: Product) -> None:
    wait_for(roller, *(f"{number}@post.example" for number in range(5)))
    set_stock(roller, 2)
    for _round in range(3):
        sweep()
    assert told() == ["0@post.example", "1@post.example"]


def test_the_next_are_told_after_a_day_if_pieces_are_left(roller: Product) -> None:
    wait_for(roller, *(f"{number}@post.example" for number in range(5)))
    set_stock(roller, 2)
    sweep()
    ProductAlert.objects.filter(status=ProductAlert.CLOSED).update(date_closed=timezone.now() - timedelta(hours=25))
    set_stock(roller, 1)
    sweep()
    assert told() == ["0@post.example", "1@post.example", "2@post.example"]


def test_new_stock_reaches_more_people_at_once(roller: Product) -> None:
    wait_for(roller, *(f"{number}@post.example" for number in range(5)))
    set_stock(roller, 1)
    sweep()
    set_stock(roller, 4)
    sweep()
    assert len(told()) == 4


def test_pieces_promised_to_orders_are_not_told_of(roller: Product) -> None:
    wait_for(roller, ANN)
    StockRecord.objects.filter(product=roller).update(num_in_stock=3, num_allocated=3)
    sweep()
    assert not told()
    roller.stockrecords.get().cancel_allocation(1)
    sweep()
    assert told() == [ANN]


def test_stock_changed_by_hand_in_the_database_is_seen(roller: Product) -> None:
    wait_for(roller, ANN)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partner_stockrecord SET num_in_stock = 1 WHERE product_id = %s", [roller.pk])
    sweep()
    assert told() == [ANN]


def test_nothing_is_told_of_what_nobody_can_buy(roller: Product) -> None:
    wait_for(roller, ANN)
    set_stock(roller, 3)
    Product.objects.filter(pk=roller.pk).update(is_public=False)
    sweep()
    Product.objects.filter(pk=roller.pk).update(is_public=True)
    roller.stockrecords.update(price=None)
    sweep()
    assert not told()


def test_who_waits_as_guest_and_as_customer_gets_one_letter(roller: Product, clinic_buyer: Any) -> None:
    wait_for(roller, clinic_buyer.email.upper())
    actions.ask_as_customer(roller, user=clinic_buyer)
    set_stock(roller, 9)
    sweep()
    assert len(told()) == 1
    assert not ProductAlert.objects.open().exists()


def test_letter_leads_to_the_variant(db: None) -> None:
    parent = make_parent()
    soft = parent.children.order_by("pk")[0]
    set_stock(soft, 0)
    wait_for(soft, ANN)
    set_stock(soft, 1)
    sweep()
    (letter,) = letters_to(ANN)
    assert letter.subject == "Spiky Palm Ball, soft is back"
    assert f"{parent.get_absolute_url()}?variant={soft.upc}" in letter.text
    assert f"{parent.get_absolute_url()}?variant={soft.upc}" in letter.html


REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the power fails'; END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON customer_productalert FOR EACH ROW EXECUTE FUNCTION refuse()
"""


def test_what_fails_between_letter_and_end_of_alert_has_told_nobody(roller: Product) -> None:
    wait_for(roller, ANN)
    set_stock(roller, 1)
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
        sweep()
        cursor.execute("DROP TRIGGER refuse ON customer_productalert")
    assert not told()
    for _round in range(2):
        sweep()
    assert told() == [ANN]


@pytest.mark.django_db(transaction=True)
def test_worker_that_is_killed_in_the_middle_has_told_nobody() -> None:
    """A real process, which dies after the letter was written and before its transaction ends."""
    product = make_tool("SH-1")
    set_stock(product, 1)
    wait_for(product, ANN)
    key = product.stockrecords.get().pk
    code = f"""
import os, django
django.setup()
from django.conf import settings
from django.db import transaction
settings.EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"
from catalog.customer.alerts.actions import tell_waiting
from supplier.outbox.models import Letter
with transaction.atomic():
    assert tell_waiting({key}) == 1
    assert Letter.objects.count() == 1
    os._exit(9)
"""
    command = [sys.executable, "-c", code]
    died = subprocess.run(command, env=with_test_database(), check=False, capture_output=True, text=True)
    assert died.returncode == 9, died.stderr
    assert not told()
    sweep()
    assert told() == [ANN]


def test_one_that_fails_does_not_keep_the_others_waiting(roller: Product) -> None:
    other = make_tool("SH-2", title="Ball")
    set_stock(other, 0)
    (broken,) = wait_for(roller, ANN)
    ProductAlert.objects.filter(pk=broken.pk).update(email="no\naddress")
    wait_for(other, "ben@post.example")
    for product in (roller, other):
        set_stock(product, 1)
    sweep()
    assert told() == ["ben@post.example"]


@pytest.mark.django_db(transaction=True)
def test_many_rounds_at_once_tell_each_once_and_no_more_than_there_are_pieces() -> None:
    product = make_tool("SH-1")
    set_stock(product, 0)
    wait_for(product, *(f"{number}@post.example" for number in range(8)))
    set_stock(product, 5)

    def rounds() -> None:
        for _again in range(3):
            sweep()

    assert at_once(*[rounds] * 6) == [None] * 6
    assert sorted(told()) == [f"{number}@post.example" for number in range(5)]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_alert(make_user: Any) -> None:
    product, user = make_tool("SH-1"), make_user("eve@post.example")
    set_stock(product, 0)
    as_customer = partial(actions.ask_as_customer, product, user=user)
    as_guest = partial(actions.ask_as_guest, product, email=ANN)
    answers = at_once(as_customer, as_guest, as_customer, as_guest)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert len(answers) == 4
    assert ProductAlert.objects.filter(user=user).count() == 1
    assert ProductAlert.objects.filter(email=ANN).count() == 1


def test_addresses_are_forgotten(roller: Product) -> None:
    young = ProductAlert.objects.create(product=roller, email="young@post.example")
    old = ProductAlert.objects.create(product=roller, email="old@post.example")
    (waiting, gone) = wait_for(roller, "waiting@post.example", "gone@post.example")
    gone.close()
    past = timezone.now() - timedelta(days=31)
    ProductAlert.objects.filter(pk__in=[old.pk, waiting.pk]).update(date_created=past)
    ProductAlert.objects.filter(pk=gone.pk).update(date_closed=past)
    actions.forget_old()
    assert set(ProductAlert.objects.values_list("pk", flat=True)) == {young.pk, waiting.pk}


def test_staff_see_who_waits_for_what(client: Client, roller: Product, sales_clerk: Any) -> None:
    roller.stockrecords.update(low_stock_threshold=3)
    wait_for(roller, ANN, "ben@post.example")
    client.force_login(sales_clerk)
    assert "none left, 2 people wait for it" in client.get("/desk/").content.decode()
    assert ANN in client.get("/admin/customer/productalert/").content.decode()
    assert re.search(r'field-waiting">2<', client.get("/admin/catalogue/product/").content.decode())
