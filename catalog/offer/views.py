"""What is cheaper just now: offers that everybody gets, and the collections (Oscar's public ranges) that staff make."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from oscar.apps.offer.models import ConditionalOffer, Range

from catalog.catalogue.addresses import Step, breadcrumb_steps, tools_step
from catalog.catalogue.cards import product_cards
from catalog.catalogue.models import Product
from catalog.texts.display import strategy_of
from catalog.texts.structured import breadcrumbs

TOOLS_A_PAGE = 24


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "offers/index.html", {"offers": _for_everybody()})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    offer = get_object_or_404(_for_everybody(), slug=slug)
    # Not `offer.products()`: it leaves out variants, and with them the tools that have some.
    tools = _listed(offer.condition.range.all_products()) if offer.has_products else None
    context = {"title": offer.name, "text": offer.description, "parent": _("Offers"), "offer": offer}
    context["breadcrumbs_data"] = _breadcrumbs(request, Step(_("Offers"), reverse("offer:list")), offer.name)
    return render(request, "offers/page.html", context | _page_of_cards(request, tools))


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    tools = get_object_or_404(Range, slug=slug, is_public=True)
    context = {"title": tools.name, "text": tools.description}
    context["breadcrumbs_data"] = _breadcrumbs(request, tools_step(), tools.name)
    return render(request, "offers/page.html", context | _page_of_cards(request, _listed(tools.all_products())))


def _breadcrumbs(request: HttpRequest, parent: Step, name: str) -> dict[str, Any]:
    return breadcrumbs(breadcrumb_steps([parent], name=name, url=request.path))


def _for_everybody() -> Any:
    """Offers that need no voucher, in force today."""
    return ConditionalOffer.active.filter(offer_type=ConditionalOffer.SITE).select_related(
        "condition", "condition__range", "benefit", "benefit__range"
    )


def _listed(products: QuerySet[Any]) -> QuerySet[Product]:
    """A variant is shown by the tool it belongs to."""
    shown = products.order_by().values("pk"), products.order_by().values("parent_id")
    listed = Product.objects.for_cards().listed()
    return (listed.filter(pk__in=shown[0]) | listed.filter(pk__in=shown[1])).order_by("title", "pk")


def _page_of_cards(request: HttpRequest, tools: QuerySet[Product] | None) -> dict[str, Any]:
    if tools is None:
        return {}
    page: Page[Any] = Paginator(tools, TOOLS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = product_cards(page.object_list, strategy_of(request))
    return {"page": page}
