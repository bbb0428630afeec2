"""Work of consultations that takes long: reading and filling the rolls of a whole province."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhgon_web.consultation.services import filling
from tinhgon_web.core import jobs


@jobs.kind("consultation.read", _("Reading a roll from Excel"))
def read(job: jobs.Running, *, upload: int, units: list[str], round_id: int) -> dict[str, Any]:
    """Read a sheet and hold it against the rolls, for its preview; stopped, it is as unread as before."""

    def told(done: int, total: int) -> None:
        job.check()
        jobs.progress(job, done, total, _("rows read and checked"))

    filling.read_kept_sheet(upload_id=upload, units=units, progress=told)
    return {"url": reverse("consultation:fill", args=[round_id])}


@jobs.kind("consultation.fill", _("Filling the rolls of a consultation"))
def fill(job: jobs.Running, *, upload: int, round_id: int) -> dict[str, Any]:
    """Make the rolls hold what a sheet says, all of it or nothing; stopped, they are as they were."""

    def told(done: int, total: int) -> None:
        job.check()
        jobs.progress(job, done, total, _("households written"))

    made = filling.confirm_roll(acting=job.acting, upload_id=upload, progress=told)
    return {"url": reverse("consultation:round", args=[round_id]), "households": made}
