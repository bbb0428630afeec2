"""Predecessors, successors, closures and crosswalks, on both axes."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.building import BASE, act, day, opened, province, register_of

from tinhgon.registry import lineage
from tinhgon.registry.events import Event, Flow, Output
from tinhgon.registry.state import Register

FIRST, SECOND, LATER = day("2019-01-01"), day("2020-01-01"), day("2025-07-01")
VILLAGES = ["village"]


def village(name: str, **more: str) -> Output:
    return Output(name, "village", name, parents={"administrative": "commune"}, **more)


def open_villages(*names: str) -> list[Event]:
    return [opened(name, "village", "commune") for name in names]


def rows(register: Register, start: dt.date, end: dt.date) -> list[tuple[str | None, str | None, float]]:
    return [(row.source, row.target, row.share) for row in lineage.crosswalk(register, start, end, VILLAGES)]


def test_a_division_and_a_merger_compose_their_shares() -> None:
    """a is divided into b (60 %) and c (40 %); later c and d merge into e."""
    register = register_of(
        province(),
        open_villages("a", "d"),
        act(
            "split",
            ["a"],
            [village("b"), village("c")],
            FIRST,
            flows=(Flow("a", "b", 0.6), Flow("a", "c", 0.4)),
        ),
        act("merge", ["c", "d"], [village("e")], SECOND),
    )
    assert rows(register, BASE, LATER) == [("a", "b", 0.6), ("a", "e", 0.4), ("d", "e", 1.0)]
    assert rows(register, FIRST, LATER) == [("d", "e", 1.0), ("b", "b", 1.0), ("c", "e", 1.0)]
    assert [flow.source for flow in lineage.ancestry(register, "e")] == ["c", "d", "a"]
    assert [flow.target for flow in lineage.descent(register, "a")] == ["b", "c", "e"]
    assert [flow.target for flow in lineage.descent(register, "a", after=FIRST)] == []


def test_giving_and_getting_back_is_no_cycle() -> None:
    """a gives half to b in 2019 and gets half of b back in 2020: closures follow time and end."""
    half = (Flow("a", "a", 0.5), Flow("a", "b", 0.5), Flow("b", "b"))
    back = (Flow("b", "b", 0.5), Flow("b", "a", 0.5), Flow("a", "a"))
    register = register_of(
        province(),
        open_villages("a", "b"),
        act("transfer", ["a", "b"], ["a", "b"], FIRST, flows=half),
        act("transfer", ["a", "b"], ["a", "b"], SECOND, flows=back),
    )
    assert rows(register, BASE, LATER) == [
        ("a", "a", 0.75),
        ("a", "b", 0.25),
        ("b", "b", 0.5),
        ("b", "a", 0.5),
    ]
    assert [(flow.source, flow.on) for flow in lineage.ancestry(register, "a")] == [
        ("b", SECOND),
        ("a", FIRST),
    ]


def test_units_may_swap_places() -> None:
    swap = (Flow("a", "b"), Flow("b", "a"))
    register = register_of(
        province(),
        open_villages("a", "b"),
        act("transfer", ["a", "b"], ["a", "b"], FIRST, flows=swap),
        act("transfer", ["a", "b"], ["a", "b"], SECOND, flows=swap),
    )
    assert rows(register, BASE, FIRST) == [("a", "b", 1.0), ("b", "a", 1.0)]
    assert rows(register, BASE, SECOND) == [("a", "a", 1.0), ("b", "b", 1.0)]


def test_dissolved_units_go_nowhere_and_new_ones_come_from_nowhere() -> None:
    register = register_of(
        province(),
        open_villages("a"),
        act("dissolve", ["a"], [], FIRST),
        opened("n", "village", "commune", on=SECOND),
    )
    assert rows(register, BASE, LATER) == [("a", None, 1.0), (None, "n", 1.0)]


def test_a_bare_code_answers_with_its_candidates_and_days() -> None:
    register = register_of(
        province(),
        opened("old", "commune", "district", code="24700"),
        opened("other", "commune", "district"),
        act("absorb", ["old", "other"], ["other"], LATER),
        opened("new", "commune", "district", on=LATER, code="24700"),
    )
    held = [(one.unit, one.start, one.end) for one in lineage.resolve(register, "24700")]
    assert held == [("old", BASE, LATER), ("new", LATER, None)]
    assert [one.unit for one in lineage.resolve(register, "24700", LATER)] == ["new"]
    assert [one.unit for one in lineage.resolve(register, "24700", FIRST)] == ["old"]
    assert [one.unit for one in lineage.resolve(register, "old")] == ["old"]
    with pytest.raises(lineage.UnableToFindUnit):
        lineage.resolve(register, "99999")


@given(st.data())
def test_shares_of_every_source_add_up_to_one(data: st.DataObject) -> None:
    """Whatever mergers, divisions and transfers follow one another."""
    names = [f"v{number}" for number in range(5)]
    story: list[Event] = [*province(), *open_villages(*names)]
    for step in range(data.draw(st.integers(0, 6), "steps")):
        on = FIRST + dt.timedelta(days=step)
        pair = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True), "pair")
        if data.draw(st.booleans(), "merge") and len(names) > 2:
            story.append(act("absorb", pair, [pair[0]], on))
            names.remove(pair[1])
        else:
            share = data.draw(st.sampled_from([0.25, 0.5, 0.75]), "share")
            flows = (Flow(pair[0], pair[0], 1 - share), Flow(*pair, share), Flow(pair[1], pair[1]))
            story.append(act("transfer", pair, pair, on, flows=flows))
    totals: dict[str | None, float] = {}
    for source, target, share in rows(register_of(story), BASE, LATER):
        assert target in names
        totals[source] = totals.get(source, 0.0) + share
    assert all(math.isclose(total, 1.0) for total in totals.values())
    assert len(totals) == 5
