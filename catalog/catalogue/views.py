"""Pages of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .models import Category, Product


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/index.html", {"products": Product.objects.browsable()})


def product(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    return render(request, "catalogue/product.html", {"product": get_object_or_404(Product, pk=pk, is_public=True)})


def category(request: HttpRequest, category_slug: str, pk: int, **kwargs: str) -> HttpResponse:
    return render(request, "catalogue/category.html", {"category": get_object_or_404(Category, pk=pk)})


def techniques(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/techniques.html", {"techniques": Category.objects.filter(kind="technique")})


def technique(request: HttpRequest, slug: str) -> HttpResponse:
    return render(
        request,
        "catalogue/technique.html",
        {"technique": get_object_or_404(Category, slug=slug, kind=Category.Kind.TECHNIQUE)},
    )
