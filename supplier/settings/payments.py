"""Stripe: with real keys nothing but the keys changes."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .env import origin, text, words

STRIPE_API_BASE = origin("STRIPE_API_BASE", "https://api.stripe.com")
STRIPE_SECRET_KEY = text("STRIPE_SECRET_KEY")
#: Several while a secret is being rotated.
STRIPE_WEBHOOK_SECRETS = words("STRIPE_WEBHOOK_SECRET")

if STRIPE_SECRET_KEY and not STRIPE_SECRET_KEY.startswith(("sk_test_", "sk_live_", "rk_test_", "rk_live_")):
    raise ImproperlyConfigured("STRIPE_SECRET_KEY does not look like a Stripe key. Set it to sk_live_… or sk_test_….")

STRIPE_IS_STAND_IN = urlsplit(STRIPE_API_BASE).hostname != "api.stripe.com"
if STRIPE_IS_STAND_IN and "_live_" in STRIPE_SECRET_KEY:
    raise ImproperlyConfigured(
        f"STRIPE_SECRET_KEY is a live key but STRIPE_API_BASE is {STRIPE_API_BASE}. "
        "Unset STRIPE_API_BASE, or use a test key."
    )
#: The hosted page's origin, which the Pay form may lead to (CSP form-action).
STRIPE_CHECKOUT_ORIGIN = STRIPE_API_BASE if STRIPE_IS_STAND_IN else "https://checkout.stripe.com"
