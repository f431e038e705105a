"""Make the digests of the identifiers that are there already."""

from django.db import migrations

from subjects.models.keyed import digest_of

AT_ONCE = 1000


def make_digests(apps, schema_editor):
    identifiers = apps.get_model("subjects", "Identifier").objects
    batch = []
    for one in identifiers.filter(digest="").iterator(AT_ONCE):
        one.digest = digest_of(one.kind, one.value)
        batch.append(one)
        if len(batch) == AT_ONCE:
            identifiers.bulk_update(batch, ["digest"])
            batch = []
    identifiers.bulk_update(batch, ["digest"])


class Migration(migrations.Migration):

    dependencies = [
        ("subjects", "0004_keyed_identifiers"),
    ]

    operations = [
        migrations.RunPython(make_digests, migrations.RunPython.noop),
    ]
