"""Where tasks run:

in this process, in a pool of processes, on a Dask cluster. No answer is lost with a worker.
"""

from __future__ import annotations

import signal
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from typing import TypeAlias

import attrs

from tinhgon.planner.forms import solver
from tinhgon.planner.problem import Problem
from tinhgon.planner.solution import Solution

Answers: TypeAlias = Generator[tuple[int, list[Solution]], None, None]

POOLS = 3  # pools started before what is left is solved in this process
WORKERS_LOST = 10  # workers a task may lose on a cluster before it is held to be what kills them


@attrs.frozen(slots=True)
class Task:
    """Pieces to be solved alike, with their numbers; what a worker is sent."""

    pieces: tuple[int, ...]
    problems: tuple[Problem, ...]
    form: str
    seed: int
    effort: int


def solve_task(task: Task) -> list[Solution]:
    """Solve the pieces of a task.

    Runs in a worker, so it is importable and takes only what can be pickled.
    """
    solve = solver(task.form)
    return [solve(problem, seed=task.seed, effort=task.effort) for problem in task.problems]


def here(tasks: Sequence[Task]) -> Answers:
    """Answers one after the other in this process, as (number of the task, its answers)."""
    for number, task in enumerate(tasks):
        yield number, solve_task(task)


def in_pool(tasks: Sequence[Task], workers: int | None) -> Answers:
    """Answers as they come from a pool of fresh processes.

    When a process dies, its pool cannot go on: what is unanswered goes to a new pool, and after POOLS of them
    is solved here.
    """
    left = dict(enumerate(tasks))
    for _ in range(POOLS):
        try:
            for number, solutions in _one_pool(left, workers):
                del left[number]
                yield number, solutions
        except BrokenProcessPool:
            continue
        return
    for number in sorted(left):
        yield number, solve_task(left[number])


def _one_pool(left: dict[int, Task], workers: int | None) -> Answers:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts)
    try:
        futures = {pool.submit(solve_task, task): number for number, task in left.items()}
        for future in as_completed(futures):
            yield futures[future], future.result()
    except GeneratorExit:
        _end(pool)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that started the pool; it keeps what was answered."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end(pool: ProcessPoolExecutor) -> None:
    """End running workers at once: nobody waits for their answers any more."""
    for process in list((pool._processes or {}).values()):
        process.terminate()


def on_dask(tasks: Sequence[Task], address: str) -> Answers:
    """Answers as they come from the workers of a running Dask scheduler.

    The scheduler gives the task of a lost worker to another one, so a worker may be killed in mid-run.
    """
    distributed = import_module("distributed")  # an extra of its own, loaded where a cluster is named
    with distributed.Client(address, set_as_default=False) as client:
        futures = [client.submit(solve_task, task, pure=False) for task in tasks]
        number = {future.key: index for index, future in enumerate(futures)}
        try:
            for future in distributed.as_completed(futures):
                yield number[future.key], future.result()
        finally:
            client.cancel(futures)
