"""Which tables public pages are NOT made of. Every other table is watched, so that a new one can't be forgotten.

A test reads all public pages and refuses a table in this list that one of them reads.
"""

from fnmatch import fnmatch

#: pattern of names → why a change to such a table changes no kept page
UNWATCHED = {
    "pagecache_change": "counts the changes of the others",
    "django_migrations": "says what was migrated",
    "django_content_type": "names of models; never change after a migration",
    "django_admin_log": "what staff did",
    "django_session": "who is signed in",
    "auth_*": "who may do what",
    "accounts_*": "people; pages of visitors without a session name none",
    "axes_*": "sign-ins that failed",
    "procrastinate_*": "jobs",
    "outbox_*": "letters",
    "inquiries_*": "messages; private pages",
    "quotes_*": "quotes; private pages",
    "order_*": "orders; private pages",
    "payment_*": "payments; private pages",
    "basket_*": "baskets; the number of things in it is put into each kept page anew",
    "wishlists_*": "wish lists; private pages",
    "customer_*": "who wants to hear when something is back; private pages",
    "communication_*": "letters that Oscar wrote, and notices to customers",
    "address_useraddress": "addresses of customers",
    "analytics_*": "what Oscar counts for reports",
    "partner_stockalert": "what staff should order again",
    "desk_givenpermission": "which permissions the groups of staff were given",
    "thumbnail_kvstore": "sorl's notes for Oscar's dashboard",
    "search_zerosearch": "what was searched and not found; for staff",
    "voucher_voucherapplication": "who used a voucher",
}

#: table → what pages show of its rows; an update of anything else changes no page. Of stock: the figures up to 20
#: (MOST_TOLD in catalog/catalogue/offers.py): not every sale of something plentiful empties the cache.
SHOWN = {
    "partner_stockrecord": (
        "id, product_id, partner_id, partner_sku, price, price_currency, low_stock_threshold,"
        " LEAST(GREATEST(COALESCE(num_in_stock, 0) - COALESCE(num_allocated, 0), 0), 21)"
    ),
}


def is_watched(table: str) -> bool:
    return not any(fnmatch(table, pattern) for pattern in UNWATCHED)
