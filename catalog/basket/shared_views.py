"""The page behind a shared basket's link: looking changes nothing, a button puts its things into one's own basket."""

from __future__ import annotations

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.order.summary import things
from catalog.partner.strategy import PublicStrategy
from supplier.accounts.origin import same_origin_or_token

from .actions import Added, BasketGone, add_many
from .context_processors import may_have_basket
from .shared import line_of, read, total_of, words_for_short

#: A button pressed twice within this time is pressed once.
TWICE_SECONDS = 60


@same_origin_or_token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _put_in(request)
    link = read(request.GET.get("add", ""))
    strategy = PublicStrategy(request)
    lines = [line_of(product, wanted, strategy=strategy) for product, wanted in link.wishes]
    context = {
        "lines": lines,
        "missing": link.missing,
        "add": link.text,
        "key": get_random_string(16),
        "count": things(sum(line.quantity for line in lines if line.can_be_had)),
        "total": total_of(lines),
        "can_be_had": any(line.can_be_had for line in lines),
    }
    response = render(request, "basket/shared.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _put_in(request: HttpRequest) -> HttpResponse:
    if _was_pressed_before(request):
        return redirect("basket:summary")
    link = read(request.POST.get("add", ""))
    try:
        added = add_many(request.basket, link.wishes)  # type: ignore[attr-defined]
    except BasketGone:
        messages.info(request, _("Your basket was ordered a moment ago. Open the link once more."))
        return redirect("basket:summary")
    _tell(request, added, link.missing)
    return redirect("basket:summary")


def _tell(request: HttpRequest, added: Added, missing: list[str]) -> None:
    if added.pieces:
        messages.success(request, _("%(things)s of the link are in your basket.") % {"things": things(added.pieces)})
    else:
        messages.warning(request, _("Nothing of the link could be put into your basket."))
    for words in words_for_short(added.short):
        messages.warning(request, words)
    if missing:
        words = _("Left out: %(things)s.")
        messages.warning(request, words % {"things": "; ".join(name[:120] for name in missing[:10])})


def _was_pressed_before(request: HttpRequest) -> bool:
    """A guest without a basket yet is not asked: the second answer brings the cookie that the first one lost."""
    key = request.POST.get("key", "")[:40]
    return bool(key) and may_have_basket(request) and not cache.add(f"shared:{key!a}", 1, TWICE_SECONDS)
