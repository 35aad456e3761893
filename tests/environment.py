"""The environment that the tests run in, set before Django reads its settings (see pyproject.toml)."""

import os

os.environ.update(
    {
        "SECRET_KEY": "only-for-tests-" + "x" * 40,
        "SITE_URL": "http://testserver",
        "STATIC_FROM_SOURCE": "1",
        "SERVE_MEDIA": "1",
        "PAGE_CACHE": "0",  # tests ask what a page shows and costs when it is made; tests/supplier/pagecache turn it on
        "STRIPE_SECRET_KEY": "sk_test_only_for_tests",
        "STRIPE_WEBHOOK_SECRET": "whsec_only_for_tests",
        "STRIPE_API_BASE": "http://127.0.0.1:1",
        "SALES_EMAILS": "sales@stillhand.example",
        "LOG_LEVEL": "WARNING",
    }
)
