"""Tables, neighbours and standards as they come in, and the defects of each, row by row."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import libpysal
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Polygon, box

from tinhgon.planner.inputs import adjacency, borders, posing, reading, standards, units
from tinhgon.planner.inputs.defects import UnableToReadUnits


def village_frame(**columns: object) -> gpd.GeoDataFrame:
    """A row of four squares of 1 km, a to d, and one far away, e; in metres (UTM zone 48)."""
    shapes = [box(500_000 + x, 1_300_000, 501_000 + x, 1_301_000) for x in (0, 1_000, 2_000, 3_000, 90_000)]
    table = {
        "id": list("abcde"),
        "name": [f"Thôn {number}" for number in range(1, 6)],
        "households": [90, 120, 210, 50, 40],
        "commune": ["Đắk Mil"] * 5,
        **columns,
    }
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:32648")


def codes(defects: tuple[object, ...]) -> list[tuple[int, str]]:
    return [(defect.row, defect.code) for defect in defects]  # type: ignore[attr-defined]  # Defect, typed loosely here


def posed(frame: gpd.GeoDataFrame, *texts: str, **wishes: object) -> posing.Posed:
    table = units.tell_roles(frame, within="commune")
    near, found = borders.from_borders(table)
    standard = standards.parse_standard(texts or ("households>=200",), table)
    return posing.pose(table, near, standard, wishes=posing.Wishes(**wishes), found=found)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".shp"])
def test_every_kind_of_map_file_gives_the_same_units_and_borders(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"villages{suffix}"
    frame = village_frame()
    frame.to_parquet(path) if suffix == ".parquet" else frame.to_file(path)
    table = units.tell_roles(reading.read_table(path), id_column="id")
    near, defects = borders.from_borders(table)
    assert table.ids == tuple("abcde")
    assert near.edges.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert defects == ()


def test_csv_codes_keep_their_zeros_and_edges_are_read_beside_it(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("code;households\n00071;120\n00072;80\n", encoding="utf-8-sig")
    (tmp_path / "e.csv").write_text("a,b,shared_m\n00072,00071,12.5\n", encoding="utf-8")
    table = units.tell_roles(reading.read_table(tmp_path / "u.csv"))
    assert table.ids == ("00071", "00072")
    near = adjacency.from_edge_file(table.ids, tmp_path / "e.csv")
    assert near.edges.tolist() == [[0, 1]]
    assert adjacency.from_edge_file(table.ids, tmp_path / "e.csv", min_border_m=20).edges.tolist() == []


def test_an_edge_to_a_unit_that_is_not_in_the_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("a,b\n1,9\n", encoding="utf-8")
    with pytest.raises(UnableToReadUnits, match="1 ids are not in the table of units: 9"):
        adjacency.from_edge_file(("1", "2"), tmp_path / "e.csv")


def test_a_corner_is_no_border_and_the_least_border_is_a_choice() -> None:
    frame = village_frame().iloc[:2].copy()
    frame.geometry = [box(0, 0, 1000, 1000), box(1000, 990, 2000, 2000)]
    table = units.tell_roles(frame)
    assert len(borders.from_borders(table, min_border_m=10)[0].edges) == 1
    assert len(borders.from_borders(table, min_border_m=11)[0].edges) == 0
    frame.geometry = [box(0, 0, 1000, 1000), box(1000, 1000, 2000, 2000)]
    assert len(borders.from_borders(units.tell_roles(frame))[0].edges) == 0


def test_borders_in_degrees_are_measured_in_metres() -> None:
    frame = village_frame().iloc[:4]
    shapes = borders.repair(units.tell_roles(frame.to_crs("EPSG:4326")))[0]
    lengths = borders.shared_borders(shapes)[1]
    assert lengths[lengths > 1] == pytest.approx([1000] * 3, rel=2e-3)


def test_real_borders_agree_with_the_published_ones(shared: Path) -> None:
    table = units.tell_roles(reading.read_table(shared / "data/vn2009/communes.parquet"), within="province")
    inside = {unit for unit, parent in zip(table.ids, table.parents, strict=True) if "Nông" in parent}
    frame = table.frame[np.isin(table.ids, sorted(inside))]
    ours, _ = borders.from_borders(units.tell_roles(frame, within="province"), min_border_m=200)
    theirs = adjacency.from_edge_file(
        units.tell_roles(frame).ids,
        shared / "data/vn2009/edges.csv",
        min_border_m=200,
        skip_unknown=True,
    )
    mine, published = {tuple(edge) for edge in ours.edges}, {tuple(edge) for edge in theirs.edges}
    assert len(inside) == 71
    assert len(mine ^ published) <= 0.02 * len(published)


@pytest.mark.parametrize("kind", ["Graph", "W"])
def test_libpysal_neighbours_are_taken_as_they_are(kind: str) -> None:
    frame = village_frame()
    graph = libpysal.graph.Graph.build_contiguity(frame)
    near = adjacency.from_libpysal(tuple("abcde"), graph if kind == "Graph" else graph.to_W())
    assert near.edges.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert kind in near.source


def test_what_is_odd_but_can_be_planned_with_is_reported_by_row() -> None:
    frame = village_frame(households=[90, 0, None, 50, 40], commune=["X", "X", "X", None, "X"])
    bowtie = Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])
    frame.geometry = [frame.geometry[0], frame.geometry[0], None, bowtie, frame.geometry[4]]
    result = posed(frame)
    assert sorted(codes(result.defects)) == [
        (2, "duplicate_geometry"),
        (2, "zero_measure"),
        (3, "missing_geometry"),
        (3, "missing_measure"),
        (3, "no_neighbour"),
        (4, "invalid_geometry"),
        (4, "missing_parent"),
        (5, "no_neighbour"),
    ]
    assert result.problem.alone == {2, 3}
    assert result.problem.parent_names == ("X", "")
    assert "dòng 2 (b): số liệu bằng 0 ở cột households" in [defect.text() for defect in result.defects]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"households": [90, -1, 1, 1, 1]}, r"row 2 \(b\): a negative value in column households"),
        (
            {"households": [90, "nhiều", 1, 1, 1]},
            r"row 2 \(b\): a value that is no number: households = nhiều",
        ),
        ({"id": list("abbde")}, r"row 3 \(b\): the same id as row 2"),
        ({"id": ["a", None, "c", "d", "e"]}, r"row 2 \(\): no unit id"),
    ],
)
def test_rows_that_must_be_repaired_stop_the_plan(columns: dict[str, object], said: str) -> None:
    with pytest.raises(UnableToReadUnits, match=said):
        posed(village_frame(**columns))


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (
            {"forced": (("a", "b"), ("b", "c")), "forbidden": (("c", "a"),)},
            "a and c are forbidden but forced",
        ),
        ({"forced": (("a", "b"),), "alone": ("b",)}, "one is to be left alone"),
        ({"forced": (("a", "a"),)}, "forced together with itself"),
    ],
)
def test_contradictory_pairs_are_refused_by_name(wishes: dict[str, object], said: str) -> None:
    with pytest.raises(posing.UnableToHonourPairs, match=said):
        posed(village_frame(), **wishes)


def test_a_forced_pair_across_parents_is_refused() -> None:
    with pytest.raises(posing.UnableToHonourPairs, match="different parents"):
        posed(village_frame(commune=["X", "Y", "Y", "Y", "Y"]), forced=(("a", "b"),))


def test_a_pair_that_names_no_unit_is_refused() -> None:
    with pytest.raises(UnableToReadUnits, match="not in the table: z"):
        posed(village_frame(), forbidden=(("a", "z"),))


def test_units_that_may_be_divided_are_reported_not_guessed() -> None:
    result = posed(village_frame(in_part=["", "x", None, "no", "yes"]))
    assert [(defect.row, defect.code) for defect in result.defects if defect.code == "in_part"] == [
        (2, "in_part"),
        (5, "in_part"),
    ]


def test_standards_are_read_from_text() -> None:
    frame = village_frame(kind=["xã", "xã", "phường", "xã", "xã"], area_km2=[1.0] * 5)
    table = units.tell_roles(frame)
    texts = ["households >= 200", "area_km2≥1.5", "kind=Phường: households>=350", "units>=3"]
    got = standards.parse_standard(texts, table)
    assert got.standard.measures == ("households", "area_km2")
    assert got.standard.bounds.tolist() == [[200, 1.5], [350, 1.5]]
    assert got.standard.waive_at == 3
    assert got.classes.tolist() == [0, 0, 1, 0, 0]


@pytest.mark.parametrize(
    "text", ["population", "population>8000", "population>=8.000.000", "population>=-1", ">=3"]
)
def test_what_is_no_standard_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(standards.UnableToReadStandard, match="population>=8000"):
        standards.parse_standard([text], units.tell_roles(village_frame()))


def test_a_measure_or_a_parent_that_is_no_column_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnableToReadUnits, match=r"no column 'people'.*households"):
        posed(village_frame(), "people>=1")
    with pytest.raises(UnableToReadUnits, match=r"no column 'district'.*households"):
        units.tell_roles(village_frame(), within="district")


@pytest.mark.parametrize(("name", "content"), [("u.docx", "x"), ("u.geojson", "{"), ("u.parquet", "x")])
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UnableToReadUnits, match="u\\."):
        reading.read_table(tmp_path / name)


def test_a_table_without_rows_or_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToReadUnits, match="no rows"):
        units.tell_roles(pd.DataFrame({"id": []}))
    with pytest.raises(UnableToReadUnits, match="no file"):
        reading.read_table(tmp_path / "none.csv")
