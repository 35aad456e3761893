"""Saving something for later, and taking it back into the basket or off the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .actions import BasketGone, save_for_later, take_from_saved
from .requests import ShopRequest
from .saved import keep_cookie, made_by_first_press, remember_for_second_press, saved_basket, saved_lines
from .views import gone, own_line

LIST = "#saved"


@never_cache
@require_POST
def save(request: ShopRequest, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    if line is None:
        return _gone(request)
    saved = saved_basket(request)
    try:
        save_for_later(line, saved=saved)
    except BasketGone:
        return _gone(request)
    remember_for_second_press(request.basket, saved)
    messages.info(request, _("%(title)s is kept for later, below.") % {"title": line.product.get_title()})
    response = redirect("basket:summary")
    keep_cookie(response, saved)
    return response


def _gone(request: ShopRequest) -> HttpResponse:
    """Gone from the basket; perhaps because the button was pressed twice."""
    response = gone(request)
    if saved := made_by_first_press(request):
        keep_cookie(response, saved)
    return response


@never_cache
@require_POST
def take(request: ShopRequest, pk: int) -> HttpResponse:
    """Back into the basket, as much of it as is there."""
    line = _saved_line(request, pk)
    if line is None:
        return _not_there(request)
    title, wanted = line.product.get_title(), line.quantity
    try:
        pieces = take_from_saved(line, basket=request.basket)
    except BasketGone:
        return _not_there(request)
    if pieces == wanted:
        messages.success(request, _("%(title)s is in your basket.") % {"title": title})
    elif pieces:
        words = _("%(title)s: %(put)d of %(wanted)d are in your basket, the rest stays below until more will come.")
        messages.warning(request, words % {"title": title, "put": pieces, "wanted": wanted})
    else:
        words = _("%(title)s: more cannot be had just now. It stays kept for later.")
        messages.warning(request, words % {"title": title})
    return redirect("basket:summary")


@never_cache
@require_POST
def drop(request: ShopRequest, pk: int) -> HttpResponse:
    line = _saved_line(request, pk)
    if line is None:
        return _not_there(request)
    line.delete()
    messages.info(request, _("%(title)s is off your list.") % {"title": line.product.get_title()})
    return redirect(f"{reverse('basket:summary')}{LIST}")


def _saved_line(request: ShopRequest, pk: int) -> Any:
    """Only of the visitor's own list."""
    return next((line for line in saved_lines(request) if line.pk == pk), None)


def _not_there(request: ShopRequest) -> HttpResponse:
    messages.info(request, _("That is no longer on your list. This is what is on it now."))
    return redirect("basket:summary")
