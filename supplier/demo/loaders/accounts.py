"""The trade accounts as customers, and the logins of the demo. Terms and price lists come with trade accounts."""

from __future__ import annotations

import csv
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction
from oscar.apps.address.models import Country, UserAddress

from supplier.accounts.models import User

from .report import Outcome, Report

PASSWORD = "stillhand-demo"
BUYER = "buyer@clinic.example"
STAFF = "staff@stillhand.example"
OWNER = "owner@stillhand.example"


def load(folder: Path, report: Report) -> None:
    path = folder / "trade_accounts.csv"
    with path.open(encoding="utf-8", newline="") as file, transaction.atomic():
        for row in csv.DictReader(file):
            report.count("customer", row["email"], _load_customer(row))
    with transaction.atomic():
        report.count("login", STAFF, _load_staff(STAFF, groups=("Sales", "Catalogue")))
        report.count("login", OWNER, _load_staff(OWNER, is_superuser=True))


def _load_customer(row: dict[str, str]) -> Outcome:
    first, _space, last = row["contact_name"].partition(" ")
    user, is_new = User.objects.get_or_create(email=row["email"], defaults={"first_name": first, "last_name": last})
    if not is_new:
        return "unchanged"
    if user.email == BUYER:
        user.set_password(PASSWORD)
    else:
        user.set_unusable_password()
    user.save()
    _add_address(user, row)
    return "new"


def _add_address(user: User, row: dict[str, str]) -> None:
    UserAddress.objects.create(
        user=user,
        first_name=user.first_name,
        last_name=user.last_name,
        line1=row["company"],
        line2=row["address_line1"],
        line4=row["city"],
        postcode=row["postcode"],
        country=Country.objects.get(iso_3166_1_a2=row["country"]),
        is_default_for_shipping=True,
    )


def _load_staff(email: str, *, is_superuser: bool = False, groups: tuple[str, ...] = ()) -> Outcome:
    user, is_new = User.objects.get_or_create(
        email=email,
        defaults={"is_staff": True, "is_superuser": is_superuser, "first_name": email.split("@")[0].title()},
    )
    if not is_new:
        return "unchanged"
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=groups))
    return "new"
