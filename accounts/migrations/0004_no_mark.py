from django.db import migrations


def drop_triggers(apps, schema_editor):
    """Drop what set the mark of a person, on every table of theirs (ADR 17).

    Going back gives everyone a new number; the triggers are made by the older code's own `migrate`, which must
    therefore be run before that code serves pages.
    """
    if schema_editor.connection.vendor == 'sqlite':
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'mark\\_%' ESCAPE '\\'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
    else:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
                "AND prorettype = 'trigger'::regtype AND proname LIKE 'mark\\_%' ESCAPE '\\'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_mark'),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.RemoveField(model_name='user', name='mark'),
    ]
