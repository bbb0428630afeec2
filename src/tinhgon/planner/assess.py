"""What a plan costs and where it breaks a demand, whoever made it: a solver, or an officer by hand."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np

from tinhgon.planner.problem import (
    ENOUGH,
    BoolArray,
    FloatArray,
    IntArray,
    Problem,
    connected_parts,
)


@attrs.frozen(slots=True)
class Fault:
    """A demand that a plan breaks: `code` of the demand, the units concerned, and a sentence."""

    code: str
    units: tuple[int, ...]
    text_vi: str
    text_en: str


def group_ratios(problem: Problem, labels: IntArray) -> FloatArray:
    """(g,) the smallest share of a bound that each group reaches."""
    count = int(labels.max(initial=-1)) + 1
    sizes = np.bincount(labels, minlength=count)
    kinds = np.zeros(count, dtype=np.int64)
    np.maximum.at(kinds, labels, problem.classes)
    sums = np.array([np.bincount(labels, weights=column, minlength=count) for column in problem.values.T]).T
    bounds = problem.standard.bounds[kinds]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(bounds > 0, sums / bounds, np.inf)
    waive_at = problem.standard.waive_at
    waived = sizes >= (np.inf if waive_at is None else waive_at)
    return np.where(waived, np.inf, shares.min(axis=1, initial=np.inf))


def in_violation(problem: Problem, labels: IntArray) -> BoolArray:
    """(n,) units that must merge and yet end in a group below the standard."""
    return problem.must & (group_ratios(problem, labels) < ENOUGH)[labels]


def objectives(problem: Problem, labels: IntArray) -> tuple[tuple[str, float], ...]:
    """The law form's objectives of a plan, in their order of importance; all are to be small.

    The last one is the tie-break, where one is chosen.
    """
    count = int(labels.max(initial=-1)) + 1
    heads = np.zeros(count)
    np.maximum.at(heads, labels, problem.residents)
    chosen = problem.tie_break
    last = () if chosen is None else ((chosen.name, chosen.cost(labels)),)
    return (
        ("violations", float(in_violation(problem, labels).sum())),
        ("abolished", float(problem.n - count)),
        ("renamed_residents", float(problem.residents.sum() - heads.sum())),
        *last,
    )


def faults(problem: Problem, labels: IntArray) -> list[Fault]:
    """Every demand on groups that a plan breaks; the standard is not among them (see `in_violation`)."""
    return [*_scattered(problem, labels), *_across_parents(problem, labels), *_pairs(problem, labels)]


def _scattered(problem: Problem, labels: IntArray) -> Iterator[Fault]:
    inner = problem.edges[labels[problem.edges[:, 0]] == labels[problem.edges[:, 1]]]
    reached = connected_parts(problem.n, inner)
    for group in np.unique(labels[_differs_within(labels, reached)]):
        units = np.flatnonzero(labels == group)
        yield _fault(problem, "scattered", units, "không liền kề nhau", "do not hang together")


def _across_parents(problem: Problem, labels: IntArray) -> Iterator[Fault]:
    for group in np.unique(labels[_differs_within(labels, problem.parents)]):
        units = np.flatnonzero(labels == group)
        yield _fault(problem, "across_parents", units, "thuộc nhiều đơn vị cấp trên", "in several parents")


def _pairs(problem: Problem, labels: IntArray) -> Iterator[Fault]:
    for a, b in problem.forced:
        if labels[a] != labels[b]:
            yield _fault(problem, "forced", np.array([a, b]), "phải ở cùng nhóm", "have to share a group")
    for a, b in problem.forbidden:
        if labels[a] == labels[b]:
            yield _fault(problem, "forbidden", np.array([a, b]), "không được cùng nhóm", "may not be joined")
    sizes = np.bincount(labels)
    for i in sorted(problem.alone):
        if sizes[labels[i]] > 1:
            yield _fault(problem, "alone", np.array([i]), "phải giữ nguyên", "is to be left alone")


def _differs_within(labels: IntArray, values: IntArray) -> BoolArray:
    """(n,) units whose value differs from that of the first unit of their group."""
    first = np.unique(labels, return_index=True)[1]
    present = np.searchsorted(np.unique(labels), labels)
    return np.asarray(values != values[first][present])


def _fault(problem: Problem, code: str, units: IntArray, vi: str, en: str) -> Fault:
    named = ", ".join(problem.names[i] for i in units)
    return Fault(code, tuple(int(i) for i in units), f"{named}: {vi}", f"{named}: {en}")
