"""A product on one page: its fields, facts, pictures, variants, price and stock."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from oscar.templatetags.currency_filters import currency

from catalog.catalogue.models import Product, ProductImage, ProductRecommendation
from catalog.customer.models import ProductAlert
from catalog.partner.desk import running_low
from catalog.partner.models import StockRecord, pieces_left
from catalog.partner.single import promised
from catalog.search.admin_pages import OneWrite

from .attributes import form_fields
from .forms import ImageForm, ProductForm, VariantForm, VariantFormSet


class ImageInline(admin.TabularInline[ProductImage, Product]):
    model = ProductImage
    form = ImageForm
    extra = 0
    verbose_name, verbose_name_plural = _("photograph"), _("photographs")


class VariantInline(admin.TabularInline[Product, Product]):
    """A variant's other fields are on its own page, one link away."""

    model = Product
    fk_name = "parent"
    form, formset = VariantForm, VariantFormSet
    fields = ("variant_label", "upc", "price", "num_in_stock", "low_stock_threshold", "is_public")
    extra = 0
    show_change_link = True
    ordering = ("pk",)
    verbose_name, verbose_name_plural = _("variant"), _("variants")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        return super().get_queryset(request).prefetch_related("stockrecords")


class RecommendationInline(admin.TabularInline[ProductRecommendation, Product]):
    model = ProductRecommendation
    fk_name = "primary"
    extra = 0
    autocomplete_fields = ("recommendation",)
    fields = ("recommendation", "ranking")
    verbose_name, verbose_name_plural = _("product"), _("goes well with")


class StockFilter(admin.SimpleListFilter):
    title, parameter_name = _("stock"), "stock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("low", _("low or none"))]

    def queryset(self, request: HttpRequest, products: QuerySet[Product]) -> QuerySet[Product]:
        if self.value() != "low":
            return products
        low = running_low().values("product_id")
        return products.filter(Q(pk__in=low) | Q(children__in=low)).distinct()


@admin.register(Product)
class ProductAdmin(OneWrite, admin.ModelAdmin[Product]):
    form = ProductForm
    list_display = ("title", "sku", "kind", "price_from", "left", "waiting", "published")
    list_filter = (StockFilter, "is_public", "product_class")
    list_per_page = 50
    list_select_related = ("product_class",)
    search_fields = ("title", "upc", "children__upc")
    ordering = ("title", "pk")
    inlines = (VariantInline, ImageInline, RecommendationInline)
    save_on_top = True

    # ---- the list ----

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        """Lists and choices show a parent instead of its variants, which keep pages of their own."""
        products = super().get_queryset(request)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name == "catalogue_product_changelist":
            return _with_stock(products.exclude(structure=Product.CHILD).defer("description", "body"))
        return products.exclude(structure=Product.CHILD) if name == "autocomplete" else products

    @admin.display(description=_("SKU"), ordering="upc")
    def sku(self, product: Product) -> str:
        return str(product.upc or "")

    @admin.display(description=_("published"), ordering="is_public", boolean=True)
    def published(self, product: Product) -> bool:
        return product.is_public

    @admin.display(description=_("kind"), ordering="product_class__name")
    def kind(self, product: Product) -> str:
        return str(product.product_class or "")

    @admin.display(description=_("price with VAT"), ordering="lowest")
    def price_from(self, product: Any) -> str:
        if product.lowest is None:
            return "–"
        price = currency(product.lowest, "GBP")
        return str(_("from %s") % price) if product.is_parent else str(price)

    @admin.display(description=_("left"), ordering="pieces")
    def left(self, product: Any) -> int:
        return product.pieces or 0

    @admin.display(description=_("waiting for it"), ordering="waiting_number")
    def waiting(self, product: Any) -> str:
        """How many asked to be told when it, or one of its variants, is back."""
        return str(product.waiting_number or "")

    # ---- the page ----

    def get_form(self, request: HttpRequest, obj: Product | None = None, change: bool = False, **kwargs: Any) -> Any:
        """With a field for each attribute of the product's class."""
        kwargs["form"] = type("ProductFormWithAttributes", (self.form,), form_fields(obj))
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Product | None = None) -> Any:
        is_variant = bool(obj and obj.is_child)
        first = ["title", "variant_label"] if is_variant else ["title"]
        first += ["upc", "is_public"] + ([] if is_variant else ["product_class"])
        sections: list[tuple[Any, dict[str, Any]]] = [(None, {"fields": first})]
        if obj is None or not obj.is_parent:
            sections.append((_("Price and stock"), {"fields": [("price", "num_in_stock", "low_stock_threshold")]}))
        sections.append((_("Text"), {"fields": ["summary", "description"]}))
        if not is_variant:
            sections.append((_("Where it is found"), {"fields": ["categories", "priority"]}))
        if facts := form_fields(obj):
            sections.append((_("Facts"), {"fields": list(facts)}))
        trade = ["cost", ("case_pack", "trade_moq", "lead_time_days")]
        sections.append((_("For us only"), {"fields": trade, "classes": ["collapse"]}))
        return sections

    def get_inlines(self, request: HttpRequest, obj: Product | None) -> Any:
        return (ImageInline,) if obj and obj.is_child else self.inlines

    def view_on_site(self, obj: Product) -> str:
        return obj.get_absolute_url()

    def response_add(self, request: HttpRequest, obj: Product, post_url_continue: str | None = None) -> Any:
        """The facts of its class can be told only now: go on to the product's page."""
        if "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, _("It is in the shop’s books. Now add its facts and photographs."), messages.SUCCESS)
        return redirect("admin:catalogue_product_change", obj.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        product = form.instance
        _settle_structure(product)
        form.save_rest()
        product.write_search_entry()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is promised to orders stays until they are shipped or cancelled."""
        tree, counts, perms, protected = super().get_deleted_objects(objs, request)
        keys = Product.objects.filter(Q(pk__in=[obj.pk for obj in objs]) | Q(parent__in=[obj.pk for obj in objs]))
        if pieces := promised(keys.values("pk")):
            protected = [*protected, _("%(n)d pieces that are promised to orders") % {"n": pieces}]
        return tree, counts, perms, protected

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        products, _may_repeat = super().get_search_results(request, queryset, search_term.replace("\x00", ""))
        return products, _may_repeat


def _with_stock(products: QuerySet[Product]) -> QuerySet[Product]:
    """The lowest price and the pieces left, of the product or of all its variants together."""
    own = StockRecord.objects.filter(Q(product=OuterRef("pk")) | Q(product__parent=OuterRef("pk")))
    grouped = own.order_by().annotate(one=Value(1)).values("one")
    alerts = ProductAlert.objects.filter(Q(product=OuterRef("pk")) | Q(product__parent=OuterRef("pk")))
    waiting = alerts.filter(status=ProductAlert.ACTIVE).order_by().annotate(one=Value(1)).values("one")
    return products.annotate(
        waiting_number=Subquery(waiting.annotate(number=Count("pk")).values("number")),
        lowest=Subquery(grouped.annotate(lowest=Min("price")).values("lowest")),
        pieces=Subquery(grouped.annotate(pieces=Sum(pieces_left())).values("pieces")),
    )


def _settle_structure(product: Product) -> None:
    """A product with variants is their parent and has no stock of its own; without any it stands alone."""
    if product.is_child:
        return
    structure = Product.PARENT if product.children.exists() else Product.STANDALONE
    if structure == Product.PARENT:
        StockRecord.objects.filter(product=product).delete()
    if product.structure != structure:
        product.structure = structure
        product.save(update_fields=["structure"])
