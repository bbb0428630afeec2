"""Words that follow each other, words of titles and the order of lists are looked up, no longer computed when asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from tinhgon_web.portal.search import tables


class Migration(migrations.Migration):
    """The index is emptied: it holds nothing that is not elsewhere, and `index_portal` makes it again."""

    dependencies: ClassVar = [("portal_search", "0001_initial")]
    operations: ClassVar = [
        migrations.RunPython(tables.remove, migrations.RunPython.noop),
        migrations.RunSQL("DELETE FROM portal_search_entry", migrations.RunSQL.noop),
        migrations.AddField("entry", "marks", models.TextField(default=""), preserve_default=False),
        migrations.AddField("entry", "standing", models.CharField(default="", max_length=300), preserve_default=False),
        migrations.AddIndex("entry", models.Index(fields=["standing"], name="search_entry_standing")),
        migrations.RunPython(tables.install, tables.remove, elidable=False),
    ]
