from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("order", "0022_orderlink")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE order_number AS bigint START WITH 100001", "DROP SEQUENCE order_number"
        ),
        migrations.AddField(
            model_name="order",
            name="pay_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="may be paid until"),
        ),
    ]
