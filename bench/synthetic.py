"""Synthetic villages in communes, seeded: every figure here is made up and says so in its name."""

from __future__ import annotations

import attrs
import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import Delaunay

from tinhgon.planner.problem import FloatArray, IntArray, Problem, Standard
from tinhgon.planner.ties import TieBreak

HOUSEHOLDS = 200.0  # the standard of a village in the Central Highlands (TT 14/2018/TT-BNV)


def country(communes: int, seed: int, mean: float = 9.0, households: float = 170.0) -> Problem:
    """Communes of about `mean` villages (at least 3) with made-up households and neighbours."""
    random = np.random.default_rng(seed)
    return _country(random, np.maximum(random.poisson(mean, communes), 3), households)


def commune(size: int, seed: int, households: float = 170.0) -> Problem:
    """One commune of `size` made-up villages."""
    return _country(np.random.default_rng(seed), np.array([size]), households)


def with_seats(problem: Problem, seed: int) -> Problem:
    """The problem with a tie-break: kilometres to the seat between made-up places."""
    places = np.random.default_rng(seed).random((problem.n, 2)) * 6.0
    starts = np.flatnonzero(np.diff(problem.parents, prepend=-1, append=-1))  # parents stand together
    sizes = np.diff(starts)
    rows = np.repeat(np.arange(problem.n), np.repeat(sizes, sizes))
    columns = np.concatenate([np.tile(np.arange(a, a + k), k) for a, k in zip(starts, sizes, strict=False)])
    km = np.hypot(*(places[rows] - places[columns]).T)
    away = csr_array((km, (rows, columns)), shape=(problem.n, problem.n))
    chosen = TieBreak.of("resident_km", away, problem.residents, problem.values)
    return attrs.evolve(problem, tie_break=chosen)


def _country(random: np.random.Generator, sizes: IntArray, households: float) -> Problem:
    starts = np.concatenate([[0], np.cumsum(sizes)])
    edges = [neighbours(random, int(size)) + start for size, start in zip(sizes, starts[:-1], strict=True)]
    homes = np.maximum(np.rint(random.lognormal(np.log(households), 0.6, starts[-1])), 5.0)
    return villages(np.repeat(np.arange(len(sizes)), sizes), np.concatenate(edges), homes)


def neighbours(random: np.random.Generator, size: int) -> IntArray:
    """(e, 2) borders between `size` made-up villages: a Delaunay triangulation less its longest edges."""
    if size < 4:
        return np.array([(a, a + 1) for a in range(size - 1)], dtype=np.int64).reshape(-1, 2)
    points = random.random((size, 2))
    triangles = Delaunay(points).simplices
    pairs = np.unique(np.sort(triangles[:, [[0, 1], [1, 2], [0, 2]]].reshape(-1, 2), axis=1), axis=0)
    lengths = np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1)
    return np.asarray(pairs[lengths <= np.quantile(lengths, 0.85)], dtype=np.int64)


def villages(parents: IntArray, edges: IntArray, homes: FloatArray) -> Problem:
    """A problem about made-up villages with one measure, households."""
    count = len(parents)
    return Problem(
        ids=tuple(f"synthetic-{i}" for i in range(count)),
        values=homes.reshape(-1, 1).astype(np.float64),
        edges=edges,
        standard=Standard(("households",), np.array([[HOUSEHOLDS]])),
        classes=np.zeros(count, dtype=np.int8),
        parents=np.asarray(parents, dtype=np.int32),
        parent_names=tuple(f"synthetic commune {i}" for i in range(int(parents.max()) + 1)),
        residents=np.rint(homes * 4.1),
        names=tuple(f"synthetic village {i}" for i in range(count)),
    )
