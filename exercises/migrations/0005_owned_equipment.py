"""What a person has to train with is called equipment, as everywhere: the table is renamed and keeps its rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Both ways without touching a row."""

    dependencies = [("exercises", "0004_workout_note")]
    operations = [
        migrations.RenameModel("Belongings", "OwnedEquipment"),
        migrations.AlterField(
            model_name="ownedequipment",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="equipment",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
