# A round names its scheme by a foreign key, and the version people are asked about. SQLite makes the table anew, so the
# guards of other tables that look into it are taken off before and put back after.

import django.db.models.deletion
from django.db import migrations, models

from tinhgon_web.consultation import guards


def let_go_of_schemes_that_are_not_there(apps, schema_editor):
    del schema_editor
    scheme, round_ = apps.get_model("schemes", "Scheme"), apps.get_model("consultation", "Round")
    round_.objects.exclude(scheme=None).exclude(scheme__in=scheme.objects.values("pk")).update(scheme=None)


def name_the_version(apps, schema_editor):
    """A scheme's version is one more than the returns there were before the round began."""
    del schema_editor
    move, round_ = apps.get_model("schemes", "Move"), apps.get_model("consultation", "Round")
    for held in round_.objects.exclude(scheme=None):
        returns = move.objects.filter(scheme=held.scheme_id, sort="returned", on__lt=held.opens).count()
        round_.objects.filter(pk=held.pk).update(version=1 + returns)


class Migration(migrations.Migration):

    dependencies = [
        ('consultation', '0003_scans'),
        ('schemes', '0002_reminders'),
    ]

    operations = [
        migrations.RunPython(guards.remove, guards.install),
        migrations.RunPython(let_go_of_schemes_that_are_not_there, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='round',
            name='one_round_of_a_number',
        ),
        migrations.AlterField(
            model_name='round',
            name='scheme',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='schemes.scheme'),
        ),
        migrations.AddField(
            model_name='round',
            name='version',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunPython(name_the_version, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(condition=models.Q(('scheme__isnull', False)), fields=('scheme', 'version', 'number'), name='one_round_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scheme__isnull', True), ('version__isnull', True)), models.Q(('scheme__isnull', False), ('version__isnull', False)), _connector='OR'), name='a_round_about_a_scheme_names_its_version'),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
