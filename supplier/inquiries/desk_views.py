"""The staff's pages of messages."""

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from supplier.accounts.desk import page_of
from supplier.accounts.permissions import staff_of, staff_required

from . import actions, spam
from .forms import AssignForm, ReplyForm
from .models import Inquiry, InquiryQuerySet, Message

may_answer = staff_required("inquiries.change_inquiry")

SHOWN = {
    "": gettext_lazy("To answer"),
    "quarantined": gettext_lazy("Looks like spam"),
    "all": gettext_lazy("All"),
}


def with_last_text(inquiries: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """Each with `last_text`, what the visitor wrote last."""
    theirs = Message.objects.filter(inquiry=OuterRef("pk"), is_ours=False).order_by("-written_at", "-pk")
    return inquiries.annotate(last_text=Subquery(theirs.values("text")[:1]))


@may_answer
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shown, query = request.GET.get("show", ""), request.GET.get("q", "").strip()[:200]
    found = _chosen(shown).matching(query)
    context = {
        **page_of(request, with_last_text(found).select_related("assigned_to")),
        "shown": shown,
        "filters": SHOWN.items(),
        "q": query,
    }
    return render(request, "desk/messages/list.html", context)


def _chosen(shown: str) -> InquiryQuerySet:
    if shown == "quarantined":
        return Inquiry.objects.quarantined()
    return Inquiry.objects.all() if shown == "all" else Inquiry.objects.to_answer()


@may_answer
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    return _detail_page(request, _inquiry(reference), ReplyForm())


@may_answer
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    inquiry, form = _inquiry(reference), ReplyForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, inquiry, form, status=422)
    actions.answer_inquiry(inquiry, by=staff_of(request), text=form.cleaned_data["text"], key=form.cleaned_data["key"])
    messages.success(request, _("The answer is on its way to %(name)s.") % {"name": inquiry.name})
    return _back(inquiry)


@may_answer
@require_POST
def assignment(request: HttpRequest, reference: str) -> HttpResponse:
    inquiry, form = _inquiry(reference), AssignForm(request.POST)
    if form.is_valid():
        actions.assign_inquiry(inquiry, to=form.cleaned_data["to"])
    else:
        messages.error(request, _("Choose somebody from the list."))
    return _back(inquiry)


@may_answer
@require_POST
def closure(request: HttpRequest, reference: str) -> HttpResponse:
    inquiry = _inquiry(reference)
    actions.close_inquiry(inquiry)
    messages.success(request, _("Closed. It opens again when the visitor writes."))
    return _back(inquiry)


@may_answer
@require_POST
def release(request: HttpRequest, reference: str) -> HttpResponse:
    inquiry = _inquiry(reference)
    if actions.release_inquiry(inquiry):
        messages.success(request, _("It waits for an answer now, and the visitor got the acknowledgement."))
    return _back(inquiry)


def _inquiry(reference: str) -> Inquiry:
    return get_object_or_404(Inquiry.objects.select_related("assigned_to", "user"), reference=reference)


def _back(inquiry: Inquiry) -> HttpResponse:
    return redirect("desk_messages:detail", reference=inquiry.reference)


def _detail_page(request: HttpRequest, inquiry: Inquiry, form: ReplyForm, status: int = 200) -> HttpResponse:
    letters = inquiry.messages.select_related("staff")
    for letter in letters:
        letter.inquiry = inquiry
    form.fields["text"].label = _("Your answer")
    context = {
        "inquiry": inquiry,
        "letters": letters,
        "form": form,
        "assign_form": AssignForm(initial={"to": inquiry.assigned_to_id}),
        "spam_words": spam.words_for(inquiry.spam_reasons) if inquiry.spam_score >= spam.WORTH_A_WORD else [],
        "email_spelt": _spelt(inquiry.email),
    }
    return render(request, "desk/messages/detail.html", context, status=status)


def _spelt(email: str) -> str:
    """An address with letters that may look like others, as machines read it; "" for a plain one."""
    name, _at, domain = email.rpartition("@")
    try:
        spelt = f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return ""
    return "" if spelt == email else spelt
