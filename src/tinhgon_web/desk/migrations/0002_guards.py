from django.db import migrations

from tinhgon_web.desk import guards


class Migration(migrations.Migration):

    dependencies = [("desk", "0001_initial")]

    operations = [migrations.RunPython(guards.install, guards.remove)]
