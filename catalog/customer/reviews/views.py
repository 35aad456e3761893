"""All reviews of a product, the form of a buyer, and the list in the account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from oscar.apps.catalogue.reviews.models import ProductReview

from catalog.catalogue.models import Product
from catalog.catalogue.opinions import opinion_of, with_reviews
from supplier.accounts.permissions import customer_of

from . import actions
from .forms import ReviewForm

PER_PAGE = 20


@require_safe
def index(request: HttpRequest, product_slug: str, product_pk: int) -> HttpResponse:
    product = _product(product_pk)
    if product_slug != product.slug:
        return redirect("catalogue:reviews-list", product.slug, product.pk, permanent=True)
    approved = ProductReview.objects.approved().filter(product=product).order_by("-date_created", "-pk")
    context = {
        "product": product,
        "opinion": opinion_of(product),
        "page": Paginator(approved, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "catalogue/reviews/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, product_slug: str, product_pk: int) -> HttpResponse:
    product = _product(product_pk)
    if not request.user.is_authenticated:
        return _signed_out(request, product)
    user = customer_of(request)
    if not actions.has_bought(user, product):
        return render(request, "catalogue/reviews/not-bought.html", {"product": product}, status=403)
    review = ProductReview.objects.filter(product=product, user=user).first()
    form = ReviewForm(request.POST or None, initial=_initial(review, user), auto_id="review_%s")
    if request.method != "POST" or not form.is_valid():
        context = {"product": product, "form": form, "review": review}
        return render(request, "catalogue/reviews/form.html", context, status=422 if form.errors else 200)
    actions.write_review(product, by=user, fields=form.cleaned_data)
    messages.success(request, _("Thank you. Somebody reads it, usually within one working day, and then it is shown."))
    return redirect("customer:reviews-list")


def _signed_out(request: HttpRequest, product: Product) -> HttpResponse:
    """What somebody wrote while the session ended is shown again: signing in would lose it."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    form = ReviewForm(request.POST, auto_id="review_%s")
    form.add_error(None, _("You were signed out meanwhile. Copy your text, sign in, and send it once more."))
    return render(request, "catalogue/reviews/form.html", {"product": product, "form": form}, status=403)


def _initial(review: ProductReview | None, user: Any) -> dict[str, Any]:
    if review is None:
        return {"name": user.first_name}
    return {name: getattr(review, name) for name in ("score", "title", "body", "name")}


@never_cache
@login_required
@require_POST
def withdrawal(request: HttpRequest, product_slug: str, product_pk: int) -> HttpResponse:
    """Also of a product that is no longer sold."""
    product = get_object_or_404(Product, pk=product_pk)
    if actions.withdraw(product, by=customer_of(request)):
        messages.info(request, _("Your review of %(title)s is gone.") % {"title": product.get_title()})
    return redirect("customer:reviews-list")


def _product(pk: int) -> Any:
    products = with_reviews(Product.objects.filter(is_public=True, parent=None))
    return get_object_or_404(products.defer("cost", "description", "body"), pk=pk)


@never_cache
@login_required
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    user = customer_of(request)
    written = ProductReview.objects.filter(user=user).select_related("product").order_by("-date_created", "-pk")
    still = actions.bought_products(user).exclude(reviews__user=user).order_by("title", "pk")
    context = {
        "page": Paginator(written, PER_PAGE).get_page(request.GET.get("page")),
        "still": still.defer("cost", "description", "body")[:PER_PAGE],
        "active_tab": "reviews",
        "page_title": _("Reviews"),
    }
    return render(request, "customer/reviews/list.html", context)
