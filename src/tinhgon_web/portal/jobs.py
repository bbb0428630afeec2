"""Work on films and papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core import jobs
from tinhgon_web.portal.services import films
from tinhgon_web.portal.services.papers import read_paper


@jobs.kind("portal.film", _("Making a film playable"))
def make_playable(job: jobs.Running, *, film: int) -> None:
    """Put an uploaded film into the form browsers play."""
    films.make_playable(film=film, check=job.check)


@jobs.kind("portal.paper", _("Reading the words of a file"))
def read_words(job: jobs.Running, *, paper: int) -> dict[str, object]:
    """Keep a file's words, so that the articles that hold it are found by them."""

    def progress(done: int, total: int) -> None:
        job.check()
        jobs.progress(job, done, total, _("Reading the pages"))

    return {"letters": read_paper(paper=paper, progress=progress)}
