"""Which units are neighbours, and how that was found: a plan is proven for the adjacency it names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from tinhgon.planner.inputs.defects import UnableToReadUnits
from tinhgon.planner.inputs.reading import no_file, read_csv

IntArray = NDArray[np.int32]


@attrs.frozen(slots=True, eq=False)
class Adjacency:
    """Neighbours:

    `edges` (e, 2) int32 unit numbers, a < b, sorted, unique; `source` says where they are from.
    """

    edges: IntArray
    source: str
    min_border_m: float | None = None

    def describe(self) -> dict[str, Any]:
        """Source, least border in metres, number of edges, and a digest to compare two plans by."""
        digest = hashlib.sha256(np.ascontiguousarray(self.edges, dtype="<i4").tobytes()).hexdigest()
        return {
            "source": self.source,
            "min_border_m": self.min_border_m,
            "edges": len(self.edges),
            "sha256": digest,
        }


def tidy_edges(pairs: Any) -> IntArray:
    """(e, 2) int32 with a < b, sorted, unique, without loops, from any array of pairs of unit numbers."""
    array = np.asarray(pairs, dtype=np.int32).reshape(-1, 2)
    array = np.sort(array[array[:, 0] != array[:, 1]], axis=1)
    return np.unique(array, axis=0).astype(np.int32)


def from_edge_list(
    ids: Sequence[str],
    pairs: Iterable[tuple[str, str]],
    source: str = "edge list",
    *,
    skip_unknown: bool = False,
) -> Adjacency:
    """Neighbours from pairs of ids;

    raises UnableToReadUnits when a pair names a unit that is not in the table.
    """
    number = {unit: index for index, unit in enumerate(ids)}
    listed = list(pairs)
    unknown = sorted({unit for pair in listed for unit in pair if unit not in number})
    if unknown and not skip_unknown:
        some = ", ".join(unknown[:10])
        raise UnableToReadUnits(
            f"{source}: {len(unknown)} mã không có trong bảng đơn vị: {some}.",
            f"{source}: {len(unknown)} ids are not in the table of units: {some}.",
        )
    known = [(number[a], number[b]) for a, b in listed if a in number and b in number]
    return Adjacency(tidy_edges(known), source)


def from_edge_file(
    ids: Sequence[str], path: Path, *, min_border_m: float = 0.0, skip_unknown: bool = False
) -> Adjacency:
    """Neighbours from a CSV file: two columns of ids and, where there is one, `shared_m` metres of border."""
    if not path.is_file():
        raise no_file(path)
    frame = read_csv(path)
    if len(frame.columns) < 2:
        raise UnableToReadUnits(
            f"{path.name}: danh sách liền kề cần hai cột mã đơn vị, dưới một dòng tiêu đề.",
            f"{path.name}: an edge list has two columns of unit ids, under a header line.",
        )
    measured = "shared_m" in frame.columns
    if measured and min_border_m > 0:
        frame = frame[frame["shared_m"].astype(float) >= min_border_m]
    pairs = zip(frame.iloc[:, 0].str.strip(), frame.iloc[:, 1].str.strip(), strict=True)
    found = from_edge_list(ids, pairs, f"edge list {path.name}", skip_unknown=skip_unknown)
    return attrs.evolve(found, min_border_m=min_border_m) if measured else found


def from_libpysal(ids: Sequence[str], graph: Any, *, by_order: bool = False) -> Adjacency:
    """Neighbours from a libpysal `Graph` or `W`; weights of 0 are no neighbours.

    The graph's own ids are used where they are the units' ids; else, or with `by_order`, its units are the
    table's in the same order. Raises UnableToReadUnits when their numbers differ.
    """
    source = f"libpysal {type(graph).__name__}"
    pairs = [(str(a), str(b)) for a, b in _libpysal_pairs(graph)]
    order = [str(unit) for unit in (graph.unique_ids if hasattr(graph, "unique_ids") else graph.id_order)]
    if not by_order and set(order) <= set(ids):
        return from_edge_list(ids, pairs, source)
    if len(order) != len(ids):
        raise UnableToReadUnits(
            f"{source} có {len(order)} đơn vị, bảng có {len(ids)}, và mã khác nhau.",
            f"The {source} has {len(order)} units, the table {len(ids)}, and ids differ.",
        )
    numbered = dict(zip(order, ids, strict=True))
    return from_edge_list(ids, [(numbered[a], numbered[b]) for a, b in pairs], source)


def _libpysal_pairs(graph: Any) -> list[tuple[Any, Any]]:
    if hasattr(graph, "adjacency"):
        return [(a, b) for (a, b), weight in graph.adjacency.items() if weight != 0]
    return [(a, b) for a, near in graph.neighbors.items() for b in near]
