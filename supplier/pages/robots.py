from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Private and endless places. Pages behind guest links say noindex themselves; naming them here would hide that.
CLOSED = ("/admin/", "/desk/", "/dashboard/", "/accounts/", "/basket/", "/checkout/", "/search/", "/webhooks/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
