from django.db import migrations, models

from tinhgon_web.apparatus import indexes


class Migration(migrations.Migration):

    dependencies = [
        ('apparatus', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='unitspan',
            name='area_km2',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='unitspan',
            name='households',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='unitspan',
            name='population',
            field=models.FloatField(null=True),
        ),
        migrations.CreateModel(
            name='Geometry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.CharField(max_length=200)),
                ('since', models.DateField()),
                ('shape', models.JSONField()),
                ('synthetic', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'since'), name='one_geometry_of_a_unit_a_day')],
            },
        ),
        migrations.RunPython(indexes.install, indexes.remove, elidable=False),
    ]
