"""The basket: what is in it, putting in, changing, taking out and putting back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.catalogue import product_page
from catalog.catalogue.models import Product
from supplier.accounts.origin import same_origin_or_token

from . import page
from .actions import BasketGone, add_to_basket, change_quantity, put_back, take_out
from .context_processors import may_have_basket
from .estimate import choose_country
from .forms import AddForm, LineForm, UndoForm
from .lines import Problem
from .requests import ShopRequest

#: What a form that came back is answered with.
NOT_ACCEPTED = 422


@never_cache
@require_safe
def summary(request: ShopRequest) -> HttpResponse:
    """`?country=DE`: delivery is estimated for it from now on. Only whoever has a basket has something to send."""
    code = request.GET.get("country", "")
    if code and may_have_basket(request) and not request.basket.is_empty:
        if not choose_country(request, code):
            messages.info(request, _("We do not deliver there yet. Write to us, and we find a way."))
        return redirect(f"{reverse('basket:summary')}#delivery")
    return render(request, "basket/basket.html", page.context_of(request))


@same_origin_or_token
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Cacheable pages carry this form, so it has no token for visitors without a session."""
    product = _product_for_sale(pk)
    if request.method != "POST":
        return redirect(product.get_absolute_url())
    basket = request.basket  # type: ignore[attr-defined]
    form = AddForm(request.POST, products=_choices(product), is_parent=product.is_parent, basket=basket)
    if not form.is_valid():
        return _product_again(request, product, form)
    try:
        line = add_to_basket(basket, form.cleaned_data["product"], quantity=form.cleaned_data["quantity"])
    except BasketGone:
        return gone(request)
    messages.success(request, _("%(title)s is in your basket.") % {"title": line.product.get_title()})
    return redirect("basket:summary")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ShopRequest, pk: int) -> HttpResponse:
    """The number typed, or one more or fewer; 0 takes it out.

    The page that says what was wrong has this address: a browser that opens it again later is led to the basket.
    """
    if request.method != "POST":
        return redirect("basket:summary")
    line = own_line(request, pk)
    if line is None:
        return gone(request)
    form = LineForm(request.POST, line=line)
    if not form.is_valid():
        problem = Problem(form.problem, _typed(request))
        return render(
            request, "basket/basket.html", page.context_of(request, problems={line.pk: problem}), status=NOT_ACCEPTED
        )
    quantity = form.cleaned_data["quantity"]
    if not quantity:
        return _take_out(request, line)
    try:
        change_quantity(line, quantity=quantity)
    except BasketGone:
        return gone(request)
    return redirect(f"{reverse('basket:summary')}#line-{line.pk}")


@never_cache
@require_POST
def remove(request: ShopRequest, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    return gone(request) if line is None else _take_out(request, line)


def _take_out(request: ShopRequest, line: Any) -> HttpResponse:
    """With a way back in the message."""
    try:
        take_out(line)
    except BasketGone:
        return gone(request)
    told = {"title": line.product.get_title(), "product": line.product_id, "quantity": line.quantity}
    messages.info(request, render_to_string("basket/undo.html", told, request=request), extra_tags="safe")
    return redirect("basket:summary")


@never_cache
@require_POST
def undo(request: ShopRequest) -> HttpResponse:
    """What was taken out is put back, as much of it as is still there."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return redirect("basket:summary")
    product = _product_for_sale(form.cleaned_data["product"])
    try:
        pieces = put_back(request.basket, product, quantity=form.cleaned_data["quantity"])
    except BasketGone:
        return gone(request)
    if pieces:
        messages.success(request, _("%(title)s is in your basket again.") % {"title": product.get_title()})
    else:
        messages.warning(request, _("%(title)s is not in stock any more.") % {"title": product.get_title()})
    return redirect("basket:summary")


def _product_for_sale(pk: int) -> Product:
    product: Product = get_object_or_404(
        Product.objects.select_related("product_class", "parent__product_class").defer("cost"), pk=pk, is_public=True
    )
    if not product.is_in_shop:
        raise Http404
    return product


def _choices(product: Product) -> list[Product]:
    """Variants know their parent already: no query for each."""
    if not product.is_parent:
        return [product]
    variants = list(product.children.filter(is_public=True).prefetch_related("stockrecords"))
    for variant in variants:
        variant.parent = product
    return variants


def _product_again(request: HttpRequest, product: Product, form: AddForm) -> HttpResponse:
    """The product's page with what was wrong, and what was typed."""
    variant = str(product.pk) if product.parent_id else request.POST.get("child_id", "")[:20]
    key = product.parent_id or product.pk
    context = product_page.context_of(request, key, variant=variant, errors=form.problems, quantity=_typed(request))
    return render(request, "catalogue/product.html", context, status=NOT_ACCEPTED)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("quantity", "").replace("\x00", "")[:20]


def own_line(request: ShopRequest, pk: int) -> Any:
    """Only of the visitor's own basket."""
    if not may_have_basket(request):
        return None
    return next((line for line in request.basket.all_lines() if line.pk == pk), None)


def gone(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("That is no longer in your basket. This is what is in it now."))
    return redirect("basket:summary")
