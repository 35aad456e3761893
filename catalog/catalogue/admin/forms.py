"""The form of a product's page, and that of a variant in its list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.catalogue.models import Category, Product, ProductCategory, ProductImage
from catalog.partner.single import promised
from catalog.texts.markdown import validate_markdown

from .attributes import attributes_of, save_values
from .stock import StockForm

TAKEN = gettext_lazy("Another product or variant has this SKU.")
FROM_PARENT = gettext_lazy("Empty: as for all variants.")


class CategoryChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, category: Any) -> str:
        return f"{'– ' * (category.depth - 1)}{category.name}"


class ProductForm(StockForm):
    categories = CategoryChoices(
        Category.objects.order_by("path").defer("description", "body"),
        label=gettext_lazy("Ranges and techniques"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Product
        fields = "__all__"
        error_messages = {"upc": {"unique": TAKEN}}
        labels = {"upc": gettext_lazy("SKU"), "is_public": gettext_lazy("Published")}
        help_texts = {
            "upc": gettext_lazy("Our part number; the shop knows the product by it."),
            "is_public": gettext_lazy("Shown in the shop and found by the search."),
            "product_class": gettext_lazy("Decides which facts can be told below, after the first save."),
            "description": gettext_lazy("Markdown. Headings with ##; links such as [text](product:SKU)."),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._want("title", "upc", "product_class")
        if "description" in self.fields:
            self.fields["description"].validators.append(validate_markdown)
        if "categories" in self.fields and self.instance.pk:
            self.initial["categories"] = self._category_keys()
        if self.instance.is_child:
            for name in {"summary", "description"} & set(self.fields):
                self.fields[name].help_text = FROM_PARENT

    def _want(self, *names: str) -> None:
        for name in names:
            if name in self.fields:
                self.fields[name].required = True

    def _category_keys(self) -> list[int]:
        return list(ProductCategory.objects.filter(product=self.instance).values_list("category_id", flat=True))

    def save_rest(self) -> None:
        """Attributes, ranges, price and stock: called when the product has its row."""
        product = self.instance
        save_values(product, attributes_of(product), self.cleaned_data)
        if "categories" in self.fields:
            self._save_categories()
        if "price" in self.fields and not product.is_parent:
            self.save_stock()

    def _save_categories(self) -> None:
        wanted = {category.pk for category in self.cleaned_data["categories"]}
        current = set(self._category_keys())
        ProductCategory.objects.filter(product=self.instance, category_id__in=current - wanted).delete()
        for key in sorted(wanted - current):
            ProductCategory.objects.create(product=self.instance, category_id=key)


class VariantForm(StockForm):
    """One row of the list of variants."""

    class Meta:
        model = Product
        fields = ("variant_label", "upc", "is_public")
        error_messages = {"upc": {"unique": TAKEN}}
        labels = {
            "variant_label": gettext_lazy("Label"),
            "upc": gettext_lazy("SKU"),
            "is_public": gettext_lazy("Published"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("variant_label", "upc", "price"):
            self.fields[name].required = True

    def save(self, commit: bool = True) -> Any:
        variant = self.instance
        if not variant.title:
            variant.title = _("%(product)s, %(label)s") % {
                "product": variant.parent.title,
                "label": variant.variant_label,
            }
        product = super().save(commit=commit)
        if commit:
            self.save_stock()
        return product


class VariantFormSet(forms.BaseInlineFormSet[Any, Any, Any]):
    """A row that is filled in makes the product a parent; Oscar asks for that before it lets a variant be one."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.structure = Product.CHILD
        form.instance.parent = self.instance
        if self.is_bound and (form.instance.pk or form.has_changed()):
            self.instance.structure = Product.PARENT
        return form

    def clean(self) -> None:
        """Stock that is promised to orders must not go with its row."""
        super().clean()
        gone = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        if self.instance.pk and any(form.has_changed() for form in self.extra_forms):
            gone.append(self.instance.pk)  # its own stock goes when it becomes a parent
        if pieces := promised(gone):
            raise forms.ValidationError(
                _("%(n)d pieces are promised to orders. Ship or cancel those first, or unpublish instead.")
                % {"n": pieces}
            )


class ImageForm(forms.ModelForm[ProductImage]):
    class Meta:
        model = ProductImage
        fields = ("original", "alt", "display_order", "credit", "licence")
        help_texts = {"alt": gettext_lazy("What it shows, in words, for those who can’t see it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt"].required = True
