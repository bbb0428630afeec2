"""Small random problems with everything the law can ask for, for property tests."""

from __future__ import annotations

import attrs
import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tinhgon.planner.problem import Problem, Standard
from tinhgon.planner.ties import TieBreak


def problem_of(
    values: list[list[float]],
    edges: list[tuple[int, int]],
    bounds: list[list[float]],
    **more: object,
) -> Problem:
    """A problem with plain names, one parent and the first measure as residents, unless told otherwise."""
    n = len(values)
    waive_at = more.pop("waive_at", None)
    given: dict[str, object] = {
        "ids": tuple(f"u{i}" for i in range(n)),
        "values": np.array(values, dtype=np.float64),
        "edges": np.array(edges, dtype=np.int64).reshape(-1, 2),
        "standard": Standard(tuple(f"m{k}" for k in range(len(bounds[0]))), np.array(bounds), waive_at),
        "classes": np.zeros(n, dtype=np.int8),
        "parents": np.zeros(n, dtype=np.int32),
        "parent_names": ("xã",),
        "residents": np.array([row[0] for row in values], dtype=np.float64),
        "names": tuple(f"thôn {i + 1}" for i in range(n)),
    }
    return Problem(**{**given, **more})  # type: ignore[arg-type]  # keywords of the test, checked by attrs


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> Problem:
    """Up to `most` units, two measures, two classes, two parents, pairs, units left alone, a waiver."""
    n = draw(st.integers(1, most))
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    measure = st.integers(0, 12).map(float)
    values = draw(st.lists(st.tuples(measure, measure).map(list), min_size=n, max_size=n))
    bounds = draw(
        st.lists(st.lists(st.sampled_from([0.0, 6.0, 10.0]), min_size=2, max_size=2), min_size=2, max_size=2)
    )
    parents = draw(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=n, max_size=n))
    near = sorted(e for e in edges if parents[e[0]] == parents[e[1]])
    forced = draw(st.lists(st.sampled_from(near), max_size=2, unique=True)) if near else []
    apart = [pair for pair in pairs if not _linked(pair, forced)]
    held = {i for pair in forced for i in pair}
    free = sorted(set(range(n)) - held)
    return problem_of(
        values,
        sorted(edges),
        bounds,
        waive_at=draw(st.sampled_from([None, None, 3])),
        classes=np.array(draw(st.lists(st.sampled_from([0, 0, 1]), min_size=n, max_size=n)), dtype=np.int8),
        parents=np.array(parents, dtype=np.int32),
        parent_names=("xã A", "xã B"),
        residents=np.array(draw(st.lists(measure, min_size=n, max_size=n))),
        forced=tuple(forced),
        forbidden=tuple(draw(st.lists(st.sampled_from(apart), max_size=2, unique=True)) if apart else ()),
        alone=frozenset(draw(st.lists(st.sampled_from(free), max_size=1)) if free else ()),
    )


@st.composite
def tied(draw: st.DrawFn) -> tuple[Problem, np.ndarray]:
    """A problem with a tie-break, and how far every unit is from every other in it."""
    problem = draw(problems())
    n = problem.n
    away = np.array(draw(st.lists(st.integers(0, 5), min_size=n * n, max_size=n * n)), dtype=float)
    away = away.reshape(n, n) * (1 - np.eye(n))
    chosen = TieBreak.of("resident_km", csr_array(away), problem.residents, problem.values)
    return attrs.evolve(problem, tie_break=chosen), away


def _linked(pair: tuple[int, int], forced: list[tuple[int, int]]) -> bool:
    """Whether the forced pairs already put these two in one group."""
    reached = {pair[0]}
    for _ in forced:
        reached |= {i for link in forced if reached & set(link) for i in link}
    return pair[1] in reached
