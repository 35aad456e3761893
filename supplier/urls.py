"""The only place that mounts areas."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from supplier.accounts.passwords import urlpatterns as password_urls

handler400 = "supplier.pages.errors.bad_request"
handler500 = "supplier.pages.errors.server_error"

urlpatterns = [
    path("", apps.get_app_config("catalogue").urls),
    path("journal/", include("blog.urls")),
    path("search/", apps.get_app_config("search").urls),
    path("basket/", apps.get_app_config("basket").urls),
    path("checkout/", apps.get_app_config("checkout").urls),
    path("accounts/", apps.get_app_config("customer").urls),
    path("", include(password_urls)),
    path("offers/", apps.get_app_config("offer").urls),
    path("wishlists/", apps.get_app_config("wishlists").urls),
    path("", include("catalog.order.urls")),
    path("webhooks/", include("catalog.payment.urls")),
    path("", include("supplier.inquiries.urls")),
    path("", include("supplier.quotes.urls")),
    path("desk/", include("supplier.desk.urls")),
    path("dashboard/", apps.get_app_config("dashboard").urls),
    path("admin/", admin.site.urls),
]

if settings.SERVE_MEDIA:
    from supplier.pages.media import serve_media

    urlpatterns.append(re_path(r"^media/(?P<path>.+)$", serve_media))

#: Plain pages (/<slug>/) come last: they may shadow nothing.
urlpatterns.append(path("", include("supplier.pages.urls")))
