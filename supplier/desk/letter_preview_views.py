"""What every letter looks like, in the program of the person who gets it: narrow or wide, light or dark."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from supplier.accounts.letters import Sample
from supplier.accounts.permissions import staff_required

from .letter_samples import GROUPS, all_samples

#: Names of the sizes are classes of the frame.
SIZES = {"phone": _("Telephone"), "desk": _("Computer")}
SCHEMES = {"light": _("Light"), "dark": _("Dark")}
DARK_RULE = "@media (prefers-color-scheme: dark)"
#: Nothing but the letter's own styles; framed by us alone, and what it links to opens elsewhere.
LETTER_CSP = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    ]
)


@staff_required()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    groups = [(title, [(sample, sample.make().subject) for sample in samples]) for title, samples in GROUPS]
    return render(request, "desk/letters/previews.html", {"groups": groups})


@staff_required()
@require_safe
def detail(request: HttpRequest, name: str) -> HttpResponse:
    sample = _sample(name)
    letter = sample.make()
    html = _html(letter)
    context = {
        "sample": sample,
        "letter": letter,
        "size": _chosen(request, "size", SIZES),
        "scheme": _chosen(request, "scheme", SCHEMES),
        "sizes": SIZES.items(),
        "schemes": SCHEMES.items(),
        "html_size": len(html.encode()),
        "text_size": len(letter.body.encode()),
    }
    return render(request, "desk/letters/preview.html", context)


@staff_required()
@require_safe
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML half alone, as a mail program would show it in that scheme."""
    rule = "@media all" if _chosen(request, "scheme", SCHEMES) == "dark" else "@media not all"
    response = HttpResponse(_html(_sample(name).make()).replace(DARK_RULE, rule))
    response["Content-Security-Policy"] = LETTER_CSP
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _sample(name: str) -> Sample:
    try:
        return all_samples()[name]
    except KeyError:
        raise Http404 from None


def _html(letter: Any) -> str:
    return next(str(part.content) for part in letter.alternatives if part.mimetype == "text/html")


def _chosen(request: HttpRequest, key: str, known: dict[str, Any]) -> str:
    """What the address asks for, or the first."""
    value = request.GET.get(key, "")
    return value if value in known else next(iter(known))
