"""Make the groups that carry the roles of the desk."""

from django.db import migrations

ROLES = ("handler", "dpo", "decider", "auditor")


def forwards(apps, editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("dsr", "0002_ledger_is_append_only"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    # Groups may have members by the time of a way back; they stay.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
