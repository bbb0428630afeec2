"""How a job shows that its worker lives, and how it hears that the worker is about to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from tinhgon_web.core.models import Job

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_ending = threading.Event()


def ending() -> bool:
    """Whether the worker was told to end while it does a job."""
    return _ending.is_set()


@contextmanager
def shown(job: int) -> Iterator[None]:
    """While inside, the job's row is touched every few seconds and signals are heard.

    Inside a transaction nobody else sees the row, so nothing is touched there.
    """
    over = threading.Event()
    beating = None
    if not connection.in_atomic_block:
        beating = threading.Thread(target=_beat, args=(job, over), daemon=True)
        beating.start()
    try:
        with _listening():
            yield
    finally:
        over.set()
        if beating is not None:
            beating.join()


def _beat(job: int, over: threading.Event) -> None:
    every = settings.JOB_LOST_AFTER / 6
    while not over.wait(every):
        try:
            Job.objects.filter(pk=job, state=Job.State.RUNNING).update(alive_at=timezone.now())
        except OperationalError:  # the database is busy: the next beat comes soon
            continue
        finally:
            connection.close()


@contextmanager
def _listening() -> Iterator[None]:
    """Note signals, then hand them to whoever heard them before (the worker, a server)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def heard(number: int, frame: FrameType | None) -> None:
        _ending.set()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in _SIGNALS:
        signal.signal(number, heard)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
