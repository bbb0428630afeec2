"""An act conserves what it moves: households, people, area and posts, whatever is stated and however it is rounded."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.building import CITED, act, day, measured, opened, province, register_of

from tinhgon.registry import events
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Register

ON = day("2019-01-15")
COUNT = events.HeadcountPlacement


def village(id_: str, **measures: events.Number) -> events.Output:
    return events.Output(id_, "village", id_, parents={"administrative": "commune"}, measures=measures)


def counted(unit: str, assigned: int, present: int | None = None) -> events.HeadcountRecorded:
    return events.HeadcountRecorded(
        effective_on=day("2018-01-01"),
        citation=CITED,
        unit=unit,
        category="civil_servant",
        assigned=assigned,
        present=present,
    )


def villages(**measures: events.Number) -> list[events.Event]:
    return [*province(), opened("v", "village", "commune"), measured("v", **measures)]


def split(first: float, *outputs: events.Output, **amounts: dict[str, events.Number]) -> events.Reorganised:
    flows = tuple(
        events.Flow("v", out.unit, share, amounts.get(out.unit, {}))
        for out, share in zip(outputs, (first, 1 - first), strict=True)
    )
    return act("split", ["v"], outputs, ON, flows=flows)


def total(register: Register, measure: str) -> float:
    values = [unit.measure(measure, ON) for unit in register.units_on(ON, ["village"])]
    return sum(value for value in values if value is not None)


def refused(*story: Any) -> UnableToFold:
    with pytest.raises(UnableToFold) as caught:
        register_of(*story)
    return caught.value


@given(st.integers(1, 5000), st.integers(1, 9999), st.integers(-2, 2))
def test_a_split_conserves_households_whatever_one_part_states(value: int, share: int, off: int) -> None:
    """A stated part is taken if shares of four decimals round to it; the other part is what is left."""
    stated = max(0, round(value * share / 10000) + off)
    story = [*villages(households=value), split(share / 10000, village("a", households=stated), village("b"))]
    if abs(stated - value * share / 10000) <= 0.5:
        register = register_of(story)
        assert register.units["a"].measure("households", ON) == stated
        assert total(register, "households") == value
    elif abs(stated - value * share / 10000) > 0.5 + 0.00005 * value:
        assert refused(story).rule == "unbalanced-measure"


def test_either_rounding_of_a_half_may_be_stated() -> None:
    for first, second in ((50, 51), (51, 50)):
        outputs = (village("a", households=first), village("b", households=second))
        register = register_of(villages(households=101), split(0.5, *outputs))
        assert total(register, "households") == 101


def test_stated_parts_add_up_to_the_whole() -> None:
    """Each part is a fair rounding; together they are one household too many."""
    outputs = (village("a", households=3334), village("b", households=6667))
    found = refused(villages(households=10000), split(0.3333, *outputs))
    assert (found.rule, found.data["sum"]) == ("unbalanced-measure", 10000)


def test_an_exact_amount_leaves_the_rest_to_the_other_flow() -> None:
    register = register_of(
        villages(households=100), split(0.31, village("a"), village("b"), a={"households": 30})
    )
    assert [register.units[id_].measure("households", ON) for id_ in "ab"] == [30, 70]


@pytest.mark.parametrize(
    ("amounts", "rule"),
    [
        ({"households": 101}, "unbalanced-measure"),
        ({"households": -1}, "unknown-measure"),
        ({"house_holds": 30}, "unknown-measure"),
    ],
)
def test_amounts_that_cannot_be_are_refused(amounts: dict[str, events.Number], rule: str) -> None:
    act_ = split(0.3, village("a"), village("b"), a=amounts)
    assert refused(villages(households=100), act_).rule == rule


def test_a_stated_measure_outside_the_catalogue_is_refused() -> None:
    assert refused(villages(households=9), split(0.5, village("a", hauseholds=5), village("b"))).rule == (
        "unknown-measure"
    )


def test_households_are_whole() -> None:
    assert refused(villages(households=9.5)).rule == "unknown-measure"
    assert register_of(villages(households=9.0)).units["v"].measure("households", ON) == 9


def test_a_flow_said_twice_is_refused() -> None:
    twice = (events.Flow("v", "a", 0.5), events.Flow("v", "a", 0.5))
    act_ = act("rearrange", ["v"], [village("a")], ON, flows=twice)
    assert refused(villages(households=101), act_).rule == "overlap-flow"


def communes(*more: events.Event) -> list[events.Event]:
    return [*province(), counted("commune", 11, 10), counted("border", 9, 9), *more]


def moving(*counts: events.HeadcountPlacement) -> events.Reorganised:
    """A part of one commune goes to the other; both go on."""
    flows = (
        events.Flow("commune", "commune", 0.9),
        events.Flow("commune", "border", 0.1),
        events.Flow("border", "border"),
    )
    return act("transfer", ["commune", "border"], ["commune", "border"], ON, flows=flows, headcounts=counts)


def assigned(register: Register, unit: str) -> int:
    return int(register.units[unit].headcounts["civil_servant"].at(ON)[0])


def test_headcount_placed_in_one_unit_is_no_longer_in_the_other() -> None:
    register = register_of(communes(), moving(COUNT("commune", "civil_servant", 20)))
    assert (assigned(register, "commune"), assigned(register, "border")) == (20, 0)


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ([COUNT("commune", "civil_servant", 25), COUNT("", "civil_servant", -5)], "unknown-measure"),
        ([COUNT("commune", "wizard", 0)], "unknown-measure"),
        ([COUNT("district", "civil_servant", 20)], "foreign-unit"),
        ([COUNT("nowhere", "civil_servant", 20)], "foreign-unit"),
        ([COUNT("commune", "civil_servant", 19)], "unbalanced-headcount"),
    ],
)
def test_headcount_goes_to_units_of_the_act_or_is_released(
    counts: list[events.HeadcountPlacement], rule: str
) -> None:
    assert refused(communes(), moving(*counts)).rule == rule


def test_released_headcount_is_told() -> None:
    act_ = act(
        "absorb",
        ["commune", "border"],
        ["border"],
        ON,
        headcounts=(COUNT("border", "civil_servant", 15), COUNT("", "civil_servant", 5)),
    )
    register = register_of(communes(), act_)
    assert assigned(register, "border") == 15
    assert register.effects[7].headcount_released == {"civil_servant": 5}


def test_units_that_the_act_leaves_as_they_are_take_no_part_in_the_sum() -> None:
    story = [*villages(households=40), opened("w", "village", "commune"), measured("w", households=7)]
    story += [opened("x", "village", "commune"), measured("x", households=500)]
    flows = (events.Flow("v", "a"), events.Flow("w", "a"), events.Flow("x", "x"))
    outputs = [village("a", households=47), events.Output("x")]
    register = register_of(story, act("rearrange", ["v", "w", "x"], outputs, ON, flows=flows))
    assert total(register, "households") == 547


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100)), min_size=2, max_size=4),
    st.integers(0, 3),
)
def test_a_transfer_conserves_households_and_area(parts: list[tuple[int, int]], receiver: int) -> None:
    """Every commune gives a share of itself to one of them, however the shares fall."""
    ids = [f"v{number}" for number in range(len(parts))]
    target = ids[receiver % len(ids)]
    story: list[events.Event] = [*province()]
    flows: list[events.Flow] = []
    for id_, (households, share) in zip(ids, parts, strict=True):
        story += [
            opened(id_, "village", "commune"),
            measured(id_, households=households, area_km2=households / 7),
        ]
        gives = 0 if id_ == target else share / 101
        flows += [events.Flow(id_, id_, 1 - gives)] + ([events.Flow(id_, target, gives)] if gives else [])
    register = register_of(story, act("transfer", ids, ids, ON, flows=tuple(flows)))
    assert total(register, "households") == sum(households for households, _ in parts)
    assert abs(total(register, "area_km2") - sum(households / 7 for households, _ in parts)) < 1e-5


def test_people_present_without_a_quota_are_not_forgotten() -> None:
    """Contract staff often have no quota."""
    other = opened("w", "village", "commune")
    register = register_of(
        villages(households=1), other, counted("v", 0, 2), act("merge", ["v", "w"], [village("x")], ON)
    )
    assert register.units["x"].headcounts["civil_servant"].last == (0, 2)
