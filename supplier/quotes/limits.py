"""How much of everything; said beside the fields and held by the database."""

from decimal import Decimal

QUANTITY = 99_999
PRICE = Decimal("99999.99")
LINES = 500
NAME = 200
NOTE = 4000
LINE_TEXT = 1000
LINE_NOTE = 500
#: The last day of an offer is at most so many days ahead.
VALID_DAYS = 365
