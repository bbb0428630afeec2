"""Each indicator of the review on a province small enough to count by hand."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from tests.engine.building import (
    act,
    closed,
    day,
    held,
    left,
    measured,
    opened,
    posts,
    proposed,
    province,
    register_of,
)

from tinhgon.figures import CATALOGUE, REVIEW, Figure, UnableToFindIndicator, UnableToMeasureWindow, figures
from tinhgon.registry import events
from tinhgon.registry.fold import overlay
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook

START, END = day("2018-03-08"), day("2019-10-09")
MID = day("2019-01-15")
RULEBOOK = Rulebook.load()


def figure(register: Register, code: str, start: dt.date = START, end: dt.date = END) -> Figure:
    [found] = figures(register, RULEBOOK, start, end, [code])
    return found


def department() -> list[events.Event]:
    return [
        opened("department", "department", "province"),
        opened("d1", "division", "department"),
        opened("d2", "sub_department", "department"),
        posts("d1", "head", "d1-head"),
        posts("d1", "deputy", "d1-deputy"),
        posts("d2", "head", "d2-head"),
        held("d1-head", "an"),
        held("d1-deputy", "binh"),
        held("d2-head", "chi"),
    ]


def test_the_review_has_the_articles_ten_indicators() -> None:
    assert REVIEW == (
        "provincial_focal_points",
        "divisions",
        "division_leaders",
        "villages_obliged",
        "villages_forecast",
        "commune_part_time",
        "village_part_time",
        "public_service_units",
        "public_service_heads",
        "districts_service_units_done",
    )
    assert [CATALOGUE[code].kind for code in REVIEW[3:5]] == ["obligation", "forecast"]


def test_a_merged_focal_point_is_counted_once_by_its_act() -> None:
    register = register_of(
        province(),
        opened("a", "party_body", "province"),
        opened("b", "department", "province"),
        act("absorb", ["a", "b"], ["b"], MID),
    )
    found = figure(register, "provincial_focal_points")
    assert found.value == -1
    assert [(counted.seq, counted.event, counted.delta) for counted in found.trace] == [
        (7, "reorganised", -1)
    ]


def test_a_unit_moved_away_from_the_province_is_no_focal_point_any_more() -> None:
    moved = events.UnitMoved(effective_on=MID, citation=opened("x", "board").citation, unit="b", parent="a")
    register = register_of(
        province(), opened("a", "department", "province"), opened("b", "department", "province"), moved
    )
    assert figure(register, "provincial_focal_points").value == -1
    assert figure(register, "divisions").value == 0


def test_divisions_are_counted_at_the_province_only() -> None:
    register = register_of(
        province(),
        department(),
        opened("office", "district_office", "district"),
        opened("team", "division", "office"),
        act("dissolve", ["team"], [], MID),
        act("absorb", ["d1", "d2"], ["d1"], MID),
    )
    found = figure(register, "divisions")
    assert (found.value, [counted.seq for counted in found.trace]) == (-1, [17])


def test_leaders_are_people_not_posts() -> None:
    """Binh also heads d2 for a while: leaving one of two posts does not make one leader fewer."""
    register = register_of(
        province(),
        department(),
        left("d2-head", "chi", day("2018-06-01")),
        held("d2-head", "binh", day("2018-06-01")),
        left("d1-deputy", "binh", MID),
    )
    found = figure(register, "division_leaders")
    assert found.value == -1
    assert [counted.seq for counted in found.trace] == [14]


def test_leaders_lose_their_posts_with_the_division_and_the_act_is_counted() -> None:
    merger = act("absorb", ["d1", "d2"], ["d1"], MID)
    found = figure(register_of(province(), department(), merger), "division_leaders")
    assert (found.value, found.approximate) == (-1, False)


def test_a_figure_is_approximate_when_an_event_it_counts_is() -> None:
    merger = act("absorb", ["d1", "d2"], ["d1"], MID, approximate=True)
    register = register_of(province(), department(), merger)
    assert figure(register, "division_leaders").approximate
    assert not figure(register, "commune_part_time").approximate


def villages(**households: int) -> list[events.Event]:
    return [
        event
        for name, count in households.items()
        for event in (
            opened(name, "village", "border" if name.startswith("b") else "commune"),
            measured(name, households=count),
        )
    ]


def test_the_obligation_follows_from_households_and_the_standard_in_force() -> None:
    """Highland 2019: under 100 of 200 households must merge, under 50 of 100 in a border commune."""
    register = register_of(province(), villages(v1=99, v2=100, v3=250, b1=49, b2=50, b3=99))
    found = figure(register, "villages_obliged")
    assert found.value == 2
    assert [counted.event for counted in found.trace] == ["measure_recorded"] * 2
    assert {citation.document for citation in found.citations} == {"14/2018/TT-BNV"}


def test_a_newer_count_of_households_lifts_the_obligation() -> None:
    register = register_of(province(), villages(v1=99), measured("v1", MID, households=120))
    assert figure(register, "villages_obliged").value == 0


def test_the_forecast_counts_proposals_that_wait_and_no_facts() -> None:
    merger = act(
        "merge",
        ["v1", "v2"],
        [events.Output("w", "village", "W", parents={"administrative": "commune"})],
        MID,
    )
    draft = attrs.evolve(merger, signed_on=None)
    register = register_of(province(), villages(v1=60, v2=70, v3=80), proposed("p", draft, MID))
    found = figure(register, "villages_forecast")
    assert (found.value, found.kind, [counted.event for counted in found.trace]) == (
        -1,
        "forecast",
        ["proposed"],
    )
    assert figure(register, "villages_unsettled").value == 1
    enacted = attrs.evolve(merger, effective_on=END, signed_on=END, carries_out=("p",))
    done = register_of(province(), villages(v1=60, v2=70, v3=80), proposed("p", draft, MID), enacted)
    assert figure(done, "villages_forecast").value == 0
    assert figure(done, "villages_forecast", END, MID.replace(year=2019, month=10, day=9)).value == 0


def test_a_proposal_whose_units_have_changed_is_left_out_of_the_forecast() -> None:
    draft = act("absorb", ["v1", "v2"], ["v1"], MID, signed_on=None)
    other = act("absorb", ["v2", "v3"], ["v3"], day("2019-05-01"))
    register = register_of(province(), villages(v1=60, v2=70, v3=80), proposed("p", draft, MID), other)
    assert figure(register, "villages_forecast").value == 0


def test_what_waits_is_forecast_of_a_register_that_is_itself_seen_as_if_a_scheme_were_in_force() -> None:
    draft = act("absorb", ["v1", "v2"], ["v1"], MID, signed_on=None)
    register = register_of(province(), villages(v1=60, v2=70, v3=80, v4=90), proposed("p", draft, MID))
    scheme = act("absorb", ["v3", "v4"], ["v3"], MID, signed_on=None)
    assert figure(overlay(register, [scheme]), "villages_forecast").value == -1
    assert (
        figure(overlay(register, [attrs.evolve(scheme, inputs=("v2", "v3"))]), "villages_forecast").value == 0
    )


def test_part_time_posts_split_into_count_and_rate_effect() -> None:
    """Three villages of four posts; one is absorbed, the others keep three each: 12 -> 6 = -4 (count) - 2 (rate)."""
    register = register_of(
        province(),
        villages(v1=60, v2=70, v3=80),
        *(posts(v, "part_time", *(f"{v}-{n}" for n in range(4))) for v in ("v1", "v2", "v3")),
        act("absorb", ["v1", "v2"], ["v1"], MID),
        closed("v1-0", on=MID),
        closed("v3-0", on=MID),
    )
    found = figure(register, "village_part_time")
    assert found.value == -6
    assert found.effects is not None
    assert (found.effects.count_effect, found.effects.rate_effect) == (-4.0, -2.0)
    assert figure(register, "commune_part_time").value == 0


def test_posts_opened_and_closed_on_one_day_never_count() -> None:
    register = register_of(
        province(),
        posts("commune", "part_time", "x", on=MID),
        closed("x", on=MID),
        posts("commune", "part_time", "y", on=MID),
    )
    assert figure(register, "commune_part_time").value == 1


def service_units() -> list[events.Event]:
    listed = []
    for name in ("s1", "s2", "s3"):
        listed += [opened(name, "public_service_unit", "district"), posts(name, "head", f"{name}-head")]
    return listed


def test_a_district_is_done_when_every_proposal_is_carried_out() -> None:
    first = act("absorb", ["s1", "s2"], ["s1"], MID, signed_on=None)
    second = act("absorb", ["s1", "s3"], ["s1"], MID, signed_on=None)
    story = [
        *province(),
        *service_units(),
        proposed("p1", first, START),
        proposed("p2", second, START),
        attrs.evolve(first, signed_on=MID, carries_out=("p1",)),
    ]
    assert figure(register_of(story), "districts_service_units_done").value == 0
    story.append(attrs.evolve(second, effective_on=END, signed_on=MID, carries_out=("p2",)))
    register = register_of(story)
    found = figure(register, "districts_service_units_done")
    assert (found.value, [counted.seq for counted in found.trace]) == (1, [13, 14])
    assert figure(register, "public_service_units").value == -2
    assert figure(register, "public_service_heads").value == -2
    assert figure(register, "districts_service_units_done", START, MID).value == 0


def test_the_window_leaves_out_its_first_day_and_takes_in_its_last() -> None:
    for on, expected in ((START, 0), (END, -1), (END + dt.timedelta(days=1), 0)):
        register = register_of(province(), department(), act("dissolve", ["d2"], [], on))
        assert figure(register, "divisions").value == expected


def test_bad_questions_are_refused() -> None:
    register = register_of(province())
    with pytest.raises(UnableToFindIndicator, match="provincial_focal_points"):
        figure(register, "villages")
    with pytest.raises(UnableToMeasureWindow):
        figure(register, "divisions", END, START)
