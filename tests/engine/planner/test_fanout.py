"""The same answers from this process, from a pool and from a Dask cluster; workers may die, officers interrupt."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from cases import problem_of

from tinhgon.planner import fanout
from tinhgon.planner.fanout import Engine, pieces_for, solve_pieces
from tinhgon.planner.problem import Problem
from tinhgon.planner.solution import combine

COMMUNES, VILLAGES = 40, 9


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> Problem:
    """Synthetic: 40 communes of 3 x 3 villages, cut into twenty loads."""
    monkeypatch.setattr(fanout, "TOGETHER_UNITS", 2 * VILLAGES)
    draws = np.random.default_rng(7).integers(40, 400, COMMUNES * VILLAGES)
    edges = [
        (VILLAGES * commune + a, VILLAGES * commune + b)
        for commune in range(COMMUNES)
        for a in range(VILLAGES)
        for b in ((a + 1) if a % 3 < 2 else 0, a + 3)
        if a < b < VILLAGES
    ]
    return problem_of(
        [[float(value)] for value in draws],
        sorted(edges),
        [[200.0]],
        parents=np.repeat(np.arange(COMMUNES), VILLAGES).astype(np.int32),
        parent_names=tuple(f"xã {commune}" for commune in range(COMMUNES)),
    )


def answer(problem: Problem, engine: Engine, progress: Any = None) -> tuple[list[int], bool]:
    pieces = pieces_for(problem, "law")
    assert len(pieces) == COMMUNES / 2
    answered = solve_pieces(pieces, "law", seed=3, effort=50, engine=engine, progress=progress)
    assert None not in answered.solutions
    solutions = [solution for solution in answered.solutions if solution is not None]
    return combine(problem, pieces, solutions).labels.tolist(), answered.interrupted


class Killer:
    """Kills one process when the first parents are done, and remembers that it did."""

    def __init__(self, victims: Any) -> None:
        self.victims = victims
        self.killed_at: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        if 0 < done < total and not self.killed_at:
            os.kill(self.victims()[0], signal.SIGKILL)
            self.killed_at.append((done, total))


def test_the_answer_does_not_depend_on_the_number_of_workers(country: Problem) -> None:
    alone = answer(country, Engine(1))
    assert answer(country, Engine(2)) == alone
    assert len(set(alone[0])) < COMMUNES * VILLAGES


def test_pieces_and_whole_give_the_same_answer(country: Problem) -> None:
    from tinhgon.planner.law import solve

    assert answer(country, Engine(1))[0] == solve(country, seed=3, effort=50).labels.tolist()


def test_a_pool_that_loses_a_process_loses_no_answer(country: Problem) -> None:
    killer = Killer(lambda: [child.pid for child in multiprocessing.active_children()])
    assert answer(country, Engine(2), killer) == answer(country, Engine(1))
    assert killer.killed_at


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A real local cluster: a scheduler and two worker processes."""
    distributed = pytest.importorskip("distributed", reason="the dask extra is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as running:
        yield running


def test_a_dask_cluster_that_loses_a_worker_in_mid_run_loses_nothing(country: Problem, cluster: Any) -> None:
    before = [worker.pid for worker in cluster.workers.values()]
    killer = Killer(lambda: before)
    assert len(before) == 2
    assert os.getpid() not in before
    assert answer(country, Engine(dask=cluster.scheduler_address), killer) == answer(country, Engine(1))
    assert killer.killed_at


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C as a terminal has it: whoever starts the tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_gives_what_is_answered_so_far_marked(country: Problem, workers: int) -> None:
    def interrupt(done: int, total: int) -> None:
        if 10 <= done < total:
            signal.raise_signal(signal.SIGINT)

    pieces = pieces_for(country, "law")
    answered = solve_pieces(pieces, "law", seed=0, effort=50, engine=Engine(workers), progress=interrupt)
    known = [solution is not None for solution in answered.solutions]
    assert answered.interrupted
    assert sum(known) >= 5
    assert not all(known)


def test_progress_is_told_in_parents(country: Problem) -> None:
    told: list[tuple[int, int]] = []
    answer(country, Engine(1), lambda done, total: told.append((done, total)))
    assert told[0] == (0, COMMUNES)
    assert told[-1] == (COMMUNES, COMMUNES)
    assert sorted(told) == told
