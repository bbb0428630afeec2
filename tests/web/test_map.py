"""The map: outlines of a day, classes with words, and the drawing that needs no scripts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import story
from django.test import Client

from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.maps import svg
from tinhgon_web.apparatus.maps.loading import UnableToLoadGeometry, load_geometry
from tinhgon_web.apparatus.maps.outlines import holder, outlines
from tinhgon_web.apparatus.models import Geometry

pytestmark = pytest.mark.django_db
MERGED = dt.date(2019, 3, 1)


def square(x: float, y: float) -> dict[str, object]:
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """The villages of both communes as squares: those of x1 in one row, those of x2 in the row above."""
    features = [
        {"type": "Feature", "properties": {"unit": f"x{x}v{v}"}, "geometry": square(107 + v, 12 + x)}
        for x in (1, 2)
        for v in range(1, 5)
    ]
    path = tmp_path / "geometry.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert load_geometry(path=path) == 8
    return path


def area(shape: dict[str, object]) -> float:
    import shapely

    return float(shapely.geometry.shape(shape).area)


def of(unit: str, on: dt.date) -> dict[str, object]:
    head = registers.head()
    return outlines(registers.register(head), head, on, [unit])[unit]


def test_loading_again_changes_nothing(drawn: Path) -> None:
    assert load_geometry(path=drawn) == 8
    assert Geometry.objects.count() == 8


def test_an_outline_of_no_known_unit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.geojson"
    feature = {"type": "Feature", "properties": {"unit": "nobody"}, "geometry": square(0, 0)}
    path.write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    with pytest.raises(UnableToLoadGeometry, match="feature 1"):
        load_geometry(path=path)


def test_what_a_unit_took_in_is_part_of_its_outline_from_that_day(drawn: Path) -> None:
    assert area(of("x1v1", MERGED - dt.timedelta(days=1))) == pytest.approx(1, rel=1e-3)
    assert area(of("x1v1", MERGED)) == pytest.approx(2, rel=1e-3)
    assert holder(registers.register(registers.head()), "x1v2", MERGED) == "x1v1"


def test_an_outline_drawn_after_the_merger_holds_it_already(drawn: Path) -> None:
    Geometry.objects.create(unit="x1v1", since=MERGED, shape=square(108, 13))
    assert area(of("x1v1", MERGED)) == pytest.approx(1, rel=1e-3)


def test_a_place_without_an_outline_is_that_of_the_places_under_it(drawn: Path) -> None:
    assert area(of("h", story.END)) == pytest.approx(8, rel=1e-3)


def test_the_map_shows_villages_in_bands_with_words(client: Client, drawn: Path) -> None:
    text = client.get("/bo-may/ban-do/?cap=thon&ngay=2018-12-31").text
    assert text.count('class="area must"') == 2
    assert "dưới nửa tiêu chuẩn" in text
    assert "chưa được đếm" in text
    assert text.count('class="area ') == 8


def test_sizes_of_a_commune_are_summed_from_its_villages(client: Client, drawn: Path) -> None:
    text = client.get("/bo-may/ban-do/?cap=xa&xem=ho&ngay=2018-12-31").text
    assert "340 hộ" in text
    assert "240 hộ" in text


def test_what_changed_is_shown_since_a_day(client: Client, drawn: Path) -> None:
    data = client.get("/bo-may/ban-do/du-lieu.json?cap=thon&xem=doi&tu=2018-03-08").json()
    classes = {one["properties"].get("unit"): one["properties"]["css"] for one in data["features"]}
    assert classes["x1v1"] == "grown"
    assert classes["x2v1"] == "same"
    assert "x1v2" not in classes


def test_the_map_holds_what_the_role_covers(client_as: Callable[..., Client], drawn: Path) -> None:
    data = client_as("viewer", "x1").get("/bo-may/ban-do/du-lieu.json?cap=thon&ngay=2018-12-31").json()
    units = {one["properties"]["unit"] for one in data["features"] if "unit" in one["properties"]}
    assert units == {"x1v1", "x1v2", "x1v3", "x1v4"}
    assert client_as("viewer", "x1").get("/bo-may/the/x2v1/").status_code == 403


def test_without_outlines_the_list_is_there_all_the_same(client: Client) -> None:
    text = client.get("/bo-may/ban-do/?cap=thon").text
    assert "geometry.geojson" in text
    assert text.count("<li data-unit=") == 7


@pytest.mark.parametrize("query", ["cap=x", "xem=x&tu=y", "noi=khong-co", "xem=doi&tu=2030-01-01"])
def test_what_makes_no_sense_is_passed_over(client: Client, query: str) -> None:
    assert client.get(f"/bo-may/ban-do/?{query}").status_code == 200


def test_the_drawing_is_well_formed_and_escaped() -> None:
    bad = '"><script>&'
    drawing = svg.draw([svg.Area(bad, square(1, 1), bad, bad, bad, bad)], name=bad)  # type: ignore[arg-type]  # plain dict
    root = ElementTree.fromstring(drawing)
    assert root.attrib["aria-label"] == bad
    assert "<script>" not in drawing
    assert "style=" not in drawing


def test_north_is_up_and_a_point_is_a_dot() -> None:
    frame = svg.frame_of([square(107, 12), square(107, 13)])  # type: ignore[list-item]  # plain dicts
    assert frame is not None
    assert frame.at((107, 14))[1] < frame.at((107, 12))[1]
    assert "a9 9" in svg.draw([svg.Area("p", {"type": "Point", "coordinates": [1, 2]})])
    assert svg.draw([]) == ""
