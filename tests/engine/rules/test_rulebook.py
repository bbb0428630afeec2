"""The rulebook answers by day and facts, says what it does not know, and lets a province add its rules."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tinhgon.citations import Citation
from tinhgon.rules import (
    Period,
    Rulebook,
    UnableToFindRule,
    merged_commune_finding,
    model_status,
    region_of,
)

OVERLAYS = Path(__file__).parent / "overlays"
NATIONAL = Rulebook.load()
REVIEW = dt.date(2019, 10, 9)


def test_a_value_comes_with_its_citation_and_period() -> None:
    found = NATIONAL.value("village_households", REVIEW, kind="thon", region="tay_nguyen")
    assert (found.value, found.unit, found.layer) == (200, "households", "vn")
    assert found.citation == Citation("14/2018/TT-BNV", "Điều 7 Thông tư 04/2012/TT-BNV được sửa đổi")
    assert found.period == Period(dt.date(2019, 1, 18), None)


def test_a_gap_is_none_and_asked_for_a_value_says_what_there_is() -> None:
    asked = {"kind": "thon", "region": None}
    assert NATIONAL.find("village_households", REVIEW, **asked) is None
    with pytest.raises(UnableToFindRule, match=r"kind = thon and region = tay_nguyen") as caught:
        NATIONAL.value("village_households", REVIEW, **asked)
    assert (caught.value.subject, caught.value.on, caught.value.facts) == (
        "village_households",
        REVIEW,
        asked,
    )


def test_a_day_before_every_rule_says_for_which_days_there_are_some() -> None:
    with pytest.raises(UnableToFindRule, match=r"values are known for .*\[2012-10-15, 2018-03-01\)"):
        NATIONAL.value("village_households", dt.date(1999, 1, 1), kind="thon", region="south")


@pytest.mark.parametrize(
    ("subject", "facts", "says"),
    [
        ("village_household", {}, "subjects: .*village_households"),
        ("village_households", {"colour": "red"}, "it asks only kind, region"),
        ("village_households", {"kind": "hamlet"}, "kind is one of thon, tdp"),
    ],
)
def test_an_unknown_word_is_a_mistake_and_not_a_gap(subject: str, facts: dict[str, str], says: str) -> None:
    with pytest.raises(UnableToFindRule, match=says):
        NATIONAL.find(subject, REVIEW, **facts)


def test_a_value_may_be_sure_while_the_day_it_began_is_not() -> None:
    began = [dt.date(2019, 1, 18), dt.date(2019, 3, 31), dt.date(2019, 4, 1)]
    found = [NATIONAL.value("village_households", day, kind="thon", region="south") for day in began]
    assert [one.verified for one in found] == [False, False, True]


def test_every_shipped_value_cites_a_document_and_only_read_ones_are_verified() -> None:
    parameters = [cell.parameter for code in NATIONAL.subjects for cell in NATIONAL.cells(code)]
    assert all(parameter.citation.document and parameter.source for parameter in parameters)
    assert not [one for one in parameters if one.verified and one.source == "memory"]
    assert {parameter.layer for parameter in parameters} == {"vn"}


def test_a_province_s_own_rule_goes_before_the_national_one_and_is_named() -> None:
    local = Rulebook.load(OVERLAYS / "quang-binh")
    merged = {"kind": "xa", "mountain": True, "population": 9000, "area_km2": 120, "units_merged": 3}
    june = dt.date(2025, 6, 1)
    national = merged_commune_finding(**merged, on=june, rulebook=NATIONAL)
    provincial = merged_commune_finding(**merged, on=june, rulebook=local)
    assert (national.measure, national.band) == ("units merged", "meets")
    assert [part.standard for part in provincial.parts] == [15000, 150]
    assert provincial.band == "may"
    assert "quang-binh: Tiêu chí sắp xếp của tỉnh Quảng Bình, 2025" in provincial.reason_vi


def test_a_province_s_own_rule_leaves_the_other_subjects_and_days_alone() -> None:
    local = Rulebook.load(OVERLAYS / "quang-binh")
    assert local.value("merged_commune_waiver", dt.date(2020, 1, 1)).layer == "vn"
    assert local.value("village_households", REVIEW, kind="thon", region="centre").layer == "vn"
    assert NATIONAL.value("merged_commune_waiver", dt.date(2025, 6, 1)).value == 3


def test_the_last_overlay_is_asked_first(tmp_path: Path) -> None:
    folder = tmp_path / "truong-son"
    folder.mkdir()
    text = (OVERLAYS / "quang-binh" / "merged-commune-waiver.yaml").read_text(encoding="utf-8")
    (folder / "waiver.yaml").write_text(text.replace("value: 5", "value: 7"), encoding="utf-8")
    found = Rulebook.load(OVERLAYS / "quang-binh", folder).value("merged_commune_waiver", dt.date(2025, 6, 1))
    assert (found.value, found.layer) == (7, "truong-son")


def test_a_province_may_end_a_model_before_the_country_does() -> None:
    day, model = dt.date(2025, 1, 15), "mass_mobilisation_head_front_chair"
    local = model_status(model, day, rulebook=Rulebook.load(OVERLAYS / "binh-dinh"))
    assert (local.status, local.verified) == ("ended", True)
    assert model_status(model, day, rulebook=NATIONAL).status == "pilot"


@pytest.mark.parametrize(
    ("province", "day", "region"),
    [
        ("Đắk Nông", REVIEW, "tay_nguyen"),
        ("tỉnh ĐẮK NÔNG", REVIEW, "tay_nguyen"),
        ("Hoà Bình", REVIEW, "north_mountain"),
        ("Thành phố Hà Nội", REVIEW, "ha_noi"),
        ("TP. Hồ Chí Minh", REVIEW, "ho_chi_minh"),
        ("Đắk Nông", dt.date(2025, 7, 1), None),
        ("Lâm Đồng", dt.date(2025, 6, 30), "tay_nguyen"),
        ("Lâm Đồng", dt.date(2025, 7, 1), None),
        ("Cà Mau", dt.date(2025, 7, 1), "south"),
    ],
)
def test_a_province_has_a_region_that_day(province: str, day: dt.date, region: str | None) -> None:
    found = region_of(province, day, rulebook=NATIONAL)
    assert (found and found.value) == region
    assert found is None or not found.verified


def test_all_63_provinces_of_2019_have_exactly_one_region() -> None:
    names = [
        name
        for cell in NATIONAL.cells("province_region")
        if cell.parameter.period.covers(REVIEW)
        for condition in cell.conditions
        for name in condition.choices
    ]
    assert len(names) == len(set(names)) == 63
