"""Messages of somebody who is signed in: what they wrote while they were, and no others'."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from supplier.accounts.desk import page_of
from supplier.accounts.links import private_page

from .models import Inquiry, InquiryLink


@private_page
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {**page_of(request, _own(request)), "page_title": _("Your messages"), "active_tab": "messages"}
    return render(request, "inquiries/account-list.html", context)


@private_page
@login_required
@require_safe
def thread(request: HttpRequest, reference: str) -> HttpResponse:
    """A thread has one page, behind its link; the account leads its writer there."""
    inquiry = get_object_or_404(_own(request), reference=reference)
    token = InquiryLink.objects.derive(salt="supplier.inquiries.account", secret=str(inquiry.pk), inquiry=inquiry)
    return redirect("inquiries:thread", token=token)


def _own(request: HttpRequest) -> Any:
    return Inquiry.objects.filter(user=request.user.pk)
