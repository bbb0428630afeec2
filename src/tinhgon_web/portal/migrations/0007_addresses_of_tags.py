"""Addresses of tags lose their diacritics."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify

from tinhgon import text


def fold(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    tags = apps.get_model("taggit", "Tag").objects
    for tag in tags.order_by("pk"):
        slug = slugify(text.fold(tag.slug)) or "the"
        if slug != tag.slug:
            taken = tags.filter(slug=slug).exists()
            tags.filter(pk=tag.pk).update(slug=f"{slug}-{tag.pk}" if taken else slug)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0006_words_of_papers"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
