"""Fan-out over the pieces of a problem, the same on every engine.

Pieces (connected parts of parents) do not depend on one another, and each is answered from the piece, the
seed and the effort alone: answers are the same for any number of workers, in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing

import attrs
import numpy as np

from tinhgon.planner.engines import Answers, Task, here, in_pool, on_dask
from tinhgon.planner.forms import LAW
from tinhgon.planner.problem import Piece, Problem
from tinhgon.planner.solution import Solution

Progress = Callable[[int, int], None]

TOGETHER_UNITS = 500  # in the law form a commune alone is no load: pieces travel together until so many units
SMALL_UNITS = 64  # pieces up to here are solved in milliseconds (`tinhgon.planner.exact`)
POOL_FROM_UNITS = 200_000  # small pieces in the law form: so many take as long as starting a pool


@attrs.frozen(slots=True)
class Engine:
    """Where to run: `workers` processes (None: as many as pay), or the Dask scheduler at `dask`."""

    workers: int | None = None
    dask: str | None = None

    def run(self, tasks: Mapping[int, Task]) -> Answers:
        """Answers to the tasks, in any order."""
        if self.dask is not None:
            return on_dask(tasks, self.dask)
        if self.workers == 1 or len(tasks) < 2 or (self.workers is None and _is_light(tasks)):
            return here(tasks)
        return in_pool(tasks, self.workers)


def _is_light(tasks: Mapping[int, Task]) -> bool:
    """Whether starting processes would take longer than solving: only small pieces, in the law form."""
    units = sum(task.problem.n for task in tasks.values())
    largest = max(int(np.bincount(task.problem.parents).max()) for task in tasks.values())
    law = all(task.form == LAW for task in tasks.values())
    return law and largest <= SMALL_UNITS and units < POOL_FROM_UNITS


@attrs.frozen(slots=True, eq=False)
class Answered:
    """The answers to pieces in their order, None where the run was interrupted before that."""

    solutions: tuple[Solution | None, ...]
    interrupted: bool


def pieces_for(problem: Problem, form: str) -> list[Piece]:
    """What is sent out alone: connected parts, in the law form small ones in loads of TOGETHER_UNITS."""
    pieces = problem.split()
    if form != LAW:
        return pieces
    loads: list[list[Piece]] = []
    room = 0
    for piece in pieces:
        if piece.problem.n > SMALL_UNITS:
            loads.insert(0, [piece])
            continue
        if room <= 0:
            loads.append([])
            room = TOGETHER_UNITS
        loads[-1].append(piece)
        room -= piece.problem.n
    return [load[0] if len(load) == 1 else _gathered(problem, load) for load in loads]


def _gathered(problem: Problem, load: Sequence[Piece]) -> Piece:
    units = np.sort(np.concatenate([piece.units for piece in load]))
    return Piece(problem.part(units), units)


def solve_pieces(
    pieces: Sequence[Piece],
    form: str,
    *,
    seed: int,
    effort: int,
    certify: bool = False,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Answered:
    """Answer every piece, the largest first for an even load.

    `progress` is told parents done and parents in all. On KeyboardInterrupt the answers found so far are
    given, marked `interrupted`.
    """
    order = sorted(range(len(pieces)), key=lambda number: (-pieces[number].problem.n, number))
    tasks = {number: Task(pieces[number].problem, form, seed, effort, certify) for number in order}
    found: dict[int, Solution] = {}
    done = _ParentsDone(pieces, progress)
    interrupted = False
    with closing((engine or Engine()).run(tasks)) as answers:
        try:
            for number, solution in answers:
                found[number] = solution
                done.count(pieces[number])
        except KeyboardInterrupt:
            interrupted = True
    return Answered(tuple(found.get(number) for number in range(len(pieces))), interrupted)


class _ParentsDone:
    """Tells progress in parents: one is done when all its pieces are."""

    def __init__(self, pieces: Sequence[Piece], progress: Progress | None) -> None:
        self._left = Counter(parent for piece in pieces for parent in _parents(piece))
        self._parents = len(self._left)
        self._progress = progress
        self._tell()

    def count(self, piece: Piece) -> None:
        self._left.subtract(_parents(piece))
        self._left = +self._left
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._parents - len(self._left), self._parents)


def _parents(piece: Piece) -> list[int]:
    parents: list[int] = np.unique(piece.problem.parents).tolist()
    return parents
