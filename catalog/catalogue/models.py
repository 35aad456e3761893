"""Products and categories of hand-massage tools: Oscar's, with the few fields that the shop needs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import (
    AbstractCategory,
    AbstractProduct,
    AbstractProductImage,
    get_image_upload_path,
)
from pictures.models import PictureField

from catalog.search.changes import note, one_write
from catalog.texts.markdown import render, validate_markdown
from catalog.texts.pictures import forget_renditions_of_new_file

from .querysets import CategoryManager, ProductQuerySet


class Category(AbstractCategory):
    class Kind(models.TextChoices):
        RANGE = "range", _("range of products")
        TECHNIQUE = "technique", _("technique")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.RANGE)
    summary = models.TextField(_("summary"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    body = models.JSONField(editable=False, default=dict)
    image = PictureField(
        _("photograph"),
        upload_to="categories",
        blank=True,
        null=True,
        max_length=255,
        width_field="width",
        height_field="height",
    )
    image_alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    has_renditions = models.BooleanField(default=False, editable=False)
    technique_products = models.ManyToManyField(
        "catalogue.Product", through="catalogue.TechniqueProduct", related_name="techniques", blank=True
    )

    objects = CategoryManager()

    class Meta(AbstractCategory.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(kind="technique"), name="catalogue_technique_slug"
            )
        ]

    def clean(self) -> None:
        super().clean()
        validate_markdown(self.description or "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Renders the text and writes the search entries in the same transaction."""
        self.body = render(self.description).to_json()
        forget_renditions_of_new_file(self, "image")
        with one_write():
            before = self._found_by() if self.pk else None
            super().save(*args, **kwargs)
            self.write_search_entry(with_tools=before is not None and before != self._found_by())

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """With all that is below it, as treebeard does."""
        with one_write():
            below = self._with_all_below()
            search_changes.note_tools_of(category.pk for category in below)
            note("technique", *(category.pk for category in below))
            return super().delete(*args, **kwargs)

    def write_search_entry(self, *, with_tools: bool = False) -> None:
        """Also of what is below: an unpublished range hides it. `with_tools`: of all products that name them, too."""
        with one_write():
            below = self._with_all_below()
            note("technique", *(category.pk for category in below))
            if with_tools:
                search_changes.note_tools_of(category.pk for category in below)

    def _found_by(self) -> Any:
        """What the entries of its tools have from it, as the database has it."""
        rows = Category.objects.filter(pk=self.pk)
        return rows.values_list("name", "slug", "kind", "is_public", "ancestors_are_public").first()

    def _with_all_below(self) -> list[Category]:
        return list(Category.objects.filter(path__startswith=self.path).only("pk")) if self.path else []

    @property
    def is_technique(self) -> bool:
        return self.kind == self.Kind.TECHNIQUE

    @property
    def paths_above(self) -> list[str]:
        """Keys of the ancestors in the tree, root first."""
        return self.paths_to(self.path)[:-1]

    @classmethod
    def paths_to(cls, path: str) -> list[str]:
        """Keys of a branch of the tree, from the root down to this one."""
        return [path[:end] for end in range(cls.steplen, len(path) + 1, cls.steplen)]

    def get_full_slug(self, parent_slug: str | None = None) -> str:
        """Oscar keeps it in the cache, where it stays wrong after a category was moved or renamed."""
        above = [parent_slug] if parent_slug else self._slugs_above()
        return self._slug_separator.join([*above, self.slug])

    def _slugs_above(self) -> list[str]:
        rows = Category.objects.filter(path__in=self.paths_above).order_by("path")
        return list(rows.values_list("slug", flat=True)) if self.paths_above else []

    #: set by views that know the address without asking for the ancestors
    address = ""

    def get_absolute_url(self) -> str:
        if self.address:
            return self.address
        if self.is_technique:
            return reverse("catalogue:technique", args=[self.slug])
        return str(super().get_absolute_url())


class Product(AbstractProduct):
    summary = models.TextField(_("summary"), blank=True)
    variant_label = models.CharField(_("label of the variant"), max_length=80, blank=True)
    body = models.JSONField(editable=False, default=dict)
    cost = models.DecimalField(_("cost, net"), max_digits=12, decimal_places=2, null=True, blank=True)
    case_pack = models.PositiveIntegerField(_("pieces in a case"), null=True, blank=True)
    trade_moq = models.PositiveIntegerField(_("smallest trade order"), null=True, blank=True)
    lead_time_days = models.PositiveIntegerField(_("lead time in days"), null=True, blank=True)

    objects = ProductQuerySet.as_manager()

    def clean(self) -> None:
        super().clean()
        validate_markdown(self.description or "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Renders the text and writes the search entry in the same transaction."""
        self.body = render(self.description).to_json()
        with one_write():
            super().save(*args, **kwargs)
            self.write_search_entry()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with one_write():
            self.write_search_entry()
            return super().delete(*args, **kwargs)

    @property
    def is_in_shop(self) -> bool:
        """Published, and so is what it is a variant of."""
        return bool(self.is_public and (not self.parent_id or self.parent.is_public))

    @property
    def page_url(self) -> str:
        """The page where it can be chosen: a variant has none of its own."""
        if not self.parent_id:
            return str(self.get_absolute_url())
        return f"{self.parent.get_absolute_url()}?{urlencode({'variant': self.upc or self.pk})}"

    @property
    def photograph(self) -> Any:
        """Its first one, else the first of what it is a variant of. Prefetch `images` and `parent__images` for many."""
        owners = (self, self.parent) if self.parent_id else (self,)
        return next((image for owner in owners for image in list(owner.images.all())[:1]), None)

    def update_rating(self) -> None:
        """Oscar would save the whole product here, and undo what staff change at the same time."""
        Product.objects.filter(pk=self.pk).update(rating=self.calculate_rating())

    def write_search_entry(self) -> None:
        """Call it when something beside the product has changed that no signal tells of."""
        note("product", self.parent_id or self.pk)


class ProductImage(AbstractProductImage):
    original = PictureField(
        _("photograph"), upload_to=get_image_upload_path, max_length=255, width_field="width", height_field="height"
    )
    alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    has_renditions = models.BooleanField(default=False, editable=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        forget_renditions_of_new_file(self, "original")
        super().save(*args, **kwargs)


class TechniqueProduct(models.Model):
    """A tool that a technique page shows, in its order."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE)
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["category", "product"], name="catalogue_technique_product")]

    def __str__(self) -> str:
        return f"{self.category_id}: {self.product}"


from oscar.apps.catalogue.models import *  # noqa: E402, F403, TID251
from oscar.apps.catalogue.models import (  # noqa: E402, TID251
    AttributeOption,  # noqa: F401
    AttributeOptionGroup,  # noqa: F401
    ProductAttribute,  # noqa: F401
    ProductAttributeValue,  # noqa: F401
    ProductCategory,  # noqa: F401
    ProductClass,  # noqa: F401
    ProductRecommendation,  # noqa: F401
)

from . import search_changes  # noqa: E402  (it imports the models above)
