"""Runs the max-p comparison and keeps each line in bench/results.jsonl; `bench/table.py` makes the table of it.

Seconds are of processor time, on one core each: the machine may have other work.
Usage: python -m bench.measure layers | provinces THRESHOLD | large N, each also with -rivals (layer-rivals, ...);
    open-area-rivals THRESHOLD, after provinces; renamed THRESHOLD; limits
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.instances import Instance, layers, provinces, synthetic
from bench.rivals import Run, Worker, fault_of

from tinhgon.planner import maxp

RESULTS = Path(os.environ.get("RESULTS", Path(__file__).with_name("results.jsonl")))
PACKAGES = ("spopt", "pygeoda", "libpysal", "highspy", "numba")
LAYER_RIVALS = [("spopt", seed) for seed in (1, 2, 3)] + [("pygeoda greedy", 1), ("pygeoda SA", 1)]
PROVINCE_RIVALS = [("spopt", 1), ("pygeoda greedy 99", 1)]
OPEN_AREA_RIVALS = [*LAYER_RIVALS[1:]]  # what is not among PROVINCE_RIVALS
LARGE_RIVALS = [("spopt", 1), ("pygeoda greedy 99", 1)]
LIMITS = {
    "layer-rivals": 60,
    "province-rivals": 60,
    "large-rivals": 750,
}  # seconds of processor time for a run
EFFORTS = (10, 100)  # the next only where the one before proves nothing
GREATER_EFFORTS = (100, 1_000)
SEEDS = range(1, 6)  # of the synthetic instances at the limits
LARGE_AREA = 100  # units, from which areas are asked for fewest renamed as well


def ours(instance: Instance, efforts: Sequence[int] = EFFORTS, *, renamed: bool = False) -> dict[str, Any]:
    """Our planner's line, its plan re-checked like the rivals' plans; seconds are of all efforts made. With `renamed`
    it is proven when the fewest residents renamed are, too."""
    problem = instance.problem()
    start = time.process_time()
    for effort in efforts:
        answer = maxp.solve(problem, seed=1, effort=effort, then_fewest_renamed=renamed)
        if answer.status == "optimal":
            break
    return {
        "method": "Tinh Gọn",
        "seed": 1,
        "effort": effort,
        "parts": answer.parts,
        "bound": answer.bound,
        "proven": answer.status == "optimal",
        "renamed_residents": dict(answer.objectives)["renamed_residents"],
        "seconds": time.process_time() - start,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "remark": fault_of(instance, answer.labels),
    }


def line(run_: Run) -> dict[str, Any]:
    """A rival's line."""
    return {
        name: getattr(run_, name) for name in ("method", "seed", "parts", "seconds", "megabytes", "remark")
    }


def layer_lines() -> Iterator[dict[str, Any]]:
    """Our planner on every layer."""
    for instance in layers():
        yield {"instance": instance.name, "n": len(instance.weights), **ours(instance)}


def layer_rival_lines() -> Iterator[dict[str, Any]]:
    """Every rival on the same."""
    worker = Worker()
    for instance in layers():
        for method, seed in LAYER_RIVALS:
            yield {
                "instance": instance.name,
                **line(worker.run(method, instance, seed, LIMITS["layer-rivals"])),
            }


def province_lines(threshold: float) -> Iterator[dict[str, Any]]:
    """Our planner on every connected area of every province."""
    for instance in provinces(threshold):
        yield {
            "instance": instance.name,
            "n": len(instance.weights),
            "threshold": threshold,
            **ours(instance),
        }


def rival_lines(threshold: float) -> Iterator[dict[str, Any]]:
    """The rivals on the same."""
    worker = Worker()
    for instance in (
        area for area in provinces(threshold) if len(area.weights) > 1
    ):  # of one they make an error
        for method, seed in PROVINCE_RIVALS:
            found = worker.run(method, instance, seed, LIMITS["province-rivals"])
            yield {
                "instance": instance.name,
                "n": len(instance.weights),
                "threshold": threshold,
                **line(found),
            }


def open_area_lines(threshold: float) -> Iterator[dict[str, Any]]:
    """More of the rivals' runs in the areas we measured and could not prove."""
    told = map(json.loads, RESULTS.read_text(encoding="utf-8").splitlines())
    own = [one for one in told if one["group"] == "provinces" and one["threshold"] == threshold]
    opened = {(one["instance"], one["n"]) for one in own if not one["proven"]}
    worker = Worker()
    for instance in provinces(threshold):
        if (instance.name, len(instance.weights)) in opened:
            for method, seed in OPEN_AREA_RIVALS:
                found = line(worker.run(method, instance, seed, LIMITS["province-rivals"]))
                yield {
                    "instance": instance.name,
                    "n": len(instance.weights),
                    "threshold": threshold,
                    **found,
                }


def renamed_lines(threshold: float) -> Iterator[dict[str, Any]]:
    """Our planner on the larger areas, the most parts and then the fewest renamed."""
    for instance in provinces(threshold):
        if len(instance.weights) >= LARGE_AREA:
            found = ours(instance, EFFORTS[:1], renamed=True)
            yield {"instance": instance.name, "n": len(instance.weights), "threshold": threshold, **found}


def limit_lines() -> Iterator[dict[str, Any]]:
    """Our planner where the trial's method ended: more units, and fewest renamed as well."""
    for n, per_part, efforts, renamed in ((106, 3.0, EFFORTS, True), (300, 4.0, GREATER_EFFORTS, False)):
        for seed in SEEDS:
            found = ours(synthetic(n, per_part, seed), efforts, renamed=renamed)
            yield {
                "instance": f"{n} units, {per_part:g} a part, seed {seed}",
                "n": n,
                "renamed": renamed,
                **found,
            }


def large_lines(n: int) -> Iterator[dict[str, Any]]:
    """Our planner on one large synthetic graph, first with little effort, to be compared by time."""
    instance = synthetic(n, 3.0, seed=1)
    for effort in (0, 1, 10):
        yield {"instance": instance.name, "n": n, **ours(instance, (effort,))}


def large_rival_lines(n: int) -> Iterator[dict[str, Any]]:
    """The rivals on the same."""
    instance = synthetic(n, 3.0, seed=1)
    for method, seed in LARGE_RIVALS:
        found = Worker().run(method, instance, seed, LIMITS["large-rivals"])  # alone, for its memory
        yield {"instance": instance.name, "n": n, **line(found)}


def main(group: str, *numbers: str) -> None:
    """Measure a group and append its lines."""
    if not group.endswith("rivals"):
        maxp.solve(next(layers()).problem(), seed=1, effort=1)  # compile before any clock starts
    lines = {
        "layers": layer_lines,
        "layer-rivals": layer_rival_lines,
        "provinces": province_lines,
        "province-rivals": rival_lines,
        "open-area-rivals": open_area_lines,
        "renamed": renamed_lines,
        "limits": limit_lines,
        "large": large_lines,
        "large-rivals": large_rival_lines,
    }
    about = {"group": group, "date": datetime.now(UTC).date().isoformat()}
    about |= {"versions": {name: version(name) for name in PACKAGES}}
    for found in lines[group](*(int(number) for number in numbers)):
        with RESULTS.open("a", encoding="utf-8") as results:
            results.write(json.dumps({**about, **found}, ensure_ascii=False) + "\n")
        sys.stderr.write(f"{found}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
