"""What the search does when the journal has grown: the worker brings places and documents in step."""

from __future__ import annotations

from django_tasks import task

from tinhgon_web.portal.search.services import index_register


@task()
def index_places() -> None:
    """Write what differs; of several that queue up, all but the first find nothing to do."""
    index_register()


def on_recorded() -> None:
    """Leave it to the worker."""
    index_places.enqueue()
