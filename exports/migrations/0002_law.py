"""A package is made for a proposal, before the decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0001_initial")]

    operations = [
        migrations.RenameField("package", "decided_at", "proposed_at"),
        migrations.AlterField(
            "package", "proposed_at", models.DateTimeField(verbose_name="proposed")
        ),
    ]
