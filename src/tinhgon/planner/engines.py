"""Where tasks run: in this process, in a pool of processes, on a Dask cluster.

No answer is lost with a worker: what a dead one was sent is solved again by another.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from types import FrameType
from typing import TypeAlias

import attrs

from tinhgon.planner.forms import LAW, solver
from tinhgon.planner.problem import Problem
from tinhgon.planner.solution import Solution

Answers: TypeAlias = Generator[tuple[int, Solution], None, None]

POOLS = 3  # pools started before what is left is solved in this process


@attrs.frozen(slots=True)
class Task:
    """A problem to be solved alone; what a worker is sent."""

    problem: Problem
    form: str
    seed: int
    effort: int
    certify: bool = False


def solve_task(task: Task) -> Solution:
    """Solve one task. Runs in a worker, so it is importable and takes only what can be pickled."""
    asked = {"certify": True} if task.certify and task.form == LAW else {}  # max-p always certifies
    return solver(task.form)(task.problem, seed=task.seed, effort=task.effort, **asked)


def here(tasks: Mapping[int, Task]) -> Answers:
    """Answers one after the other in this process, as (number of the task, answer).

    A solver may itself catch an interrupt and give its best so far: that answer counts, and then the run
    ends.
    """
    with interrupts() as seen:
        for number, task in tasks.items():
            yield number, solve_task(task)
            if seen.is_set():
                raise KeyboardInterrupt


@contextmanager
def interrupts() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C, which otherwise goes its usual way."""
    seen = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        seen.set()
        signal.default_int_handler(number, frame)

    if threading.current_thread() is not threading.main_thread():
        yield seen
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)


def in_pool(tasks: Mapping[int, Task], workers: int | None) -> Answers:
    """Answers as they come from a pool of fresh processes.

    When a process dies its pool cannot go on: what is unanswered goes to a new pool, and after POOLS of them
    is solved here.
    """
    left = dict(tasks)
    for _ in range(POOLS):
        try:
            for number, solution in _one_pool(left, workers):
                del left[number]
                yield number, solution
        except BrokenProcessPool:
            continue
        return
    yield from here(left)


def _one_pool(left: Mapping[int, Task], workers: int | None) -> Answers:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts)
    finished = False
    try:
        futures = {pool.submit(solve_task, task): number for number, task in left.items()}
        for future in as_completed(futures):
            yield futures[future], future.result()
        finished = True
    finally:
        if not finished:
            _end(pool)
        pool.shutdown(wait=finished, cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that started the pool; it keeps what was answered."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end(pool: ProcessPoolExecutor) -> None:
    """End running workers at once: nobody waits for their answers any more."""
    for process in list((pool._processes or {}).values()):
        process.terminate()


def on_dask(tasks: Mapping[int, Task], address: str) -> Answers:
    """Answers as they come from the workers of a running Dask scheduler.

    The scheduler gives the task of a lost worker to another one, so a worker may be killed in mid-run.
    """
    distributed = import_module("distributed")  # an extra of its own, loaded where a cluster is named
    with distributed.Client(address, set_as_default=False) as client, client.as_current():
        futures = {number: client.submit(solve_task, task, pure=False) for number, task in tasks.items()}
        numbers = {future.key: number for number, future in futures.items()}
        try:
            for future in distributed.as_completed(list(futures.values())):
                yield numbers[future.key], future.result()
        finally:
            client.cancel(list(futures.values()))
