"""What holds for any number an officer may type: exact limits, bands that partition, limits on a sum."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.rules import (
    Rulebook,
    commune_finding,
    extra_part_time_posts,
    group_average_finding,
    village_finding,
)

RULEBOOK = Rulebook.load()
REVIEW = dt.date(2019, 10, 9)
households = st.integers(min_value=0, max_value=2000)
kinds = st.sampled_from(["thon", "tdp"])
regions = st.sampled_from(["north_mountain", "red_river", "centre", "tay_nguyen", "south"])


@given(kind=kinds, region=regions, count=households, border=st.booleans())
def test_a_village_must_merge_exactly_when_twice_its_households_are_under_the_standard(
    kind: str, region: str, count: int, border: bool
) -> None:
    found = village_finding(
        kind=kind, region=region, households=count, on=REVIEW, border=border, rulebook=RULEBOOK
    )
    assert found.standard is not None
    assert (found.obligation == "mandatory") == (2 * count < found.standard)
    assert (found.band == "meets") == (count >= found.standard)
    assert found.ratio == Fraction(count) / found.standard


@given(counts=st.lists(households, min_size=1, max_size=60))
def test_the_three_bands_of_a_district_table_share_out_its_villages(counts: list[int]) -> None:
    bands = Counter(
        village_finding(kind="thon", region="centre", households=one, on=REVIEW, rulebook=RULEBOOK).band
        for one in counts
    )
    assert bands["meets"] + bands["may"] + bands["must"] == len(counts)
    assert bands["must"] == sum(one < 125 for one in counts)


@given(low=households, more=households)
def test_more_households_never_bring_a_heavier_obligation(low: int, more: int) -> None:
    weight = {"none": 0, "encouraged": 1, "mandatory": 2}
    few, many = (
        village_finding(kind="thon", region="tay_nguyen", households=one, on=REVIEW, rulebook=RULEBOOK)
        for one in (low, low + more)
    )
    assert weight[few.obligation] >= weight[many.obligation]


@given(population=st.integers(0, 30_000), hundredths=st.integers(1, 20_000), mountain=st.booleans())
def test_in_2019_a_commune_is_obliged_exactly_when_both_measures_are_under_half(
    population: int, hundredths: int, mountain: bool
) -> None:
    people, land = (5000, 50) if mountain else (8000, 30)
    found = commune_finding(
        kind="xa",
        mountain=mountain,
        population=population,
        area_km2=hundredths / 100,
        on=REVIEW,
        rulebook=RULEBOOK,
    )
    both = 2 * population < people and 2 * hundredths < 100 * land
    assert (found.obligation == "mandatory") == both


@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_a_group_limit_looks_only_at_the_sum(counts: list[int]) -> None:
    found = group_average_finding(
        counts, group="department_deputies", on=dt.date(2022, 1, 1), rulebook=RULEBOOK
    )
    assert (found.obligation == "none") == (sum(counts) <= 3 * len(counts))


@pytest.mark.parametrize(
    ("place", "extra"),
    [
        ({"kind": "xa", "mountain": False, "population": 8000, "area_km2": 30}, 0),
        ({"kind": "xa", "mountain": False, "population": 11_999, "area_km2": 30}, 0),
        ({"kind": "xa", "mountain": False, "population": 12_000, "area_km2": 30}, 1),
        ({"kind": "xa", "mountain": True, "population": 12_500, "area_km2": 99.99}, 3),
        ({"kind": "xa", "mountain": True, "population": 12_500, "area_km2": 100}, 4),
        ({"kind": "xa", "mountain": False, "population": 1000, "area_km2": 60}, 1),
        ({"kind": "phuong", "mountain": False, "ward_of": "quan", "population": 20_000, "area_km2": 1}, 1),
        (
            {
                "kind": "phuong",
                "mountain": False,
                "ward_of": "thanh_pho",
                "population": 10_499,
                "area_km2": 1,
            },
            0,
        ),
        ({"kind": "phuong", "mountain": False, "population": 90_000, "area_km2": 1}, None),
    ],
)
def test_a_large_commune_gets_a_post_for_each_full_step(place: dict[str, object], extra: int | None) -> None:
    assert extra_part_time_posts(**place, on=dt.date(2024, 1, 1), rulebook=RULEBOOK) == extra  # type: ignore[arg-type]  # facts of a table


def test_before_2023_no_rule_gives_extra_posts() -> None:
    asked = {"kind": "xa", "mountain": False, "population": 90_000, "area_km2": 90.0}
    assert extra_part_time_posts(**asked, on=dt.date(2023, 7, 31), rulebook=RULEBOOK) is None  # type: ignore[arg-type]  # facts of a table
