"""Letters: every one goes through the outbox, whose worker alone talks to EMAIL_URL's server."""

from .core import COMPANY
from .env import address_list, env, text

EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"
_smtp = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25")
EMAIL_HOST = _smtp["EMAIL_HOST"]
EMAIL_PORT = _smtp["EMAIL_PORT"]
EMAIL_HOST_USER = _smtp["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _smtp["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = bool(_smtp.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_smtp.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20

#: The backend that the outbox worker hands its letters to.
OUTBOX_TRANSPORT = text("OUTBOX_TRANSPORT", "django.core.mail.backends.smtp.EmailBackend")

DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", f"{COMPANY['brand']} <{COMPANY['email']}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SALES_EMAILS = address_list("SALES_EMAILS", "sales@stillhand.example")
