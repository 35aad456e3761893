"""Order numbers from a sequence of ours: Oscar's would come from the basket, and a basket may be ordered again."""

from django.db import connection


def next_order_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('order_number')")
        return str(cursor.fetchone()[0])
