"""Somebody who has done everything that a customer can do, in a shop with the demo's content.

Tests in one process call `furnish()`; beside a running demo `python -m tests.reach.furnish` prints the same as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from typing import Any

import django

EMAIL = "ines@everything.example"
PASSWORD = "stillhand-demo"
#: Not in any journey: an offer on it changes no other test's sums.
OFFERED_SKU = "SH-PRO-02"
VOUCHER = "PALM"
SOLD_OUT_SKU = "SH-AHM-06"


def furnish() -> dict[str, Any]:
    """Makes the customer once more; what fills the arguments of addresses: {start of route: {name: value}}."""
    from supplier.accounts.models import User

    user, _is_new = User.objects.get_or_create(email=EMAIL, defaults={"first_name": "Inês", "last_name": "de Sá"})
    user.set_password(PASSWORD)
    user.save()
    return {
        **_texts(),
        **_account(user),
        **_wish_lists(user),
        **_offers(),
        **_orders(user),
        **_alerts(user),
        **_message(user),
        **_quotes(user),
        **password_reset(user),
    }


def product(sku: str) -> Any:
    from catalog.catalogue.models import Product

    return Product.objects.get(upc=sku)


def _texts() -> dict[str, dict[str, Any]]:
    from catalog.catalogue.models import Category

    tool = product("SH-DHM-03")
    kind = Category.objects.filter(kind=Category.Kind.RANGE, is_public=True, depth=1).order_by("path").first()
    here = {"product_slug": tool.slug, "pk": tool.pk, "product_pk": tool.pk}
    return {
        "products": here,
        "basket/add": {"pk": product("SH-DHM-01").pk},
        "categories": {"category_slug": kind.full_slug, "pk": kind.pk},
        "techniques": {"slug": "deep-hand-massage"},
        "sitemap-": {"section": "products"},
        "journal/tags": {"slug": _tag()},
        "journal": {"slug": "can-hand-massage-improve-sleep-quality"},
        "<slug:slug>/": {"slug": "about"},
    }


def _tag() -> str:
    from blog.models import Tag

    return str(Tag.objects.order_by("slug").values_list("slug", flat=True)[0])


def _account(user: Any) -> dict[str, dict[str, Any]]:
    from oscar.apps.address.models import Country, UserAddress
    from oscar.apps.communication.models import Notification

    values = {"first_name": "Inês", "last_name": "de Sá", "line1": "3 Example Row", "line4": "Sampleton"}
    for line1 in ("3 Example Row", "The Surgery, 11 Example Street"):
        address, _is_new = UserAddress.objects.get_or_create(
            user=user, line1=line1, postcode="SX4 6DQ", country=Country.objects.get(pk="GB"),
            defaults={**values, "line1": line1},
        )  # fmt: skip
    notice, _is_new = Notification.objects.get_or_create(
        recipient=user, subject="The Warm Stone Set is back", defaults={"body": "It is in stock again."}
    )
    Notification.objects.get_or_create(recipient=user, subject="Put away before", location=Notification.ARCHIVE)
    return {"accounts/addresses": {"pk": address.pk, "action": "default_for_shipping"},
            "accounts/notifications": {"pk": notice.pk}}  # fmt: skip


def _wish_lists(user: Any) -> dict[str, dict[str, Any]]:
    from oscar.apps.wishlists.models import WishList

    wish_list, _is_new = WishList.objects.get_or_create(
        owner=user, name="For the practice", defaults={"visibility": WishList.PUBLIC}
    )
    other, _is_new = WishList.objects.get_or_create(owner=user, name="Presents")
    line, _is_new = wish_list.lines.get_or_create(product=product("SH-DHM-01"), defaults={"title": "Roller"})
    wish_list.lines.get_or_create(product=product("SH-DTT-01"), defaults={"title": "Oil"})
    return {
        "accounts/wishlists": {
            "key": wish_list.key, "line_pk": line.pk, "product_pk": line.product_id, "to_key": other.key,
        },
        "wishlists": {"key": wish_list.key},
    }  # fmt: skip


def _offers() -> dict[str, dict[str, Any]]:
    from django.utils import timezone
    from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range
    from oscar.apps.voucher.models import Voucher

    tools, _is_new = Range.objects.get_or_create(name="For treatment rooms", is_public=True)
    tools.add_product(product(OFFERED_SKU))
    offers = []
    for name, kind in (("A tenth off for treatment rooms", ConditionalOffer.SITE), ("Palm", ConditionalOffer.VOUCHER)):
        condition, _is_new = Condition.objects.get_or_create(range=tools, type=Condition.COUNT, value=1)
        benefit, _is_new = Benefit.objects.get_or_create(range=tools, type=Benefit.PERCENTAGE, value=10)
        offer, _is_new = ConditionalOffer.objects.get_or_create(
            name=name, defaults={"offer_type": kind, "condition": condition, "benefit": benefit}
        )
        offers.append(offer)
    now, day = timezone.now(), timezone.timedelta(days=1)
    voucher, _is_new = Voucher.objects.get_or_create(
        code=VOUCHER, defaults={"name": "Palm", "start_datetime": now - day, "end_datetime": now + 30 * day}
    )
    voucher.offers.add(offers[1])
    return {"offers": {"slug": offers[0].slug}, "ranges": {"slug": tools.slug}, "basket/vouchers": {"pk": voucher.pk}}


def _orders(user: Any) -> dict[str, dict[str, Any]]:
    from catalog.order.actions import mark_paid
    from catalog.order.links import account_order_path

    waiting, paid = _order(user, "SH-DHM-01"), _order(user, "SH-DTT-01")
    mark_paid(paid)
    _review(user)
    token = account_order_path(waiting).split("/")[-2]
    return {
        "accounts/orders": {"order_number": paid.number},
        "o/": {"token": token},
        "paid": {"token": account_order_path(paid).split("/")[-2]},
    }


def _order(user: Any, sku: str) -> Any:
    from catalog.order.actions import place_order
    from catalog.shipping.methods import RowMethod
    from catalog.shipping.models import DeliveryMethod
    from tests.shop import make_address, make_basket

    method = DeliveryMethod.objects.filter(countries="GB").order_by("price")[0]
    return place_order(
        make_basket(product(sku), owner=user), user=user, email=user.email, shipping_address=make_address("GB"),
        shipping_method=RowMethod(method),
    )  # fmt: skip


def _review(user: Any) -> None:
    """Of a tool that the customer has bought and that visitors look at."""
    from catalog.customer.reviews import actions
    from catalog.order.actions import mark_paid

    mark_paid(_order(user, "SH-DHM-03-M"))
    words = {"score": 4, "title": "Quiet, and firm enough", "body": "Each evening, five minutes.", "name": "Inês"}
    review = actions.write_review(product("SH-DHM-03"), by=user, fields=words)
    review.status = review.APPROVED
    review.save()


def _alerts(user: Any) -> dict[str, dict[str, Any]]:
    """Of a guest, behind its link, and of the customer."""
    from catalog.customer.alerts import actions
    from catalog.customer.models import AlertLink, ProductAlert

    sold_out = product(SOLD_OUT_SKU)
    guests, _is_new = ProductAlert.objects.get_or_create(product=sold_out, email=EMAIL, user=None)
    return {
        "a/": {"token": AlertLink.objects.issue(alert=guests)},
        "alerts/": {"pk": sold_out.pk},
        "accounts/alerts": {"pk": actions.ask_as_customer(sold_out, user=user).pk},
    }


def _message(user: Any) -> dict[str, dict[str, Any]]:
    from supplier.inquiries.actions import answer_inquiry, receive_inquiry
    from supplier.inquiries.forms import InquiryForm
    from supplier.inquiries.models import InquiryLink
    from supplier.inquiries.views import THANKS
    from tests.supplier.inquiries.conftest import typed

    form = InquiryForm(typed(nonce=str(uuid.uuid4()), email=user.email, name="Inês de Sá"))
    assert form.is_valid(), form.errors
    inquiry, _is_new = receive_inquiry(form, user=user, with_letters=False)
    answer_inquiry(inquiry, by=_clerk(), text="It is 31 mm across.\n\nGood hands,\nSam", key=uuid.uuid4())
    token = InquiryLink.objects.issue(inquiry=inquiry)
    return {
        "messages/thanks": {"signed": THANKS.sign(inquiry.reference)},
        "m/": {"token": token},
        "accounts/messages": {"reference": inquiry.reference},
    }


def _quotes(user: Any) -> dict[str, dict[str, Any]]:
    """Twice: a quote is either behind its owner's account or behind a guest's link."""
    from supplier.quotes.models import QuoteLink

    return {
        "accounts/quotes": {"reference": _offered(user).reference},
        "q/": {"token": QuoteLink.objects.issue(quote=_offered(None))},
    }


def _offered(user: Any) -> Any:
    from datetime import timedelta
    from decimal import Decimal

    from django.utils import timezone

    from supplier.quotes import actions, offering
    from supplier.quotes.requests import Asked, AskedLine

    tools = [product("SH-DHM-01"), product("SH-DTT-01")]
    asked = Asked(
        name="Inês de Sá", email=EMAIL, company="Mãos", country_code="GB", time_zone="Europe/London",
        lines=tuple(AskedLine(text=tool.title, quantity=24, product=tool) for tool in tools),
    )  # fmt: skip
    quote = actions.request_quote(asked, user=user, with_letters=False).quote
    lines = [
        offering.OfferedLine(line.position, line.product, line.quantity, Decimal("18.90"))
        for line in quote.lines.all()
        if line.product
    ]
    draft = offering.write_draft(
        quote, lines=lines, delivery_name="One pallet box", delivery_price=Decimal("12.50"),
        valid_until=timezone.localdate() + timedelta(days=14),
    )  # fmt: skip
    offering.send_version(quote, number=draft.number, by=_clerk())
    return quote


def _clerk() -> Any:
    from supplier.accounts.models import User

    return User.objects.get(email="staff@stillhand.example")


def password_reset(user: Any) -> dict[str, dict[str, Any]]:
    from django.contrib.auth.tokens import default_token_generator
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    token = default_token_generator.make_token(user)
    return {"password-reset/confirm": {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": token}}


def bare_pages() -> dict[str, str]:
    """The pages that show when little can be relied on, as this installation renders them."""
    from django.template.loader import render_to_string

    return {name: render_to_string(f"{name}.html") for name in ("400", "403_csrf", "405", "414", "429", "500", "503")}


def main(port: int) -> None:
    """In the environment of the demo on this port, whose folder SHOP_VAR_DIR names."""
    from supplier.demo import run

    ports = json.loads((run.VAR / "demo-ports.json").read_text())
    os.environ.update(run.environment_for(port=port, ports=ports))
    django.setup()
    sys.stdout.write(json.dumps({"values": furnish(), "bare": bare_pages()}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
