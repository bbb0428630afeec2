"""A person's own jobs: how far they are, stopping one, starting a lost one again."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

import attrs
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tinhgon_web.core import jobs
from tinhgon_web.core.asof import Request
from tinhgon_web.core.models import Job
from tinhgon_web.core.rights import signed_in

_A_PAGE = 30
_STOPPED_POLLING = 286  # htmx takes it as: swap, then ask no more


@attrs.frozen(slots=True)
class Shown:
    """A job as its line shows it."""

    row: Job
    title: str
    state: str
    over: bool
    may_start_again: bool
    waits_long: bool

    @property
    def percent(self) -> int | None:
        """How much is done, 0 to 100; None when nobody knows how much there is."""
        return min(100, self.row.done * 100 // self.row.total) if self.row.total else None

    @property
    def said(self) -> tuple[str, str] | None:
        """What the job last said, in Vietnamese and in English."""
        return (self.row.message[0], self.row.message[1]) if any(self.row.message) else None

    @property
    def url(self) -> str:
        """Where its result is; empty when it has none."""
        return str((self.row.result or {}).get("url", ""))


@signed_in
@require_safe
def show_jobs(request: HttpRequest) -> HttpResponse:
    """Everything the reader started, the latest first."""
    rows = Paginator(_own(request), _A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "jobs/list.html", {"rows": rows, "jobs": [shown(row) for row in rows]})


@signed_in
@require_safe
def show_job(request: HttpRequest, number: int) -> HttpResponse:
    """One job; asked for by htmx, its line alone. On its own page a job that is done leads to its result."""
    job = shown(get_object_or_404(_own(request), pk=number))
    if not cast(Request, request).htmx:
        return render(request, "jobs/job.html", {"job": job, "follow": True})
    follow = request.GET.get("theo") == "1"
    response = render(request, "jobs/line.html", {"job": job, "follow": follow})
    if job.over:
        response.status_code = _STOPPED_POLLING
    if follow and job.state == Job.State.DONE and job.url:
        response.headers["HX-Redirect"] = job.url
    return response


@signed_in
@require_POST
def stop_job(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a job of one's own to stop."""
    job = get_object_or_404(_own(request), pk=number)
    jobs.stop(job)
    return _to_job(request, job)


@signed_in
@require_POST
def start_again(request: HttpRequest, number: int) -> HttpResponse:
    """Start a job of one's own anew, when it came to nothing."""
    job = get_object_or_404(_own(request), pk=number)
    return _to_job(request, jobs.again(job) if shown(job).may_start_again else job)


def _own(request: HttpRequest) -> Any:
    return Job.objects.filter(acting=cast(Any, request.user)).order_by("-pk")


def shown(row: Job) -> Shown:
    """A job as its line shows it."""
    state = jobs.state(row)
    waited = (timezone.now() - row.created_at).total_seconds()
    return Shown(
        row=row,
        title=jobs.title(row),
        state=state,
        over=state in jobs.OVER,
        may_start_again=state in jobs.OVER and state != Job.State.DONE,
        waits_long=state == Job.State.WAITING and waited > 15,
    )


def _to_job(request: HttpRequest, job: Job) -> HttpResponse:
    query = urlencode(cast(Request, request).asof.params)
    address = reverse("jobs:job", args=[job.pk])
    return redirect(f"{address}?{query}" if query else address)
