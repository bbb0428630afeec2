"""Reading the words of files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhgon_web.core import jobs
from tinhgon_web.documents import services


@jobs.kind("documents.text", _("Reading the words of a file"))
def read_text(job: jobs.Running, *, file: int) -> dict[str, object]:
    """Keep a file's words for search."""

    def progress(done: int, total: int) -> None:
        job.check()
        jobs.progress(job, done, total, _("Reading the pages"))

    return {"letters": services.read_words(file=file, progress=progress)}
