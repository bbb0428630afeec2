"""Fan-out over the pieces of a problem, the same on every engine.

Pieces (connected parts of parents) do not depend on one another, and each is answered from the piece, the
seed and the effort alone: answers are the same for any number of workers, in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing

import attrs

from tinhgon.planner.engines import Answers, Task, here, in_pool, on_dask
from tinhgon.planner.problem import Piece
from tinhgon.planner.solution import Solution

Progress = Callable[[int, int], None]

CHUNK_UNITS = 400  # pieces travel together until they have so many units: one commune alone is no load
POOL_FROM_UNITS = 4_000  # below, starting processes and loading compiled code takes longer than solving


@attrs.frozen(slots=True, eq=False)
class Answered:
    """The answers to pieces in their order, None where the run was interrupted before that."""

    solutions: tuple[Solution | None, ...]
    interrupted: bool


def solve_pieces(
    pieces: Sequence[Piece],
    form: str,
    *,
    seed: int,
    effort: int,
    workers: int | None = None,
    dask: str | None = None,
    progress: Progress | None = None,
) -> Answered:
    """Answer every piece.

    `workers` is the number of processes (None: one per core when the work is worth it; 1: this process only);
    `dask` is the address of a running scheduler and goes before `workers`. `progress` is told parents done
    and parents in all. On KeyboardInterrupt the answers found so far are given, marked `interrupted`.
    """
    tasks = make_tasks(pieces, form, seed=seed, effort=effort)
    found: dict[int, Solution] = {}
    done = _ParentsDone(pieces, progress)
    interrupted = False
    with closing(_engine(tasks, workers, dask)) as answers:
        try:
            for number, solutions in answers:
                found.update(zip(tasks[number].pieces, solutions, strict=True))
                done.count(tasks[number])
        except KeyboardInterrupt:
            interrupted = True
    return Answered(tuple(found.get(piece) for piece in range(len(pieces))), interrupted)


def make_tasks(pieces: Sequence[Piece], form: str, *, seed: int, effort: int) -> list[Task]:
    """Pieces gathered into tasks of about CHUNK_UNITS units, the largest first for an even load."""
    chunks: list[list[int]] = []
    room = 0
    for number in sorted(range(len(pieces)), key=lambda number: (-pieces[number].problem.n, number)):
        if room <= 0:
            chunks.append([])
            room = CHUNK_UNITS
        chunks[-1].append(number)
        room -= pieces[number].problem.n
    return [
        Task(tuple(chunk), tuple(pieces[number].problem for number in chunk), form, seed, effort)
        for chunk in chunks
    ]


def _engine(tasks: Sequence[Task], workers: int | None, dask: str | None) -> Answers:
    if dask is not None:
        return on_dask(tasks, dask)
    units = sum(problem.n for task in tasks for problem in task.problems)
    if workers == 1 or len(tasks) < 2 or (workers is None and units < POOL_FROM_UNITS):
        return here(tasks)
    return in_pool(tasks, workers)


class _ParentsDone:
    """Tells progress in parents: one is done when all its pieces are."""

    def __init__(self, pieces: Sequence[Piece], progress: Progress | None) -> None:
        self._left = Counter(int(piece.problem.parents[0]) for piece in pieces)
        self._parents = len(self._left)
        self._progress = progress
        self._tell()

    def count(self, task: Task) -> None:
        for problem in task.problems:
            parent = int(problem.parents[0])
            self._left[parent] -= 1
            if not self._left[parent]:
                del self._left[parent]
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._parents - len(self._left), self._parents)
