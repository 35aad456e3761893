"""Leaving a message, the thanks, and the thread behind its link."""

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from supplier.accounts.limits import client_ip, is_over_limit
from supplier.accounts.links import private_page
from supplier.accounts.origin import same_origin_or_token
from supplier.pagecache.decorators import cached_for_visitors

from . import actions
from .forms import InquiryForm, ReplyForm
from .models import Inquiry, InquiryLink

HOUR = 3600
MESSAGES_AN_HOUR = 10
#: A whole office may share one address of the net.
MESSAGES_AN_HOUR_FROM_ONE_PLACE = 30
THANKS = signing.Signer(salt="inquiries.thanks")


@same_origin_or_token
@cached_for_visitors("about")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _form_page(request, InquiryForm(about=request.GET.get("about", "")[:200]))
    form = InquiryForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    inquiry, _is_new = actions.receive_inquiry(form, user=request.user, more_reasons=_too_many(request, form))
    return redirect("inquiries:thanks", signed=THANKS.sign(inquiry.reference))


def _form_page(request: HttpRequest, form: InquiryForm, status: int = 200) -> HttpResponse:
    return render(request, "inquiries/form.html", {"form": form}, status=status)


def _too_many(request: HttpRequest, form: InquiryForm) -> list[str]:
    """More than anybody needs: kept like all others, but a person looks first."""
    email, place = form.cleaned_data["email"].casefold(), client_ip(request)
    over = [
        is_over_limit("message-from", email, limit=MESSAGES_AN_HOUR, per_seconds=HOUR),
        is_over_limit("message-at", place, limit=MESSAGES_AN_HOUR_FROM_ONE_PLACE, per_seconds=HOUR),
    ]
    return ["too_many"] if any(over) else []


@private_page
@require_safe
def thanks(request: HttpRequest, signed: str) -> HttpResponse:
    try:
        reference = THANKS.unsign(signed)
    except signing.BadSignature:
        raise Http404 from None
    return render(request, "inquiries/thanks.html", {"inquiry": get_object_or_404(Inquiry, reference=reference)})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, token: str) -> HttpResponse:
    inquiry = _inquiry_of(token)
    if request.method != "POST":
        return _thread_page(request, inquiry, token, ReplyForm())
    form = ReplyForm(request.POST)
    if form.is_valid() and is_over_limit("reply", str(inquiry.pk), limit=MESSAGES_AN_HOUR * 2, per_seconds=HOUR):
        form.add_error(
            None, _("That is a lot of letters in one hour. Wait a little and send it then; it is still here.")
        )
    if not form.is_valid():
        return _thread_page(request, inquiry, token, form, status=422)
    actions.write_back(inquiry, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
    messages.success(request, _("Thank you, we have it. The answer comes by e-mail and stands here too."))
    return redirect("inquiries:thread", token=token)


def _thread_page(
    request: HttpRequest, inquiry: Inquiry, token: str, form: ReplyForm, status: int = 200
) -> HttpResponse:
    letters = inquiry.messages.select_related("staff")
    for letter in letters:
        letter.inquiry = inquiry
    context = {"inquiry": inquiry, "letters": letters, "token": token, "form": form}
    return render(request, "inquiries/thread.html", context, status=status)


@private_page
@require_POST
def closure(request: HttpRequest, token: str) -> HttpResponse:
    """ "That is all, thank you." A further letter opens it again."""
    actions.close_inquiry(_inquiry_of(token))
    messages.success(request, _("Thank you. You can still write back here at any time."))
    return redirect("inquiries:thread", token=token)


def _inquiry_of(token: str) -> Inquiry:
    link = InquiryLink.objects.select_related("inquiry").find(token)
    if link is None:
        raise Http404
    inquiry: Inquiry = link.inquiry
    return inquiry
