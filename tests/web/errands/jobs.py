"""Jobs that count, stop, refuse and break."""

from __future__ import annotations

import time

from tinhgon.refusal import Refusal
from tinhgon_web.core import jobs


@jobs.kind("errands.count", "Counting")
def count(job: jobs.Running, *, to: int) -> dict[str, object]:
    """Counts, saying each number."""
    for number in range(to):
        jobs.progress(job, number + 1, to, f"{number + 1}")
    return {"url": "/van-ban/", "counted": to, "by": job.acting.pk, "place": job.place}


@jobs.kind("errands.wait", "Waiting")
def wait(job: jobs.Running, *, seconds: float) -> None:
    """Waits, unless it should stop."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not job.should_stop():
        time.sleep(0.05)


@jobs.kind("errands.refuse", "Refusing")
def refuse(job: jobs.Running) -> None:
    """Refuses in both languages."""
    raise Refusal("không được", "not allowed")


@jobs.kind("errands.break", "Breaking")
def break_(job: jobs.Running) -> None:
    """Breaks as no job should."""
    raise RuntimeError("a fault")
