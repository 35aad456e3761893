"""The only place that mounts areas."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from supplier.accounts.passwords import urlpatterns as password_urls


def _app(label: str) -> Any:
    """The addresses of one of Oscar's apps."""
    return apps.get_app_config(label).urls  # type: ignore[attr-defined]


handler400 = "supplier.pages.errors.bad_request"
handler404 = "supplier.pages.errors.not_found"
handler500 = "supplier.pages.errors.server_error"

urlpatterns = [
    path("", _app("catalogue")),
    path("journal/", include("blog.urls")),
    path("search/", _app("search")),
    path("basket/", _app("basket")),
    path("checkout/", _app("checkout")),
    path("accounts/", _app("customer")),
    path("", include(password_urls)),
    path("offers/", include("catalog.offer.urls")),
    path("wishlists/", include("catalog.customer.urls")),
    path("", include("catalog.customer.alerts.urls")),
    path("", include("catalog.order.urls")),
    path("webhooks/", include("catalog.payment.urls")),
    path("", include("supplier.inquiries.urls")),
    path("", include("supplier.quotes.urls")),
    path("desk/", include("supplier.desk.urls")),
    # Orders are packed and shipped on the desk only: Oscar's pages would forget the letter and the stock.
    re_path(r"^dashboard/orders/", RedirectView.as_view(pattern_name="desk_orders:list")),
    # There a review could vanish without a reason, and its writer would not be told.
    re_path(r"^dashboard/reviews/", RedirectView.as_view(pattern_name="admin:reviews_productreview_changelist")),
    path("dashboard/", _app("dashboard")),
    path("admin/", admin.site.urls),
]

if settings.SERVE_MEDIA:
    from supplier.pages.media import serve_media

    urlpatterns.append(re_path(r"^media/(?P<path>.+)$", serve_media))

#: Plain pages (/<slug>/) come last: they may shadow nothing.
urlpatterns.append(path("", include("supplier.pages.urls")))
