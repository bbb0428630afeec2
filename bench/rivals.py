"""spopt and pygeoda on the same instances, each run in a process of its own that is ended at a time limit."""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
from bench.instances import Instance


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
    """MaxPHeuristic with 999 iterations, which has no seed of its own: numpy's and Python's are set."""
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
        top_n=2, max_iterations_construction=999,
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


def run(method: str, instance: Instance, seed: int, limit: float) -> Run:
    """One run, re-checked; it is ended after `limit` seconds."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(method, instance, seed, theirs))
    process.start()
    theirs.close()
    answer = _answer(ours, limit)
    process.kill()
    process.join()
    if answer is None:
        return Run(method, seed, None, limit, 0.0, f"ended after {limit:.0f} s")
    if isinstance(answer, str):
        return Run(method, seed, None, 0.0, 0.0, answer)
    labels, seconds, megabytes = answer
    fault = fault_of(instance, labels)
    return Run(method, seed, None if fault else len(np.unique(labels)), seconds, megabytes, fault)


def _answer(ours: Connection, limit: float) -> tuple[npt.NDArray[np.int64], float, float] | str | None:
    if not ours.poll(limit + 30):  # importing alone may take a while; the clock of a run starts after it
        return None
    try:
        answer = ours.recv()
    except EOFError:
        return "the process died (out of memory?)"
    return None if not isinstance(answer, str) and answer[1] > limit else answer


def _work(method: str, instance: Instance, seed: int, theirs: Connection) -> None:
    import geopandas  # noqa: F401  # loaded before the clock starts, like the rival itself
    import pygeoda  # noqa: F401
    import spopt.region  # noqa: F401

    start = time.process_time()
    try:
        labels = METHODS[method](instance, seed)
    except Exception as error:
        theirs.send(f"{type(error).__name__}: {error}"[:120])
        return
    seconds = time.process_time() - start
    theirs.send((labels, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


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
