from __future__ import annotations

from django.db import migrations

from tinhgon_web.apparatus import indexes


class Migration(migrations.Migration):
    dependencies = [("apparatus", "0003_submissions")]
    operations = [migrations.RunPython(indexes.install_codes, indexes.remove, elidable=False)]
