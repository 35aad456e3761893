from django.db import migrations, models

#: Counts from somewhere of its own, so that a cache that outlives this database never fits the next one.
FIRST_ROW = "INSERT INTO pagecache_change (changes) VALUES ((random() * 1e15)::bigint)"


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changes", models.BigIntegerField(db_default=1)),
            ],
        ),
        # The triggers (pagecache/triggers.py) are put on after the last migration and go with their function.
        migrations.RunSQL(FIRST_ROW, "DROP FUNCTION IF EXISTS pagecache_note() CASCADE"),
    ]
