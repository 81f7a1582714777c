"""Keep the local date on which "I have been seen" was told, so that a journey shifts no past day."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.clock import local_date_of


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """The date in the zone the person has now: the best that is known of older rows."""
    clearances = apps.get_model("assessments", "Clearance").objects.select_related("person")
    for clearance in clearances.iterator():
        clearance.recorded_on = local_date_of(clearance.recorded_at, clearance.person.time_zone)
        clearance.save(update_fields=["recorded_on"])


class Migration(migrations.Migration):
    """In three steps, as the column has no default."""

    dependencies = [("assessments", "0003_counts")]
    operations = [
        migrations.AddField("clearance", "recorded_on", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("clearance", "recorded_on", models.DateField()),
    ]
