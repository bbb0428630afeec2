"""The max-p form as PySAL users call it, on real attributes that libpysal ships."""

from __future__ import annotations

import geopandas as gpd
import libpysal
import numpy as np
import pytest
from shapely.geometry import box

from tinhgon.planner import MaxP
from tinhgon.planner.inputs.defects import UnableToReadUnits


@pytest.fixture(scope="module")
def counties() -> gpd.GeoDataFrame:
    """The hundred counties of North Carolina with births of 1974."""
    return gpd.read_file(libpysal.examples.get_path("sids2.shp"))


@pytest.mark.parametrize("kind", ["W", "Graph"])
def test_regions_of_real_counties_are_lawful_connected_and_proven(
    counties: gpd.GeoDataFrame, kind: str
) -> None:
    w = libpysal.weights.Queen.from_dataframe(counties, use_index=False)
    graph = w if kind == "W" else libpysal.graph.Graph.from_W(w)
    model = MaxP(counties, graph, "BIR74", 10_000, effort=20).solve()
    births = counties.groupby(model.labels_)["BIR74"].sum()
    assert model.labels_.min() == 0
    assert births.size == model.p <= model.bound
    assert births.min() >= 10_000
    assert model.status == ("optimal" if model.p == model.bound else "feasible")
    for region in range(model.p):
        rows = np.flatnonzero(model.labels_ == region)
        near = {row: set(w.neighbors[row]) & set(rows) for row in rows}
        reached, waiting = {rows[0]}, [rows[0]]
        while waiting:
            fresh = near[waiting.pop()] - reached
            reached |= fresh
            waiting += sorted(fresh)
        assert reached == set(rows)


def test_the_seed_repeats_a_run_and_workers_do_not_change_it(counties: gpd.GeoDataFrame) -> None:
    w = libpysal.weights.Queen.from_dataframe(counties, use_index=False)
    one, two = (MaxP(counties, w, "BIR74", 3_300, seed=5, effort=5, workers=k).solve() for k in (1, 2))
    assert one.labels_.tolist() == two.labels_.tolist()


def islands() -> gpd.GeoDataFrame:
    """Two squares together at the threshold, and an island below it."""
    shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(9, 9, 10, 10)]
    return gpd.GeoDataFrame({"people": [60, 50, 30]}, geometry=shapes, index=[7, 3, 5])


def test_an_island_below_the_threshold_is_reported_not_hidden() -> None:
    """pygeoda never returns here, and spopt returns a region that is not connected."""
    frame = islands()
    model = MaxP(frame, libpysal.graph.Graph.build_contiguity(frame), "people", 100).solve()
    assert model.labels_.tolist() == [0, 0, -1]
    assert (model.p, model.bound, model.status) == (1, 1, "optimal")
    assert [(v.unit, v.reason) for v in model.plan.violations] == [(2, "isolated")]


def test_units_given_in_another_order_are_taken_by_the_order_of_the_graph() -> None:
    frame = islands()
    w = libpysal.weights.W({"a": ["b"], "b": ["a"], "c": []}, id_order=["a", "b", "c"], silence_warnings=True)
    assert MaxP(frame, w, "people", 100).solve().labels_.tolist() == [0, 0, -1]


def test_a_graph_of_other_units_and_negative_weights_are_refused() -> None:
    frame = islands()
    graph = libpysal.graph.Graph.build_contiguity(frame.iloc[:2])
    with pytest.raises(UnableToReadUnits, match="2 units, the table 3"):
        MaxP(frame, graph, "people", 100).solve()
    frame["people"] = [60, -1, 30]
    with pytest.raises(UnableToReadUnits, match="negative"):
        MaxP(frame, libpysal.graph.Graph.build_contiguity(frame), "people", 100).solve()


def test_a_threshold_nobody_reaches_gives_no_region() -> None:
    frame = islands()
    model = MaxP(frame, libpysal.graph.Graph.build_contiguity(frame), "people", 1e9).solve()
    assert (model.p, model.bound) == (0, 0)
    assert set(model.labels_) == {-1}
