"""Maps and charts in articles: drawn without scripts, of the very register, and refused when they mean nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import newsroom
import pytest
import story
from django.test import Client
from wagtail.blocks.struct_block import StructBlockValidationError

from tinhgon.figures import figures
from tinhgon.registry.folder import RegisterFolder
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus.models import Geometry
from tinhgon_web.portal import maps
from tinhgon_web.portal.blocks.drawn import Chart, Map

pytestmark = pytest.mark.django_db
MAP = {"place": "x1", "on": story.END, "level": "thon", "theme": "ho", "caption": "Bản đồ"}
CHART = {
    "caption": "Biểu đồ",
    "form": "bars",
    "code": "",
    "first": None,
    "last": None,
    "unit": "hộ",
    "source": "Sổ",
}


@pytest.fixture
def _outlined() -> None:
    for n in range(1, 5):
        ring = [[107 + n, 12], [108 + n, 12], [108 + n, 13], [107 + n, 13], [107 + n, 12]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        Geometry.objects.create(unit=f"x1v{n}", since=story.BASE, shape=shape)


def clean(block: Any, said: dict[str, Any]) -> Any:
    return block.clean(block.normalize(said))


def shown(nobody: Client, name: str, value: dict[str, Any]) -> str:
    return nobody.get(newsroom.article(body=[(name, value)]).url).text


def chart(**more: Any) -> dict[str, Any]:
    points = more.pop("points", [{"label": "2018", "value": 3.0}, {"label": "2019", "value": -1.5}])
    return CHART | {"points": points} | more


@pytest.mark.usefixtures("_outlined")
@pytest.mark.parametrize("theme", ["ranh", "muc", "ho"])
def test_a_map_is_drawn_with_its_list_and_no_script(nobody: Client, theme: str) -> None:
    value = clean(Map(), MAP | {"theme": theme})
    assert value["place"].endswith("[x1]")
    text = shown(nobody, "map", dict(value))
    figure = text.split('<figure class="drawn-map">')[1].split("</figure>")[0]
    assert figure.count('class="area') == 3  # thôn 2 is closed
    assert "viewBox=" in figure
    assert " style=" not in figure
    assert figure.count('<th scope="row">') == 3
    assert "/tra-cuu/?q=" in figure
    assert "/bo-may/ban-do/" not in figure


@pytest.mark.usefixtures("_outlined")
def test_officers_are_led_to_the_movable_map(client_as: Callable[..., Client]) -> None:
    page = newsroom.article(body=[("map", MAP | {"place": "Xã [x1]"})])
    assert "/bo-may/ban-do/?noi=x1" in client_as("viewer").get(page.url).text


@pytest.mark.parametrize("place", ["nơi không có", "", "x9999", "[x1"])
def test_a_place_that_is_none_is_refused_with_words(place: str) -> None:
    with pytest.raises(StructBlockValidationError):
        clean(Map(), MAP | {"place": place})


def test_a_name_of_several_places_lists_them() -> None:
    with pytest.raises(maps.UnableToPlace, match=r"Thôn 1.*; .*Thôn 1"):
        maps.placed("Thôn 1", story.END)


def test_a_map_of_nothing_leaves_no_gap(nobody: Client) -> None:
    assert "drawn-map" not in shown(nobody, "map", MAP | {"place": "Đã mất [không-có]"})


def test_a_chart_of_typed_numbers_has_its_table_and_source(nobody: Client) -> None:
    text = shown(nobody, "chart", chart())
    assert text.count('<rect class="bar"') == 2
    assert 'width="480" height="280" role="img" aria-label="Biểu đồ"' in text
    assert '<th scope="row">2019</th><td class="n">−1,5</td>' in text
    assert "Nguồn: Sổ" in text


def test_a_line_leaves_out_nothing(nobody: Client) -> None:
    assert shown(nobody, "chart", chart(form="line")).count('<circle class="dot"') == 2


def test_a_figure_year_by_year_is_what_the_engine_counts(nobody: Client, folder: RegisterFolder) -> None:
    import datetime as dt

    text = shown(nobody, "chart", chart(code="divisions", first=2017, last=2019, points=[]))
    register, law = folder.register(), Rulebook.load()
    for year in (2017, 2018, 2019):
        end = min(dt.date(year, 12, 31), story.END)
        [figure] = figures(register, law, dt.date(year - 1, 12, 31), end, ["divisions"])
        written = text.split(f'<th scope="row">{year}</th>')[1].split("</td>")[0]
        assert str(abs(int(figure.value or 0))) in written
    assert text.count("/so-lieu/divisions/?tu=") >= 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": []},
        {"source": ""},
        {"points": [{"label": "x", "value": float("nan")}]},
        {"points": [{"label": "x", "value": float("inf")}]},
        {"points": [{"label": "x", "value": 1.0}] * 41},
        {"code": "divisions"},
        {"code": "divisions", "points": [], "first": 2019, "last": 2018},
        {"code": "divisions", "points": [], "first": 1976, "last": 2100},
    ],
)
def test_a_chart_that_says_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(StructBlockValidationError):
        clean(Chart(), chart(**wrong))


@pytest.mark.parametrize("values", [[0.0, 0.0], [1e308, 1e308], [-5.0], [1e-300, 2.0]])
@pytest.mark.parametrize("form", ["bars", "line"])
def test_any_numbers_are_drawn(nobody: Client, values: list[float], form: str) -> None:
    points = [{"label": str(n), "value": value} for n, value in enumerate(values)]
    text = shown(nobody, "chart", chart(points=points, form=form))
    assert "nan" not in text.split('<figure class="chart">')[1].split("</svg>")[0]


def test_no_word_of_a_map_or_chart_breaks_out(nobody: Client) -> None:
    evil = '"><script>alert(1)</script>'
    text = shown(
        nobody, "chart", chart(caption=evil, unit=evil, source=evil, points=[{"label": evil, "value": 1.0}])
    )
    text += shown(nobody, "map", MAP | {"caption": evil, "place": f"{evil} [x1]"})
    assert "<script>alert" not in text


@pytest.mark.parametrize("block", [Map(), Chart()])
def test_editors_see_a_block_before_they_take_it(client_as: Callable[..., Client], block: Any) -> None:
    newsroom.section()
    assert block.is_previewable
    answer = client_as("portal_editor").get("/bien-tap/block-preview/", {"id": _id_of(type(block))})
    assert answer.status_code == 200
    assert "portal/css/drawn.css" in answer.text


def _id_of(kind: type) -> str:
    from wagtail.blocks import Block

    from tinhgon_web.portal.models import ArticlePage

    stream = ArticlePage._meta.get_field("body").stream_block
    found = next(one for one in stream.child_blocks.values() if isinstance(one, kind))
    assert found.definition_prefix in Block.definition_registry
    return str(found.definition_prefix)
