"""Password reset: Oscar's views, mounted by us because the rest of Oscar's root addresses are not."""

from django.apps import apps

urlpatterns = [
    pattern
    for pattern in apps.get_app_config("oscar").get_urls()  # type: ignore[attr-defined]
    if (getattr(pattern, "name", None) or "").startswith("password-reset")
]
