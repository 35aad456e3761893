"""Every country exists, for quotes and messages; orders go to the United Kingdom and the European Union."""

from django.db import migrations

from catalog.shipping.countries import DELIVERED, UK
from catalog.shipping.iso_countries import COUNTRIES


def write_countries(apps, schema_editor):
    country = apps.get_model("address", "Country")
    country.objects.bulk_create(
        [
            country(
                iso_3166_1_a2=code,
                printable_name=name,
                name=name,
                is_shipping_country=code in DELIVERED,
                display_order=1 if code == UK else 0,
            )
            for code, name in COUNTRIES.items()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("shipping", "0004_deliverymethod"),
        ("address", "0007_useraddress_code"),
    ]
    operations = [migrations.RunPython(write_countries, migrations.RunPython.noop)]
