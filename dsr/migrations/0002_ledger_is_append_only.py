"""Let the database itself refuse to change or delete a line of the ledger."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END $$;
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON dsr_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
"""
POSTGRESQL_BACK = """
DROP TRIGGER ledger_is_append_only ON dsr_ledgerentry;
DROP FUNCTION ledger_is_append_only();
"""
ACTS = ("UPDATE", "DELETE")


def forwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL)
        return
    for act in ACTS:
        editor.execute(
            f"CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON dsr_ledgerentry "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )


def backwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_BACK)
        return
    for act in ACTS:
        editor.execute(f"DROP TRIGGER ledger_no_{act.lower()}")


class Migration(migrations.Migration):
    dependencies = [("dsr", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
