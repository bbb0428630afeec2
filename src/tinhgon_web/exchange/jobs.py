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


@jobs.kind("exports.register", _("Making an archive of the register"))
def export(job: jobs.Running, *, people: bool) -> dict[str, object]:
    """Write the register as an archive, for whoever asked."""

    def progress(done: int, total: int) -> None:
        job.check()
        jobs.progress(job, done, total, _("Writing the journal"))

    stored = services.export_register(people=people, progress=progress)
    return {"url": reverse("exports:file", args=[job.id]), "stored": stored}


@jobs.kind("imports.register", _("Taking a register in"))
def load(job: jobs.Running, *, stored: str) -> dict[str, object]:
    """Load an archive into the empty register."""
    jobs.progress(job, 0, 0, _("Checking the chain and writing the entries"))
    entries = services.load_archive(acting=job.acting, stored=stored)
    return {"url": reverse("apparatus:tree"), "entries": entries}
