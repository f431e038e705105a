"""Make the groups of the roles that only look at, or decide, their own part."""

from django.db import migrations

ROLES = ("medical_adviser", "reviewer", "admin")


def forwards(apps, editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("dsr", "0003_roles")]
    # Groups may have members by the time of a way back; they stay.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
