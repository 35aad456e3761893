"""Apps, middleware, templates, time and language."""

from urllib.parse import urlsplit

from .env import BASE_DIR, VAR_DIR, flag, origin, required, text

SECRET_KEY = required("SECRET_KEY", example="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')")
DEBUG = flag("DEBUG")

#: The one address of the site. Allowed hosts, links in letters, canonical links and the sites row come from it.
SITE_URL = origin("SITE_URL", "http://127.0.0.1:8000")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = [SITE_HOST]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SITE_ID = 1

INSTALLED_APPS = [
    "supplier.accounts.apps.AccountsConfig",
    "supplier.outbox.apps.OutboxConfig",
    "supplier.look.apps.LookConfig",
    "supplier.pagecache.apps.PageCacheConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.flatpages",
    "django.contrib.postgres",
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "catalog.checkout.apps.CheckoutConfig",  # oscar.apps.checkout.apps.CheckoutConfig
    "oscar.apps.address.apps.AddressConfig",
    "catalog.shipping.apps.ShippingConfig",  # oscar.apps.shipping.apps.ShippingConfig
    "catalog.catalogue.apps.CatalogueConfig",  # oscar.apps.catalogue.apps.CatalogueConfig
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "catalog.partner.apps.PartnerConfig",  # oscar.apps.partner.apps.PartnerConfig
    "catalog.basket.apps.BasketConfig",  # oscar.apps.basket.apps.BasketConfig
    "catalog.payment.apps.PaymentConfig",  # oscar.apps.payment.apps.PaymentConfig
    "oscar.apps.offer.apps.OfferConfig",
    "catalog.order.apps.OrderConfig",  # oscar.apps.order.apps.OrderConfig
    "catalog.customer.apps.CustomerConfig",  # oscar.apps.customer.apps.CustomerConfig
    "catalog.search.apps.SearchConfig",  # oscar.apps.search.apps.SearchConfig
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "treebeard",
    "sorl.thumbnail",
    "django_tables2",
    "pictures",
    "procrastinate.contrib.django",
    "axes",
    "catalog.texts.apps.TextsConfig",
    "blog.apps.BlogConfig",
    "supplier.pages.apps.PagesConfig",
    "supplier.inquiries.apps.InquiriesConfig",
    "supplier.quotes.apps.QuotesConfig",
    "supplier.desk.apps.DeskConfig",
    "supplier.demo.apps.DemoConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "supplier.pages.maintenance.close_for_maintenance",  # before whatever answers from a cache or needs the database
    "supplier.pagecache.middleware.Compress",
    "supplier.pagecache.middleware.PageCache",  # keeps what those below add too, such as the CSP
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "supplier.pagecache.middleware.keep_private",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "catalog.basket.middleware.BasketMiddleware",
    "axes.middleware.AxesMiddleware",
    "supplier.pages.middleware.say_what_only_forms_open",
    "supplier.pages.middleware.refuse_what_is_no_address",  # last: its "not found" page knows the visitor
]

#: The shop is closed to visitors while either says so (supplier/pages/maintenance.py).
MAINTENANCE = flag("MAINTENANCE")
MAINTENANCE_FILE = VAR_DIR / "maintenance"

ROOT_URLCONF = "supplier.urls"
WSGI_APPLICATION = "supplier.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
                "supplier.accounts.context_processors.site",
                "catalog.basket.context_processors.basket_count",
            ]
        },
    }
]

#: Any class that keeps the promises of catalog/search/engine.py.
SEARCH_ENGINE = text("SEARCH_ENGINE", "catalog.search.postgres.PostgresEngine")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 9},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "customer:login"
LOGIN_REDIRECT_URL = "customer:summary"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
#: What the site can be read in; catalog/texts/languages.py tells search engines and browsers.
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_THOUSAND_SEPARATOR = False

#: Product class (its slug) → category in Google's own list, for the feed; only where there is no doubt.
GOOGLE_PRODUCT_CATEGORIES = {
    "massage-tool": "Health & Beauty > Personal Care > Massage & Relaxation > Massagers",
    "electric-massager": "Health & Beauty > Personal Care > Massage & Relaxation > Massagers > Electric Massagers",
}

#: What the law wants on a shop's pages; shown in footers and letters.
COMPANY = {
    "brand": text("COMPANY_BRAND", "Stillhand"),
    "name": text("COMPANY_NAME", "Stillhand Ltd"),
    "address": text("COMPANY_ADDRESS", "1 Example Street, Sheffield S1 0EX, United Kingdom"),
    "email": text("COMPANY_EMAIL", "hello@stillhand.example"),
    "vat_number": text("COMPANY_VAT_NUMBER", "GB 123 4567 82"),
}
