"""Looking at workbooks and recording them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhgon_web.core import jobs
from tinhgon_web.exchange import services


@jobs.kind("imports.check", _("Looking at the rows of a workbook"))
def check(job: jobs.Running, *, imported: int) -> dict[str, object]:
    """Judge every row against the register."""
    jobs.progress(job, 0, 0, _("Reading the sheets and holding them against the register"))
    services.check_import(imported=imported)
    return {"url": reverse("imports:import", args=[imported])}


@jobs.kind("imports.record", _("Recording a workbook"))
def record(job: jobs.Running, *, imported: int) -> dict[str, object]:
    """Record what the preview showed."""
    jobs.progress(job, 0, 0, _("Recording all rows as one group"))
    services.record_import(imported=imported)
    return {"url": reverse("imports:import", args=[imported])}
