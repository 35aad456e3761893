"""Our terms for sending things back, as the page "returns" tells them: search engines and the feed read them here.

A shop with other terms changes both: a test reads the demo's page and compares.
"""

from .countries import EU, UK

#: Days to change one's mind, from the day the goods arrived.
DAYS = 14
#: Where these rights are promised: where parcels go.
COUNTRIES = (UK, *EU)
#: Address of the page that tells all of it.
PATH = "/returns/"
