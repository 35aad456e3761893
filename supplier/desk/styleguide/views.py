from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from supplier.accounts.permissions import staff_required

from .registry import ENTRIES, ON_THEIR_PAGE
from .samples import all_samples
from .tokens import SIZES, SPACES, colour_tokens

SCHEMES = {"": _("As your screen is"), "light": _("Light"), "dark": _("Dark")}


@staff_required()
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    scheme = request.GET.get("scheme", "")
    context = {
        "entries": ENTRIES,
        "elsewhere": ON_THEIR_PAGE.items(),
        "samples": all_samples(),
        "colours": colour_tokens(),
        "sizes": SIZES,
        "spaces": SPACES,
        "scheme": scheme if scheme in SCHEMES else "",
        "schemes": SCHEMES.items(),
    }
    return render(request, "desk/styleguide/page.html", context)
