"""Addresses of the catalogue's own pages for links in texts: product:SKU, category:slug, technique:slug."""

from collections.abc import Collection

from catalog.catalogue.models import Category, Product


def product_addresses(skus: Collection[str]) -> dict[str, str]:
    products = Product.objects.filter(upc__in=skus, is_public=True).only("upc", "slug", "structure", "parent_id")
    return {str(product.upc): product.get_absolute_url() for product in products}


def category_addresses(slugs: Collection[str]) -> dict[str, str]:
    return {category.slug: category.get_absolute_url() for category in _categories(slugs) if not category.is_technique}


def technique_addresses(slugs: Collection[str]) -> dict[str, str]:
    return {category.slug: category.get_absolute_url() for category in _categories(slugs) if category.is_technique}


def _categories(slugs: Collection[str]) -> list[Category]:
    return list(Category.objects.filter(slug__in=slugs, is_public=True, ancestors_are_public=True))
