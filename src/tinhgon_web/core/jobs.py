"""Work that takes longer than a page may: started by a view or a service, done by a worker (`manage.py db_worker`).

An app says what it can do in its `jobs.py`, found by itself:

    @jobs.kind("documents.text", _("Reading the text of a file"))
    def read_text(job: jobs.Running, *, file: int) -> dict[str, object]:
        jobs.progress(job, 3, 10, _("page 3"))
        if job.should_stop(): ...

and starts it with `jobs.start("documents.text", acting=user, file=7)`. What it returns becomes the job's result;
under "url" stands where its reader goes next. A `Refusal` it raises is shown in both languages. Progress made
inside a transaction is seen when that ends. A job whose worker died is told by its silence and can be started again.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import attrs
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from tinhgon.refusal import Refusal
from tinhgon_web.core import signs_of_life
from tinhgon_web.core.models import Job, User

logger = logging.getLogger(__name__)

Words = str | Promise | Refusal
State = Job.State
OVER = (State.DONE, State.FAILED, State.STOPPED, State.LOST)
_ASK_EVERY = 0.5


@attrs.frozen(slots=True)
class Kind:
    """What can be done: its name, what readers see, and the function that does it."""

    name: str
    title: Words
    run: Callable[..., Mapping[str, Any] | None]


_kinds: dict[str, Kind] = {}


class UnableToStartJob(LookupError):
    """No app knows this kind of job."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no jobs.py of the site says what '{kind}' is")
        self.kind = kind


class Stopped(Exception):
    """Raised inside a job by `Running.check`, so that what it wrote is rolled back."""


@attrs.define(slots=True)
class Running:
    """A job as the function that does it sees it."""

    row: Job
    told: bool = False
    _asked: float = 0.0
    _wrote: float = 0.0

    @property
    def id(self) -> int:
        """The job's number."""
        return self.row.pk

    @property
    def acting(self) -> Any:
        """Who started it."""
        return self.row.acting

    @property
    def place(self) -> str:
        """The unit it is about; "" for the whole register."""
        return self.row.place

    def should_stop(self) -> bool:
        """Whether somebody asked it to stop, its worker is ending, or it was given up as lost."""
        if not self.told and time.monotonic() - self._asked > _ASK_EVERY:
            self._asked = time.monotonic()
            going = Job.objects.filter(pk=self.id, state=State.RUNNING, stop_requested=False).exists()
            self.told = not going or signs_of_life.ending()
        return self.told

    def check(self) -> None:
        """End here when it should.

        Raises:
            Stopped: it should stop.
        """
        if self.should_stop():
            raise Stopped

    def wrote(self) -> bool:
        """Whether it is too early to write progress again; otherwise notes that it is written now."""
        now = time.monotonic()
        if now - self._wrote < _ASK_EVERY:
            return True
        self._wrote = now
        return False


def kind(name: str, title: Words) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: this function does that kind of job."""

    def known(run: Callable[..., Any]) -> Callable[..., Any]:
        _kinds[name] = Kind(name, title, run)
        return run

    return known


def kind_of(name: str) -> Kind:
    """A kind by its name.

    Raises:
        UnableToStartJob: nobody knows it.
    """
    if name not in _kinds:
        autodiscover_modules("jobs")
    if name not in _kinds:
        raise UnableToStartJob(name)
    return _kinds[name]


def title(job: Job) -> str:
    """What readers call the job."""
    try:
        return str(kind_of(job.kind).title)
    except UnableToStartJob:  # an app that was taken out since
        return job.kind


def start(kind: str, acting: User, *, place: str = "", **args: Any) -> Job:
    """Put a job in the queue; `args` are plain JSON values.

    Raises:
        UnableToStartJob: no app knows the kind.
    """
    kind_of(kind)
    with transaction.atomic():
        job = Job.objects.create(kind=kind, acting=acting, place=place, args=args)
        run_job.enqueue(job.pk)
    job.refresh_from_db()
    return job


def progress(job: Running, done: int, total: int, message: Words = "") -> None:
    """Say how far a job is; written at most twice a second."""
    if done < total and job.wrote():
        return
    going = Job.objects.filter(pk=job.id, state=State.RUNNING)
    going.update(done=done, total=total, message=in_both(message), alive_at=timezone.now())


def stop(job: Job) -> None:
    """Ask a job to stop; one that waits is stopped at once."""
    Job.objects.filter(pk=job.pk).update(stop_requested=True)
    Job.objects.filter(pk=job.pk, state=State.WAITING).update(state=State.STOPPED, ended=timezone.now())


def again(job: Job) -> Job:
    """Start a job anew that came to nothing; returns the new one, the same however often it is asked for."""
    with transaction.atomic():
        held = Job.objects.select_for_update().get(pk=job.pk)
        if held.again is not None:
            return held.again
        Job.objects.filter(pk=job.pk, state=State.RUNNING).update(state=State.LOST, ended=timezone.now())
        new = start(held.kind, held.acting, place=held.place, **held.args)
        Job.objects.filter(pk=job.pk).update(again=new)
    return new


def state(job: Job) -> str:
    """The job's state; a running one that has been silent for too long is lost."""
    silent_since = timezone.now() - dt.timedelta(seconds=settings.JOB_LOST_AFTER)
    is_silent = job.alive_at is not None and job.alive_at < silent_since
    return State.LOST if job.state == State.RUNNING and is_silent else job.state


def in_both(message: Words) -> list[str]:
    """A message in Vietnamese and in English."""
    if isinstance(message, Refusal):
        return [message.vi, message.en]
    said = []
    for language in ("vi", "en"):
        with translation.override(language):
            said.append(str(message))
    return said


@task()
def run_job(pk: int) -> None:
    """What the worker calls: do the job of a row, unless it was stopped while it waited."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=pk, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, started=now, alive_at=now):
        return
    job = Running(Job.objects.select_related("acting").get(pk=pk))
    with _ended_well_or_not(job), signs_of_life.shown(pk):
        result = kind_of(job.row.kind).run(job, **job.row.args)
        _end(job, _told(job) if job.told else State.DONE, result=None if result is None else dict(result))


@contextmanager
def _ended_well_or_not(job: Running) -> Iterator[None]:
    try:
        yield
    except Stopped:
        _end(job, _told(job))
    except Refusal as refusal:
        _end(job, State.FAILED, message=in_both(refusal))
    except Exception:
        logger.exception("job %s (%s)", job.id, job.row.kind)
        said = _("An unexpected fault stopped this job; nothing was written. The site's log has its details.")
        _end(job, State.FAILED, message=in_both(said))
    except BaseException:  # the worker is made to end now
        _end(job, State.LOST)
        raise


def _told(job: Running) -> str:
    asked = Job.objects.filter(pk=job.id, stop_requested=True).exists()
    return State.STOPPED if asked else State.LOST


def _end(job: Running, state: str, **fields: Any) -> None:
    going = Job.objects.filter(pk=job.id, state=State.RUNNING)
    going.update(state=state, ended=timezone.now(), **fields)
