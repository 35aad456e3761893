"""The desk's first page, and the way to what the desk doesn't do itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from supplier.accounts.permissions import staff_required

from .sections import sections_for


@staff_required()
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    sections = list(sections_for(request.user))
    context = {
        "sections": sections,
        "total": sum(group.total for _name, group in sections),
        "greeting": _greeting(),
        "now": timezone.now(),
    }
    return render(request, "desk/now.html", context)


def _greeting() -> str:
    hour = timezone.localtime().hour
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")


@staff_required()
@require_safe
def more(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/more.html")
