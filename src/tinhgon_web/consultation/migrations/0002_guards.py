from django.db import migrations

from tinhgon_web.consultation import guards


class Migration(migrations.Migration):

    dependencies = [("consultation", "0001_initial")]

    operations = [migrations.RunPython(guards.install, guards.remove)]
