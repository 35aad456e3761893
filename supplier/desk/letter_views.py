"""The staff's pages of the outbox."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from supplier.accounts.desk import page_of
from supplier.accounts.permissions import staff_required
from supplier.outbox import actions
from supplier.outbox.models import Letter

may_send = staff_required("outbox.change_letter")

SHOWN = {
    "unsent": gettext_lazy("Not sent"),
    "waiting": gettext_lazy("Waiting"),
    "sent": gettext_lazy("Sent"),
    "all": gettext_lazy("All"),
}


@may_send
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shown, query = request.GET.get("show", "unsent"), request.GET.get("q", "").replace("\x00", "").strip()[:200]
    context = {
        **page_of(request, _chosen(shown, query)),
        "shown": shown,
        "filters": SHOWN.items(),
        "q": query,
    }
    return render(request, "desk/letters/list.html", context)


def _chosen(shown: str, query: str) -> QuerySet[Letter]:
    letters = Letter.objects.defer("text", "html")
    if shown == "unsent":
        letters = Letter.objects.unsent().defer("text", "html")
    elif shown in Letter.State.values:
        letters = letters.filter(state=shown)
    return letters.filter(Q(subject__icontains=query) | Q(to__icontains=query)) if query else letters


@may_send
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=pk)
    attachments = letter.attachments.values_list("name", flat=True)
    return render(request, "desk/letters/detail.html", {"letter": letter, "attachments": attachments})


@may_send
@require_POST
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a failed letter again, or a waiting one now. A sent letter is not sent twice."""
    letter = get_object_or_404(Letter, pk=pk)
    if actions.send_again(letter):
        messages.success(request, _("The letter is being sent again."))
    else:
        messages.info(request, _("This letter was sent already, so it was not sent again."))
    return redirect("desk_letters:detail", pk=pk)
