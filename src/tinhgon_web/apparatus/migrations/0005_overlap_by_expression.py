from __future__ import annotations

from django.db import migrations

from tinhgon_web.apparatus import guards


class Migration(migrations.Migration):
    dependencies = [("apparatus", "0004_index_of_codes")]
    operations = [migrations.RunPython(guards.install_overlap_again, guards.remove, elidable=False)]
