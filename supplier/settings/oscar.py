"""Oscar's settings; those not named here keep Oscar's defaults."""

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *

from .core import COMPANY, SITE_URL
from .mail import DEFAULT_FROM_EMAIL

OSCAR_SHOP_NAME = COMPANY["brand"]
OSCAR_SHOP_TAGLINE = _("Tools for hand massage")
OSCAR_HOMEPAGE = "/"
OSCAR_FROM_EMAIL = DEFAULT_FROM_EMAIL
OSCAR_URL_SCHEMA = SITE_URL.split(":", 1)[0]
OSCAR_DEFAULT_CURRENCY = "GBP"
OSCAR_CURRENCY_FORMAT = "¤#,##0.00"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_ANON_REVIEWS = False
#: Staff read each review before it is shown.
OSCAR_MODERATE_REVIEWS = True
#: Oscar would mail at every save of a stock record, outside its transaction; see catalog/customer/alerts.
OSCAR_EAGER_ALERTS = False
OSCAR_SAVE_SENT_EMAILS_TO_DB = False
OSCAR_OFFERS_INCL_TAX = True
OSCAR_BASKET_COOKIE_SECURE = SITE_URL.startswith("https://")
OSCAR_BASKET_COOKIE_LIFETIME = 60 * 60 * 24 * 60
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 10_000
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_ACCOUNTS_REDIRECT_URL = "customer:summary"
OSCAR_PRODUCTS_PER_PAGE = 24
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "last_name", "line1", "line4", "postcode", "country")

OSCAR_INITIAL_ORDER_STATUS = "awaiting-payment"
OSCAR_INITIAL_LINE_STATUS = "awaiting-payment"
#: From → to; what each means for people is in catalog/order/states.py.
OSCAR_ORDER_STATUS_PIPELINE = {
    "awaiting-payment": ("paid", "cancelled", "expired"),
    "paid": ("packed", "cancelled"),
    "packed": ("shipped", "paid", "cancelled"),
    "shipped": ("delivered",),
    "delivered": (),
    "cancelled": (),
    "expired": (),
}
OSCAR_LINE_STATUS_PIPELINE: dict[str, tuple[str, ...]] = {}

#: Haystack is not installed; Oscar imports its own search forms, which only want this setting to exist.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

#: Forks that change no model use Oscar's own migrations (`makemigrations --check` guards them).
MIGRATION_MODULES = {
    "basket": "oscar.apps.basket.migrations",
    "partner": "oscar.apps.partner.migrations",
}

#: Oscar's dashboard only for what neither the desk nor the admin does: there an order could be shipped without its
#: letter, and its stock would stay.
OSCAR_DASHBOARD_NAVIGATION = [
    {"label": _("Offers"), "icon": "fas fa-bullhorn", "url_name": "dashboard:offer-list"},
    {"label": _("Vouchers"), "icon": "fas fa-bullhorn", "url_name": "dashboard:voucher-list"},
    {"label": _("Voucher sets"), "icon": "fas fa-bullhorn", "url_name": "dashboard:voucher-set-list"},
    {"label": _("Ranges"), "icon": "fas fa-sitemap", "url_name": "dashboard:range-list"},
    {"label": _("Reports"), "icon": "fas fa-chart-bar", "url_name": "dashboard:reports-index"},
]
