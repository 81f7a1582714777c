"""Carry over what people own: it stood in the answers of each plan, and now stands once for each person."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def carry_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """What the latest plan of each person says. The answers in the plans stay as they are."""
    plans = apps.get_model("exercises", "Plan").objects.order_by("made_at")
    belongings = apps.get_model("exercises", "Belongings").objects
    latest: dict[int, dict[str, Any]] = {}
    for plan in plans.iterator():
        things = plan.answers.get("things")
        if isinstance(things, dict) and "owned" in things:
            latest[plan.person_id] = things
    for person_id, things in latest.items():
        loads = things.get("load_grams", {})
        bars = loads.get("barbell", [])
        belongings.update_or_create(
            person_id=person_id,
            defaults={
                "things": things["owned"],
                "weight_grams": loads.get("kettlebell_or_dumbbell", []),
                "bar_grams": min(bars, default=None),
                "plate_grams": _grams(things.get("typed", {}).get("plates", "")),
            },
        )


def _grams(typed: str) -> list[int]:
    """Plates as they were typed in kilograms: "2.5, 5 kg"; they were checked when they were stored."""
    words = typed.replace(",", " ").replace(";", " ").replace("kg", " ").replace("and", " ").split()
    return sorted({round(float(word) * 1000) for word in words})


class Migration(migrations.Migration):
    """After the table is there."""

    dependencies = [("exercises", "0002_belongings")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
