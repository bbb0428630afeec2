"""spopt and pygeoda on the same instances, run in a process that is ended at a limit of processor time.

The clock would say little: the machine may have other work.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import tempfile
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
from bench.instances import Instance

MEMORY = 12 * 2**30  # bytes that a run may ask for: the machine has other work


@attrs.frozen(slots=True)
class Run:
    """What a method made of an instance, in seconds of processor time; no `parts` if it was ended or unlawful."""

    method: str
    seed: int
    parts: int | None
    seconds: float
    megabytes: float
    remark: str = ""


def spopt(instance: Instance, seed: int) -> npt.NDArray[np.int64]:
    """MaxPHeuristic with 999 iterations of construction, which has no seed of its own: numpy's and Python's are set.

    Its annealing comes after, moves units between the regions found and never makes more of them; it is made
    once instead of ten times, which spares spopt most of its seconds and none of its parts.
    """
    import random

    import geopandas
    import pandas as pd
    from libpysal.weights import W
    from spopt.region import MaxPHeuristic

    random.seed(seed)
    np.random.seed(seed)
    frame = geopandas.GeoDataFrame(pd.DataFrame({"weight": instance.weights}))
    model = MaxPHeuristic(
        frame, W(neighbours(instance), silence_warnings=True), ["weight"], "weight", instance.threshold,
        top_n=2, max_iterations_construction=999, max_iterations_sa=1,
    )  # fmt: skip
    model.solve()
    return np.asarray(model.labels_, dtype=np.int64)


def pygeoda_greedy(instance: Instance, seed: int, iterations: int = 9_999) -> npt.NDArray[np.int64]:
    """maxp_greedy with 9,999 iterations."""
    import pygeoda

    weights = _pygeoda_weights(instance)
    data = instance.weights.tolist()
    found = pygeoda.maxp_greedy(
        weights, [data], data, instance.threshold, iterations=iterations, random_seed=seed, cpu_threads=1
    )
    return np.asarray(found["Clusters"], dtype=np.int64)


def pygeoda_short(instance: Instance, seed: int) -> npt.NDArray[np.int64]:
    """maxp_greedy with 99 iterations, its default, where 9,999 take too long for a table."""
    return pygeoda_greedy(instance, seed, iterations=99)


def pygeoda_annealed(instance: Instance, seed: int) -> npt.NDArray[np.int64]:
    """maxp_sa with 999 iterations of construction."""
    import pygeoda

    weights = _pygeoda_weights(instance)
    data = instance.weights.tolist()
    found = pygeoda.maxp_sa(
        weights, [data], data, instance.threshold, cooling_rate=0.85, sa_maxit=1, iterations=999,
        random_seed=seed, cpu_threads=1,
    )  # fmt: skip
    return np.asarray(found["Clusters"], dtype=np.int64)


METHODS = {
    "spopt": spopt,
    "pygeoda greedy": pygeoda_greedy,
    "pygeoda greedy 99": pygeoda_short,
    "pygeoda SA": pygeoda_annealed,
}


class Worker:
    """A process that makes runs one after the other, so that rivals are imported once; a new one after each death."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._line: Connection

    def run(self, method: str, instance: Instance, seed: int, limit: int) -> Run:
        """One run, re-checked; it is ended after `limit` seconds of processor time."""
        if self._process is None:
            self._start()
        self._line.send((method, instance, seed, limit))
        try:
            answer = self._line.recv()
        except EOFError:
            return Run(method, seed, None, limit, 0.0, self._ending(limit))
        if isinstance(answer, str):
            return Run(method, seed, None, 0.0, 0.0, answer)
        labels, seconds, megabytes = answer
        fault = fault_of(instance, labels)
        return Run(method, seed, None if fault else len(np.unique(labels)), seconds, megabytes, fault)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def _ending(self, limit: int) -> str:
        assert self._process is not None
        self._process.join()
        code, self._process = self._process.exitcode, None
        if code == -signal.SIGXCPU:
            return f"ended after {limit} s of processor time"
        return f"the process died with {code}"


def _work(tasks: Connection) -> None:
    import geopandas  # noqa: F401  # loaded before the seconds of a run count, like the rival itself
    import pygeoda  # noqa: F401
    import spopt.region  # noqa: F401

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        method, instance, seed, limit = tasks.recv()
        start = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(start) + limit + 1, resource.RLIM_INFINITY))
        try:
            labels = METHODS[method](instance, seed)
        except Exception as error:
            tasks.send(f"{type(error).__name__}: {error}"[:120])
            continue
        seconds = time.process_time() - start
        tasks.send((labels, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def neighbours(instance: Instance) -> dict[int, list[int]]:
    """Each unit's neighbours."""
    found: dict[int, list[int]] = {unit: [] for unit in range(len(instance.weights))}
    for a, b in instance.edges.tolist():
        found[a].append(b)
        found[b].append(a)
    return found


def fault_of(instance: Instance, labels: npt.NDArray[np.int64]) -> str:
    """What is wrong with a plan: a unit left out, a part below the threshold or not connected; empty if nothing."""
    near = neighbours(instance)
    if len(labels) != len(near) or labels.min() < 0:
        return "units left out"
    for part in np.unique(labels):
        units = np.flatnonzero(labels == part).tolist()
        if instance.weights[units].sum() < instance.threshold * (1 - 1e-9):
            return "a part below the threshold"
        inside, reached, stack = set(units), {units[0]}, [units[0]]
        while stack:
            fresh = inside.intersection(near[stack.pop()]) - reached
            reached |= fresh
            stack += fresh
        if reached != inside:
            return "a part that does not hang together"
    return ""


def _pygeoda_weights(instance: Instance) -> object:
    from pygeoda.weights import read_gal

    near = neighbours(instance)
    lines = [f"0 {len(near)} area id"]
    for unit, others in near.items():
        lines += [f"{unit} {len(others)}", " ".join(map(str, others))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "area.gal"
        path.write_text("\n".join(lines) + "\n")
        return read_gal(str(path), [str(unit) for unit in near])
