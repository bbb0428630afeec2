"""What the reports do when the journal has grown: measure the leader's screens of today ahead, in the worker."""

from __future__ import annotations

from django_tasks import task

from tinhgon_web.core.asof import today
from tinhgon_web.reports.board.ahead import measure_ahead


@task()
def measure_screens() -> None:
    """Measure what is not measured yet; of several that queue up, all but the first find it done."""
    measure_ahead(today())


def on_recorded() -> None:
    """Leave it to the worker."""
    measure_screens.enqueue()
