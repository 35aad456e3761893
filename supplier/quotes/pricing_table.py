"""What the desk shows of a quote: each line with what it costs us, what the shop takes, and what is left."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from catalog.partner.prices import to_penny

from .forms.pricing import PriceForm, PricingForm, ProductForm
from .models import Acceptance, Quote, QuoteLine, QuoteVersion
from .offering import what_is_missing
from .pricing import totals_of
from .products import cost_of, public_net_price, stock_record


@dataclass(frozen=True)
class TableRow:
    """Prices are net, a piece. `margin` is what is left of the price after the cost, in per cent."""

    line: QuoteLine
    form: PriceForm
    sku: str
    title: str
    public_price: Decimal | None
    cost: Decimal | None
    stock: int | None
    margin: int | None
    public_margin: int | None
    product_form: ProductForm | None


def page_context(
    quote: Quote, form: PricingForm | None = None, *, product_form: ProductForm | None = None
) -> dict[str, Any]:
    lines = list(
        quote.lines.select_related("product__parent", "product__product_class", "product__parent__product_class")
        .prefetch_related("product__stockrecords")
        .order_by("position")
    )
    versions = _versions(quote)
    draft = next((version for version in versions if not version.sent_at), None)
    form = form or PricingForm(quote=quote, lines=lines, model=versions[-1] if versions else None)
    return {
        "quote": quote,
        "form": form,
        "rows": [_row(quote, line, price, product_form) for line, price in zip(lines, form.prices, strict=True)],
        "sent": [(version, totals_of(version)) for version in versions if version.sent_at],
        "draft": draft,
        "draft_totals": totals_of(draft) if draft else None,
        "missing": what_is_missing(quote, draft) if draft else [],
        "number": draft.number if draft else len(versions) + 1,
        "acceptance": Acceptance.objects.filter(quote=quote).select_related("order", "version").first(),
    }


def _versions(quote: Quote) -> list[QuoteVersion]:
    versions = list(quote.versions.select_related("sent_by").prefetch_related("lines").order_by("number"))
    for version in versions:
        version.quote = quote
    return versions


def _row(quote: Quote, line: QuoteLine, form: PriceForm, returned: ProductForm | None) -> TableRow:
    product = line.product
    public = public_net_price(product) if product else None
    cost = cost_of(product) if product else None
    return TableRow(
        line=line,
        form=form,
        sku=(product.upc or "") if product else "",
        title=product.get_title() if product else line.text,
        public_price=public,
        cost=cost,
        stock=_stock(product),
        margin=margin(_typed_price(form), cost),
        public_margin=margin(public, cost),
        product_form=None if product else _product_form(line, returned),
    )


def _stock(product: Any) -> int | None:
    record = stock_record(product) if product and product.get_product_class().track_stock else None
    return record.net_stock_level if record else None


def _typed_price(form: PriceForm) -> Decimal | None:
    price = form.initial.get("price") if not form.is_bound else form.cleaned_data.get("price")
    return price if isinstance(price, Decimal) else None


def _product_form(line: QuoteLine, returned: ProductForm | None) -> ProductForm:
    return returned if returned and returned.line.pk == line.pk else ProductForm(line=line)


def margin(price: Decimal | None, cost: Decimal | None) -> int | None:
    if not price or cost is None:
        return None
    share = to_penny(price - cost) / price * 100
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))
