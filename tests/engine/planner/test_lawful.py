"""The law of a day laid over a table: bounds by kind and place, who must merge, what nobody knows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from tinhgon.citations import Citation
from tinhgon.planner.inputs.lawful import UnableToApplyRule, lawful_standard
from tinhgon.planner.inputs.registers import read_register
from tinhgon.planner.inputs.standards import PosedStandard
from tinhgon.planner.inputs.units import tell_roles
from tinhgon.registry import events, folder, journal
from tinhgon.registry.documents import Document
from tinhgon.rules import Rulebook

IN_2019, IN_2025 = dt.date(2019, 10, 9), dt.date(2025, 5, 1)
HIGHLANDS = {"region": "tay_nguyen", "mountain": "true"}


def villages(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "kind": ["thôn", "bon", "tổ dân phố", "buôn"],
            "households": [99, 100, 120, 49],
            "border": ["", "", "", "yes"],
            **columns,
        }
    )


def communes(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["a", "b", "c"],
            "kind": ["xã", "phường", "xã"],
            "population": [2_000, 9_000, 2_400],
            "area_km2": [20.0, 8.0, 60.0],
            **columns,
        }
    )


def standard(table: pd.DataFrame, rule: str, on: dt.date, **given: str) -> PosedStandard:
    return lawful_standard(tell_roles(table), rule, on, given, Rulebook.load())[0]


def bounds_of(posed: PosedStandard) -> list[list[float]]:
    """The bounds of each unit."""
    return posed.standard.bounds[posed.classes].tolist()  # type: ignore[no-any-return]  # of an array


def test_villages_are_held_to_the_households_of_their_kind_and_place() -> None:
    posed = standard(villages(), "village", IN_2019, **HIGHLANDS)
    assert bounds_of(posed) == [[200], [200], [250], [100]]
    assert posed.obliged is not None
    assert posed.obliged.tolist() == [True, False, True, True]
    assert "14/2018/TT-BNV" in posed.source
    assert not posed.verified


def test_a_group_takes_the_kind_that_decides() -> None:
    posed = standard(villages(), "village", IN_2019, **HIGHLANDS)
    assert posed.classes[2] == max(posed.classes)
    wards = standard(communes(), "commune", IN_2019, mountain="true", ward_of="thi_xa")
    assert wards.classes[1] > wards.classes[0]


def test_communes_must_merge_where_both_measures_are_below_half() -> None:
    posed = standard(communes(), "commune", IN_2019, mountain="true", ward_of="thi_xa")
    assert bounds_of(posed)[0] == [5_000, 50]
    assert posed.obliged is not None
    assert posed.obliged.tolist() == [True, False, False]
    assert posed.standard.waive_at == 3


def test_the_results_of_2025_are_held_to_more_and_nobody_is_named() -> None:
    posed = standard(
        communes(), "commune", IN_2025, mountain="true", ward_of="thi_xa", province_kind="mountain_border"
    )
    assert bounds_of(posed) == [[5_000, 100], [15_000, 5.5], [5_000, 100]]
    assert posed.obliged is None
    assert posed.standard.waive_at == 3


def test_a_kind_the_law_does_not_name_is_left_alone_and_reported() -> None:
    units = tell_roles(villages(kind=["thôn", "hợp tác xã", "thôn", "thôn"]))
    posed, defects = lawful_standard(units, "village", IN_2019, HIGHLANDS, Rulebook.load())
    assert posed.unknown == (1,)
    assert [(defect.row, defect.code) for defect in defects] == [(2, "no_rule")]


@pytest.mark.parametrize(
    ("rule", "on", "given", "said"),
    [
        ("village", IN_2019, {}, "region=None"),
        ("village", dt.date(2005, 1, 1), HIGHLANDS, "no village standard on 2005-01-01"),
        ("province", IN_2019, HIGHLANDS, "village, commune"),
    ],
)
def test_what_the_law_cannot_answer_is_said(rule: str, on: dt.date, given: dict[str, str], said: str) -> None:
    with pytest.raises(UnableToApplyRule, match=said):
        standard(villages(border=""), rule, on, **given)


def test_a_register_gives_units_with_the_facts_of_what_they_stand_under(tmp_path: Path) -> None:
    begun, cite = dt.date(2015, 1, 1), Citation("doc-1")

    def opened(unit: str, kind: str, parent: str, **attributes: str) -> events.UnitOpened:
        parents = {"administrative": parent} if parent else {}
        return events.UnitOpened(
            effective_on=begun, citation=cite, unit=unit, kind=kind, title=unit.upper(), parents=parents,
            attributes=attributes,
        )  # fmt: skip

    told = [
        opened("p", "province", "", region="tay_nguyen", mountain="yes"),
        opened("x", "commune", "p", border="yes"),
        opened("v1", "village", "x"),
        opened("v2", "residential_group", "x", border="no"),
        events.MeasureRecorded(effective_on=begun, citation=cite, unit="v1", measures={"households": 80}),
        events.MeasureRecorded(effective_on=IN_2025, citation=cite, unit="v1", measures={"households": 95}),
    ]
    moment = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
    written = journal.Journal().append(told, recorded_at=moment, by="u-1")
    document = Document("doc-1", "1/NQ", "resolution", "HĐND", "Nghị quyết")
    folder.write_folder(tmp_path / "register", written, {"doc-1": document})
    table = read_register(tmp_path / "register", "village", IN_2019).set_index("id")
    assert table.loc["v1", ["region", "border", "households"]].tolist() == ["tay_nguyen", "yes", 80]
    assert table.loc["v2", "border"] == "no"
    assert table["parent_name"].tolist() == ["X", "X"]
