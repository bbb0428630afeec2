"""What follows an approval: the article goes out, now or at its hour. Wagtail reads this before there are models."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django_tasks import task


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved; nobody needs, or has, the permission to publish by themselves.

    With an hour set it waits for that; the worker is told when to come (without one, `publish_scheduled` does it).
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
    revision.refresh_from_db()
    page = revision.as_object()
    for moment in (revision.approved_go_live_at, page.expire_at):
        if moment is not None:
            call_at(moment)


def call_at(moment: dt.datetime) -> None:
    """Have the worker publish and take down what is due then."""
    later = publish_due.get_backend().supports_defer
    if later:
        due = publish_due.using(run_after=moment + dt.timedelta(seconds=1))
        transaction.on_commit(due.enqueue)


@task()
def publish_due() -> None:
    """Publish what was approved for an hour that has come, and take down what was to stand until now."""
    call_command("publish_scheduled")
