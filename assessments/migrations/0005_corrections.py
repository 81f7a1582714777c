"""Let a corrected check stand in the place of the one with a slip; both stay."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import CASCADE, F, Q

STATUSES = ("open", "finished", "corrected", "stopped", "abandoned")


def leave_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Going back, what was corrected counts as abandoned: the code before knows no other word for it."""
    attempts = apps.get_model("assessments", "Attempt").objects
    attempts.filter(status="corrected").update(status="abandoned")


class Migration(migrations.Migration):
    """Adds only: a table, a status, and a constraint on rows of that status."""

    dependencies = [("assessments", "0004_clearance_recorded_on")]
    operations = [
        migrations.AlterField(
            "attempt",
            "status",
            models.CharField(
                max_length=10, choices=[(name, name.title()) for name in STATUSES], default="open"
            ),
        ),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=Q(result__isnull=False, finished_at__isnull=False) | ~Q(status="corrected"),
                name="corrected_attempt_has_a_result",
            ),
        ),
        migrations.CreateModel(
            "Correction",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.OneToOneField("assessments.Attempt", CASCADE, related_name="corrected_by"),
                ),
                (
                    "attempt",
                    models.OneToOneField("assessments.Attempt", CASCADE, related_name="correction"),
                ),
            ],
        ),
        migrations.AddConstraint(
            "correction",
            models.CheckConstraint(
                condition=~Q(first=F("attempt")), name="correction_is_of_another_attempt"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, leave_out),
    ]
