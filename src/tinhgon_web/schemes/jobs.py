"""Work of schemes that takes long: planning, and reminding of steps that wait."""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhgon_web.apparatus import registers
from tinhgon_web.core import asof, jobs
from tinhgon_web.schemes import planning, services
from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors.variants import question_of

_LOOK_EVERY = 0.5


@jobs.kind("schemes.plan", _("Planning a scheme"))
def plan(
    job: jobs.Running,
    *,
    scheme: int,
    form: str = "law",
    seed: int = 0,
    effort: int | None = None,
    forced: list[list[str]] | None = None,
    forbidden: list[list[str]] | None = None,
    title: str = "",
) -> dict[str, Any]:
    """Plan a scheme and keep the answer as a variant; when stopped, the best found so far is kept, marked so."""
    row = Scheme.objects.get(pk=scheme)
    question = attrs.evolve(
        question_of(row),
        form=form,
        seed=seed,
        effort=effort,
        forced=tuple((a, b) for a, b in forced or ()),
        forbidden=tuple((a, b) for a, b in forbidden or ()),
    )
    head = registers.head()
    register = registers.register(head)

    def told(done: int, total: int) -> None:
        jobs.progress(job, done, total, _("parents proven"))

    posed = planning.pose(register, head, question)
    job.check()
    with _interrupted_when_asked(job):
        made = planning.solve(posed, question, told)
    variant = services.keep_variant(
        acting=job.acting, scheme=scheme, question=question, plan=made, title=title
    )
    return {
        "url": reverse("schemes:variant", args=[scheme, variant.number]),
        "variant": variant.number,
        "interrupted": made.interrupted,
    }


@jobs.kind("schemes.remind", _("Reminding of steps that wait"))
def remind(job: jobs.Running) -> dict[str, Any]:
    """Remind whoever holds a step that is due or overdue; run it every morning (`manage.py remind_schemes`)."""
    del job
    return {"reminded": len(services.remind(on=asof.today()))}


@contextmanager
def _interrupted_when_asked(job: jobs.Running) -> Iterator[None]:
    """Ctrl-C the solver when the job should stop: it then answers with the best it has."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    over = threading.Event()

    def watch() -> None:
        try:
            while not over.wait(_LOOK_EVERY):
                if job.should_stop():
                    _thread.interrupt_main()
                    return
        finally:
            connection.close()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        signal.signal(signal.SIGINT, before)
