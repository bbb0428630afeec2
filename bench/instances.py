"""What the max-p planner and its rivals are given: the same graph, weights and threshold, each one connected area."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import geopandas
import libpysal
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay

from tinhgon.planner.problem import Problem, Standard

# Every polygon layer inside the libpysal wheel (nothing is downloaded) with an attribute to sum: those that issue 3
# names, by the attribute it names or the only one there is; deaths in Tokyo, at their mean and three times it (to two
# digits), as the births in North Carolina are asked; and the area of the United States, which has no count of people.
LAYERS = {
    ("sids2/sids2", "BIR74"): (3_300, 10_000),
    ("georgia/G_utm", "TotPop90"): (50_000, 120_000),
    ("chicago/Chicago77", "AREA"): (2e8, 3.5e8),
    ("columbus/columbus", "HOVAL"): (80, 150),
    ("stl/stl_hom", "PO8893"): (100_000, 250_000),
    ("mexico/mexicojoin", "PCGDP2000"): (40_000, 70_000),
    ("tokyo/tokyomet262", "db2564"): (180, 530),
    ("us_income/us48", "AREA"): (30, 60),
}
TABLES = {
    "tokyo/tokyomet262": ("tokyo/Tokyomortality.csv", "AreaID", "IDnum0")
}  # attributes kept beside the shapes
VN2009 = Path(__file__).parents[2] / "shared" / "data" / "vn2009"


@attrs.frozen(slots=True, eq=False)
class Instance:
    """A connected graph with one weight per unit and the least weight of a part."""

    name: str
    weights: npt.NDArray[np.float64]
    edges: npt.NDArray[np.int64]  # (e, 2), a < b
    threshold: float

    def problem(self) -> Problem:
        """The instance as our planner takes it."""
        n = len(self.weights)
        ids = tuple(str(i) for i in range(n))
        return Problem(
            ids=ids,
            values=self.weights[:, None],
            edges=self.edges,
            standard=Standard(("weight",), np.array([[self.threshold]])),
            classes=np.zeros(n, np.int8),
            parents=np.zeros(n, np.int32),
            parent_names=(self.name,),
            residents=self.weights,
            names=ids,
        )


def layers() -> Iterator[Instance]:
    """Real layers that libpysal ships, neighbours from shared borders or corners (queen); the largest connected area,
    as Tokyo's falls into eight, seven of them of one to nineteen units."""
    folder = Path(libpysal.__file__).parent / "examples"
    for (layer, attribute), thresholds in LAYERS.items():
        frame = _with_table(layer, geopandas.read_file(folder / f"{layer}.shp"), folder)
        graph = libpysal.graph.Graph.build_contiguity(frame.reset_index(drop=True), rook=False)
        arcs = graph.adjacency[graph.adjacency > 0].reset_index()[["focal", "neighbor"]].to_numpy(np.int64)
        for threshold in thresholds:
            name = f"{layer.split('/')[0]} {attribute} >= {threshold:,.0f}"
            areas = connected(name, frame[attribute].to_numpy(float), arcs, threshold)
            yield max(areas, key=lambda area: len(area.weights))


def _with_table(layer: str, frame: geopandas.GeoDataFrame, folder: Path) -> geopandas.GeoDataFrame:
    """The layer with the columns of the table that belongs to it."""
    if layer not in TABLES:
        return frame
    table, key, other_key = TABLES[layer]
    return frame.merge(pd.read_csv(folder / table), left_on=key, right_on=other_key, validate="1:1")


def provinces(threshold: float) -> Iterator[Instance]:
    """The provinces of 2009, by population; two communes that share any border are neighbours."""
    units = pd.read_parquet(VN2009 / "communes.parquet", columns=["commune_id", "province", "population"])
    borders = pd.read_csv(VN2009 / "edges.csv")
    place = pd.Series(np.arange(len(units)), index=units.commune_id)
    arcs = np.column_stack([place[borders.a], place[borders.b]])[borders.same_province.to_numpy(bool)]
    for province in units.province.unique():
        inside = np.flatnonzero(units.province == province)
        number = np.full(len(units), -1)
        number[inside] = np.arange(len(inside))
        own = number[arcs]
        weights = units.population.to_numpy(float)[inside]
        yield from connected(province, weights, own[(own >= 0).all(axis=1)], threshold)


def synthetic(n: int, per_part: float, seed: int) -> Instance:
    """SYNTHETIC: n random points with Delaunay neighbours and lognormal weights, so many units to a part."""
    draw = np.random.default_rng(seed)
    corners = Delaunay(draw.random((n, 2))).simplices
    arcs = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    weights = np.round(draw.lognormal(8.5, 0.6, n))
    name = f"synthetic, {n:,} units, {per_part:g} a part"
    return next(connected(name, weights, arcs, float(round(per_part * weights.mean()))))


def connected(
    name: str, weights: npt.NDArray[np.float64], arcs: npt.NDArray[np.int64], threshold: float
) -> Iterator[Instance]:
    """The connected areas that can reach the threshold; the rivals know no others."""
    n = len(weights)
    shape = coo_array((np.ones(len(arcs)), (arcs[:, 0], arcs[:, 1])), shape=(n, n))
    count, labels = connected_components(shape, directed=False)
    for part in range(count):
        inside = np.flatnonzero(labels == part)
        if weights[inside].sum() < threshold:
            continue
        number = np.full(n, -1)
        number[inside] = np.arange(len(inside))
        own = np.sort(number[arcs[labels[arcs[:, 0]] == part]], axis=1)
        yield Instance(name, weights[inside], np.unique(own[own[:, 0] < own[:, 1]], axis=0), float(threshold))
