"""On PostgreSQL the marks of kind and title stand by themselves, small enough to be read in the row."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from tinhgon_web.portal.search import tables


class Migration(migrations.Migration):
    """Computed by the database from what the index holds."""

    dependencies: ClassVar = [("portal_search", "0002_marks")]
    operations: ClassVar = [migrations.RunPython(tables.add_near, tables.drop_near, elidable=False)]
