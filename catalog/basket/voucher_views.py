"""Vouchers: a code is used or taken off; one that can't be used says why beside the field."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from supplier.accounts.limits import client_ip, is_over_limit

from . import page
from .context_processors import may_have_basket
from .lines import Problem
from .requests import ShopRequest
from .vouchers import PER_SECONDS, TRIES, VoucherForm, take_off_voucher, use_voucher

NOT_ACCEPTED, TOO_MANY = 422, 429


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: ShopRequest) -> HttpResponse:
    if request.method != "POST" or not may_have_basket(request) or request.basket.is_empty:
        return redirect("basket:summary")
    if is_over_limit("voucher", client_ip(request), limit=TRIES, per_seconds=PER_SECONDS):
        return _again(request, _("That were many codes in a short time. Try again in ten minutes."), status=TOO_MANY)
    form = VoucherForm(request.POST, basket=request.basket, user=request.user)
    if not form.is_valid():
        return _again(request, form.problem)
    voucher = form.cleaned_data["code"]
    if not use_voucher(voucher, basket=request.basket, user=request.user, request=request):
        words = _("%(code)s takes nothing off what is in your basket now.")
        return _again(request, words % {"code": voucher.code})
    messages.success(request, _("%(code)s is in use: %(name)s.") % {"code": voucher.code, "name": voucher.name})
    return redirect("basket:summary")


@never_cache
@require_POST
def remove(request: ShopRequest, pk: int) -> HttpResponse:
    vouchers = request.basket.vouchers.all() if may_have_basket(request) and request.basket.pk else []
    voucher = next((one for one in vouchers if one.pk == pk), None)
    if voucher:
        take_off_voucher(voucher, basket=request.basket)
        messages.info(request, _("%(code)s is no longer in use.") % {"code": voucher.code})
    return redirect("basket:summary")


def _again(request: ShopRequest, text: str, *, status: int = NOT_ACCEPTED) -> HttpResponse:
    typed = request.POST.get("code", "").replace("\x00", "")[:128]
    context = page.context_of(request, voucher=Problem(text, typed))
    return render(request, "basket/basket.html", context, status=status)
