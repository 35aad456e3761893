"""What can be found. Areas write it through the engine (see changes.py); nothing else writes these tables."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import synonyms


class SearchEntry(models.Model):
    """One findable thing. Narrow on purpose: lists and counts read many rows of it, and none of SearchText."""

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    #: keys of SearchTerm
    terms = ArrayField(models.IntegerField(), default=list, blank=True)
    category_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    #: keys of the products whose stock records say its price and whether it is in stock
    offer_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    priority = models.IntegerField(default=0)
    length_mm = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="search_entry_terms"),
            GinIndex(fields=["category_ids"], name="search_entry_categories"),
        ]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class SearchText(models.Model):
    """The words of an entry. `head`: title, keywords, summary, to rank many; `names`: title and SKUs, unstemmed."""

    entry = models.OneToOneField(SearchEntry, models.CASCADE, primary_key=True, related_name="words")
    #: summary and text, for excerpts; `plain`: the same without accents, one letter for one
    text = models.TextField(blank=True)
    plain = models.TextField(blank=True, default="")
    vector = SearchVectorField()
    head = SearchVectorField()
    names = SearchVectorField()
    #: what it adds to the vocabulary
    vocabulary = ArrayField(models.CharField(max_length=90), default=list, blank=True)

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_text_vector"),
            GinIndex(fields=["names"], name="search_text_names"),
        ]


class SearchTerm(models.Model):
    """A value to filter by, with the name that people read."""

    id = models.AutoField(primary_key=True)
    group_code = models.CharField(max_length=20)
    value = models.CharField(max_length=100)
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group_code", "value"], name="search_term_once")]

    def __str__(self) -> str:
        return f"{self.group_code}: {self.name}"


class SearchWord(models.Model):
    """The vocabulary. `shown`: a word, or two neighbours; `word`: the same without the space."""

    shown = models.CharField(max_length=90, primary_key=True)
    word = models.CharField(max_length=90)
    documents = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["word"], name="search_word_word")]

    def __str__(self) -> str:
        return self.shown


class SearchIndex(models.Model):
    """One row: which version of the code wrote the entries (see rebuilding.py)."""

    version = models.PositiveIntegerField()


class ZeroSearch(models.Model):
    """A question that found nothing, without regard to case and accents.

    `times` is about right only: pages of visitors are kept for a minute, and then nobody asks.
    """

    text = models.CharField(_("searched for"), max_length=80, unique=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))

    class Meta:
        ordering = ["-times", "-last_at"]
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")

    def __str__(self) -> str:
        return self.text


class SynonymGroup(models.Model):
    """Phrases that mean the same to the search, in every direction, from the moment they are saved."""

    text = models.CharField(
        _("phrases"), max_length=300, help_text=_("Two or more that mean the same: foam roller = myofascial roller.")
    )
    phrases = ArrayField(models.CharField(max_length=200), editable=False, default=list)
    #: the phrases as PostgreSQL looks for them
    keys = ArrayField(models.TextField(), editable=False, default=list)

    class Meta:
        ordering = ["text"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        indexes = [GinIndex(fields=["keys"], name="search_synonym_keys")]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Raises ValidationError for fewer than two phrases, empty ones, doubles, and those of another group."""
        try:
            self._read()
        except ValidationError as error:
            raise ValidationError({"text": error.messages}) from error
        other = SynonymGroup.objects.filter(keys__overlap=self.keys).exclude(pk=self.pk).first()
        if other:
            raise ValidationError({"text": _("Another line has one of these: “%s”. Add to that one.") % other.text})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._read()
        super().save(*args, **kwargs)

    def _read(self) -> None:
        self.phrases = synonyms.read(self.text)
        self.keys = synonyms.keys_of(self.phrases)
        synonyms.check_keys(self.phrases, self.keys)
