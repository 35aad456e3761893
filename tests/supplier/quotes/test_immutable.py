"""A sent version never changes, whatever asks for it: the database itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from supplier.quotes.accepting import accept
from supplier.quotes.models import Acceptance, QuoteVersion, VersionLine
from tests.shop import make_basket, order_of

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE quotes_quoteversion SET delivery_price = 0 WHERE id = %s",
        "UPDATE quotes_quoteversion SET sent_at = NULL, sent_by_id = NULL, expires_at = NULL WHERE id = %s",
        "UPDATE quotes_quoteversion SET expires_at = expires_at + interval '1 year' WHERE id = %s",
        "DELETE FROM quotes_quoteversion WHERE id = %s",
        "UPDATE quotes_versionline SET price = 0.01 WHERE version_id = %s",
        "UPDATE quotes_versionline SET quantity = quantity + 1 WHERE version_id = %s",
        "DELETE FROM quotes_versionline WHERE version_id = %s",
        "INSERT INTO quotes_versionline (version_id, position, product_id, title, sku, quantity, price)"
        " SELECT version_id, 99, product_id + 1000, title, sku, 1, 1 FROM quotes_versionline WHERE version_id = %s",
    ],
)
def test_sent_version_and_its_lines_refuse_every_change(offer, sql):
    version = offer()

    with pytest.raises(IntegrityError, match="never change"):
        run(sql, version.pk)


def test_line_cannot_be_moved_into_or_out_of_a_sent_version(offer, ask):
    version = offer()
    draft = QuoteVersion.objects.create(quote=version.quote, number=2)
    line = version.lines.first()
    loose = VersionLine.objects.create(
        version=draft, position=9, product=line.product, title="x", sku="x", quantity=1, price=1
    )

    for pk, target in ((line.pk, draft.pk), (loose.pk, version.pk)):
        with pytest.raises(IntegrityError, match="never change"):
            run("UPDATE quotes_versionline SET version_id = %s WHERE id = %s", target, pk)


def test_draft_may_change_and_go(offer):
    draft = QuoteVersion.objects.create(quote=offer().quote, number=2)

    run("UPDATE quotes_quoteversion SET delivery_price = 3 WHERE id = %s", draft.pk)
    run("DELETE FROM quotes_quoteversion WHERE id = %s", draft.pk)

    assert not QuoteVersion.objects.filter(pk=draft.pk).exists()


def test_version_without_lines_cannot_be_sent(ask, sales_clerk):
    draft = QuoteVersion.objects.create(quote=ask(), number=1)

    with pytest.raises(IntegrityError, match="no line"):
        run(
            "UPDATE quotes_quoteversion SET sent_at = now(), sent_by_id = %s, expires_at = now() + interval '1 day',"
            " valid_until = current_date, delivery_price = 0, delivery_name = 'x', time_zone = 'UTC' WHERE id = %s",
            sales_clerk.pk,
            draft.pk,
        )


def test_acceptance_never_changes_nor_goes(offer, buyer):
    version = offer()
    accept(version.quote, version_number=1, buyer=buyer(version.quote))

    for sql in (
        "UPDATE quotes_acceptance SET name = 'Somebody' WHERE version_id = %s",
        "DELETE FROM quotes_acceptance WHERE version_id = %s",
    ):
        with pytest.raises(IntegrityError, match="never changes"):
            run(sql, version.pk)


def test_acceptance_of_another_quotes_version_or_a_draft_is_refused(offer, ask, roller):
    version = offer()
    draft = QuoteVersion.objects.create(quote=version.quote, number=2)
    told = {"name": "x", "delivery_address": "x", "order": order_of(make_basket(roller))}

    with pytest.raises(IntegrityError, match="quotes_acceptance_of_quote"), transaction.atomic():
        Acceptance.objects.create(quote=ask(email="other@clinic.example"), version=version, **told)
    with pytest.raises(IntegrityError, match="sent and is valid"), transaction.atomic():
        Acceptance.objects.create(quote=version.quote, version=draft, **told)


def test_acceptance_after_the_last_moment_is_refused_by_the_database_too(offer, roller):
    version, order = offer(), order_of(make_basket(roller))

    with pytest.raises(IntegrityError, match="sent and is valid"), transaction.atomic():
        Acceptance.objects.create(
            quote=version.quote,
            version=version,
            name="x",
            delivery_address="x",
            order=order,
            accepted_at=version.expires_at,
        )
