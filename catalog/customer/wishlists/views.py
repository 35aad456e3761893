"""Wish lists: keeping, looking, moving, taking off. Nothing changes by a GET; making lists is Oscar's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from oscar.apps.customer.wishlists.views import WishListCreateView as OscarWishListCreateView
from oscar.apps.customer.wishlists.views import WishListDeleteView as OscarWishListDeleteView
from oscar.apps.customer.wishlists.views import WishListListView as OscarWishListListView
from oscar.apps.customer.wishlists.views import WishListUpdateView as OscarWishListUpdateView
from oscar.apps.wishlists.models import Line, WishList

from catalog.catalogue.cards import product_cards
from catalog.catalogue.models import Product
from supplier.accounts.models import User
from supplier.accounts.origin import same_origin_or_token

from . import actions
from .forms import WishListForm

PER_PAGE = 24


@never_cache
@same_origin_or_token
@require_POST
def keep(request: HttpRequest, product_pk: int) -> HttpResponse:
    """Of a product's page, which a cache may serve. Who is not signed in is asked to, and it is kept then."""
    product = get_object_or_404(Product, pk=product_pk, is_public=True, parent=None)
    address = product.get_absolute_url()
    if not isinstance(request.user, User):
        actions.remember(request, product)
        return redirect_to_login(address)
    if request.POST.get("undo"):
        actions.take_off(product, user=request.user)
        messages.info(request, _("%(title)s is no longer on your lists.") % {"title": product.get_title()})
    else:
        actions.keep(product, user=request.user)
        messages.success(request, _("%(title)s is kept for later.") % {"title": product.get_title()})
    return redirect(address)


@never_cache
@login_required
@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One's own list. Oscar would show it here to others too, who have a page of their own (shared_list.py)."""
    wishlist = get_object_or_404(WishList, key=key, owner_id=request.user.pk)
    context = {
        **_lines_context(request, wishlist),
        "others": WishList.objects.filter(owner_id=request.user.pk).exclude(pk=wishlist.pk).order_by("pk"),
        "active_tab": "wishlists",
        "page_title": wishlist.name,
    }
    return render(request, "customer/wishlists/detail.html", context)


def _lines_context(request: HttpRequest, wishlist: WishList) -> dict[str, Any]:
    page = Paginator(wishlist.lines.select_related("product__parent").order_by("pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = list(page.object_list)
    products = Product.objects.for_cards().filter(pk__in=[line.product_id for line in lines if line.product_id])
    found = [product for product in products.select_related("parent") if product.is_public]
    strategy = request.strategy  # type: ignore[attr-defined]
    cards = dict(zip([product.pk for product in found], product_cards(found, strategy), strict=True))
    kinds = {product.pk: product for product in found}
    rows = [{"line": line, "card": cards.get(line.product_id), "product": kinds.get(line.product_id)} for line in lines]
    return {"wishlist": wishlist, "page": page, "rows": rows}


@never_cache
@login_required
@require_POST
def take_off(request: HttpRequest, key: str, line_pk: int) -> HttpResponse:
    line = _own_line(request, key, line_pk)
    line.delete()
    messages.info(request, _("%(title)s was taken off the list.") % {"title": line.get_title()})
    return redirect("customer:wishlists-detail", key=key)


@never_cache
@login_required
@require_POST
def move(request: HttpRequest, key: str, line_pk: int) -> HttpResponse:
    line = _own_line(request, key, line_pk)
    to = get_object_or_404(WishList, owner_id=request.user.pk, key=request.POST.get("to", "").replace("\x00", "")[:6])
    actions.move(line, to=to)
    messages.success(request, _("%(title)s is on “%(name)s” now.") % {"title": line.get_title(), "name": to.name})
    return redirect("customer:wishlists-detail", key=key)


def _own_line(request: HttpRequest, key: str, line_pk: int) -> Line:
    lines = Line.objects.select_related("wishlist", "product")
    line: Line = get_object_or_404(lines, pk=line_pk, wishlist__key=key, wishlist__owner_id=request.user.pk)
    return line


class WishListListView(OscarWishListListView):
    paginate_by = PER_PAGE

    def get_queryset(self) -> Any:
        return super().get_queryset().annotate(tools=Count("lines")).order_by("date_created", "pk")


class WishListCreateView(OscarWishListCreateView):
    """Differs from Oscar's: an unknown product is not found; Oscar leads to an address that does not exist."""

    form_class = WishListForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "product_pk" in kwargs:
            get_object_or_404(Product, pk=kwargs["product_pk"])
        return super().dispatch(request, *args, **kwargs)


class WishListUpdateView(OscarWishListUpdateView):
    form_class = WishListForm


class WishListDeleteView(OscarWishListDeleteView):
    def get_page_title(self) -> str:
        return _("Delete “%(name)s”") % {"name": self.object.name}
