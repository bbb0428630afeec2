"""Nobody publishes by themselves: the workflow of two persons does, and each group gets what its duty needs."""

from django.db import migrations
from django.db.models import Q

EXTRA = {
    "Editors": [("portal", "writer", ("add", "change"))],
    "Moderators": [("portal", "writer", ("add", "change")), ("portal", "office", ("change",))],
}


def two_persons(apps, _schema_editor):
    """Put Wagtail's default workflow, which asks for one person, out of use."""
    content_types = apps.get_model("contenttypes.ContentType").objects
    moderators = apps.get_model("auth.Group").objects.get(name="Moderators")
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    kind, _ = content_types.get_or_create(app_label="portal", model="secondperson")
    task = apps.get_model("portal.SecondPerson").objects.create(
        name="Người thứ hai duyệt", content_type=kind, active=True
    )
    task.groups.set([moderators])
    workflows = apps.get_model("wagtailcore.Workflow").objects
    workflows.update(active=False)
    workflow = workflows.create(name="Duyệt bài hai người", active=True)
    apps.get_model("wagtailcore.WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    pages = apps.get_model("wagtailcore.WorkflowPage").objects
    pages.all().delete()
    pages.create(workflow=workflow, page=root)


def who_may(apps, _schema_editor):
    """Take the permission to publish from both groups; let them keep writers and the office's name in order."""
    groups, permissions = apps.get_model("auth.Group").objects, apps.get_model("auth.Permission").objects
    held = apps.get_model("wagtailcore.GroupPagePermission").objects.filter(group__name__in=EXTRA)
    held.filter(Q(permission__codename="publish_page") | Q(permission__codename="bulk_delete_page")).delete()
    content_types = apps.get_model("contenttypes.ContentType").objects
    for name, extra in EXTRA.items():
        group = groups.get(name=name)
        for app, model, verbs in extra:
            kind, _ = content_types.get_or_create(app_label=app, model=model)
            for verb in verbs:
                permission, _ = permissions.get_or_create(
                    content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_two_persons"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [
        migrations.RunPython(two_persons, migrations.RunPython.noop),
        migrations.RunPython(who_may, migrations.RunPython.noop),
    ]
