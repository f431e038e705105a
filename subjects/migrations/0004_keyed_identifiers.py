"""Identifiers get a digest, by which other programs ask about a person."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("subjects", "0003_by_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="identifier",
            name="digest",
            field=models.CharField(
                db_index=True, default="", editable=False, max_length=64
            ),
            preserve_default=False,
        ),
    ]
