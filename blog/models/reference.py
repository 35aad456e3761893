from __future__ import annotations

from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_KEY = RegexValidator(r"^[A-Za-z][\w-]*\Z", _("A key begins with a letter; then letters, digits, _ and -."))
_DOI = RegexValidator(r"^10\.\d{4,9}/\S+\Z", _("A DOI looks like 10.1111/jjns.12327, without https://doi.org/."))
_PMID = RegexValidator(r"^\d{1,9}\Z", _("A PubMed number has digits only."))


class Kind(models.TextChoices):
    RANDOMISED_TRIAL = "randomised trial", _("Randomised trial")
    CONTROLLED_TRIAL = "controlled trial", _("Controlled trial")
    CROSSOVER_TRIAL = "crossover trial", _("Crossover trial")
    META_ANALYSIS = "meta-analysis", _("Meta-analysis")
    SYSTEMATIC_REVIEW = "systematic review", _("Systematic review")
    REVIEW = "review", _("Review")
    SURVEY = "survey", _("Survey")
    LABORATORY_STUDY = "laboratory study", _("Laboratory study")
    BOOK = "book", _("Book")
    GUIDELINE = "guideline", _("Guideline")


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def in_order_of(self, keys: Iterable[str]) -> list[Reference | None]:
        """One for each key, None where there is no such reference (any more)."""
        keys = list(keys)
        found = {reference.key: reference for reference in self.filter(key__in=keys)} if keys else {}
        return [found.get(key) for key in keys]


class Reference(models.Model):
    """A study, book or guideline, entered once and cited as [@key] by any number of articles and techniques."""

    key = models.CharField(_("key"), max_length=80, unique=True, validators=[_KEY], help_text=_("As in [@kudo2020]."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    authors = models.CharField(_("authors"), max_length=400, help_text=_("Kudo Y, Sasaki M"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1500), MaxValueValidator(2100)])
    title = models.CharField(_("title"), max_length=500)
    source = models.CharField(_("source"), max_length=300, help_text=_("The journal, or the publisher of a book."))
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True, validators=[_DOI])
    pmid = models.CharField("PubMed", max_length=9, blank=True, validators=[_PMID])
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    finding = models.TextField(_("finding"), max_length=2000, help_text=_("What it found, and what it didn't show."))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def __str__(self) -> str:
        return f"{self.key}: {self.authors} ({self.year})"

    @property
    def title_with_stop(self) -> str:
        """Titles that are questions keep their own mark."""
        return self.title if self.title.endswith(("?", ".")) else f"{self.title}."

    @property
    def place(self) -> str:
        """ "2020; 17(3): e12327", or what is known of it."""
        place = f"{self.year}"
        if self.volume:
            place += f"; {self.volume}"
        if self.pages:
            place += f": {self.pages.replace('-', '–')}"
        return place

    @property
    def participants_shown(self) -> str:
        return f"{self.participants:,}"

    @property
    def url(self) -> str:
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""

    @property
    def url_label(self) -> str:
        return f"doi {self.doi}" if self.doi else f"PubMed {self.pmid}"
