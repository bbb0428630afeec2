"""Work on films."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core import jobs
from tinhgon_web.portal.services import films


@jobs.kind("portal.film", _("Making a film playable"))
def make_playable(job: jobs.Running, *, film: int) -> None:
    """Put an uploaded film into the form browsers play."""
    films.make_playable(film=film, check=job.check)
