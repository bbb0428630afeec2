"""Sums are those of the leaves, at every level and whatever the tree."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon import consultation as people
from tinhgon.rules import Rulebook

TERMS = people.terms_of(kind="village", base=None, on=dt.date(2019, 10, 9), rulebook=Rulebook.load())


@st.composite
def tallies(draw: st.DrawFn) -> people.Tally:
    parts = [draw(st.integers(0, 400)) for _ in range(4)]
    return people.Tally(sum(parts) + draw(st.integers(0, 400)), *parts)


@st.composite
def provinces(draw: st.DrawFn) -> tuple[dict[str, people.Tally], dict[str, str]]:
    """Villages in communes, communes in districts or straight in the province."""
    communes = draw(st.integers(1, 5))
    parents = {f"c{n}": draw(st.sampled_from(["d1", "d2", "p"])) for n in range(communes)}
    parents |= {"d1": "p", "d2": "p"}
    villages = draw(st.lists(st.tuples(st.integers(0, communes - 1), tallies()), max_size=20))
    parents |= {f"v{n}": f"c{commune}" for n, (commune, _) in enumerate(villages)}
    return {f"v{n}": tally for n, (_, tally) in enumerate(villages)}, parents


def under(unit: str, parents: dict[str, str]) -> set[str]:
    found = {unit}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@given(provinces())
def test_every_total_is_the_sum_of_its_leaves(
    province: tuple[dict[str, people.Tally], dict[str, str]],
) -> None:
    leaves, parents = province
    sums = people.roll_up(leaves, parents, TERMS)
    for unit, total in sums.items():
        mine = {leaf: tally for leaf, tally in leaves.items() if leaf in under(unit, parents)}
        assert total.tally == people.Tally.total(mine.values())
        assert total.units == len(mine)
        assert total.passed == sum(people.judge(tally, TERMS).passed for tally in mine.values())
        assert total.missing == sum(not tally.taking_part for tally in mine.values())
    assert leaves.keys() <= sums.keys()


@given(provinces())
def test_levels_agree_with_each_other(province: tuple[dict[str, people.Tally], dict[str, str]]) -> None:
    leaves, parents = province
    sums = people.roll_up(leaves, parents, TERMS)
    for unit in sums:
        below = [sums[child].tally for child in sums if parents.get(child) == unit]
        assert not below or sums[unit].tally == people.Tally.total(below)


def test_a_circle_is_refused() -> None:
    with pytest.raises(people.UnableToSum):
        people.roll_up({"v": people.Tally(1)}, {"v": "c", "c": "d", "d": "c"}, TERMS)
