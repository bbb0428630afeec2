"""What a plan says: groups, names, words, comparisons, what-ifs, plans by hand, events."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from desk import plan_of, villages

from tinhgon.citations import Citation
from tinhgon.planner import Plan, Request, by_hand, make_plan, pose_table
from tinhgon.planner.check import check
from tinhgon.planner.comparing import UnableToCompare
from tinhgon.planner.inputs.posing import UnableToHonourPairs
from tinhgon.planner.inputs.standards import UnableToReadStandard
from tinhgon.planner.provisional import provisional
from tinhgon.planner.target import UnableToReachTarget
from tinhgon.planner.telling import UnableToFindUnit
from tinhgon.registry import events, fold

DAY = dt.date(2019, 10, 9)
CITE = Citation("166/NQ-HĐND")


def members(plan: object) -> list[set[str]]:
    ids = plan.posed.problem.ids  # type: ignore[attr-defined]  # a Plan
    return [{ids[unit] for unit in group.members} for group in plan.groups]  # type: ignore[attr-defined]  # a Plan


def test_a_plan_is_lawful_proven_and_counts_what_it_changes() -> None:
    plan = plan_of(villages())
    assert (plan.status, plan.proven, plan.gap) == ("optimal", (True, True), 0.0)
    assert plan.violations == ()
    assert all(change.ratio_after >= 1 for change in plan.changes if change.must)
    assert plan.parts == 6 - len(plan.abolished)
    renamed = sum(sum(g.sums) - max(plan.posed.problem.residents[list(g.members)]) for g in plan.groups)
    assert plan.renamed_residents == renamed
    assert {change.unit for change in plan.changes if change.must} <= {
        unit for group in plan.groups if group.merged for unit in group.members
    }


def test_names_are_the_largest_members_and_unique_in_the_parent() -> None:
    frame = villages(name=["Thôn 1", "Thôn 2", "Thôn 3", "thôn 2", "Thôn 1", "Thôn 2"])
    plan = plan_of(frame)
    named = [(group.parent, group.name.casefold()) for group in plan.groups]
    assert len(set(named)) == len(named)
    for group in plan.groups:
        largest = max(group.members, key=lambda unit: plan.posed.problem.residents[unit])
        assert group.seat == largest
        assert group.name.startswith(plan.posed.problem.names[largest])


def test_a_name_that_says_its_kind_follows_the_kind_of_the_group() -> None:
    frame = villages(
        name=["Xã A", "Phường B", "Xã C", "Xã D", "Xã E", "Xã F"],
        kind=["xã", "phường", "xã", "xã", "xã", "xã"],
        households=[300, 90, 300, 300, 300, 300],
    )
    plan = plan_of(frame, "households>=200", "kind=phường: households>=200")
    joined = next(group for group in plan.groups if group.merged)
    assert joined.kind == "phường"
    assert joined.name in {"Phường A", "Phường D"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_unit_is_explained_in_words_with_its_numbers(language: str) -> None:
    plan = plan_of(villages())
    texts = [plan.explain(unit, language) for unit in plan.posed.problem.ids]
    assert len(set(texts)) == len(texts)
    for unit, text in enumerate(texts):
        assert plan.posed.problem.names[unit] in text
        assert f"{plan.posed.problem.values[unit, 0]:g}" in text
        assert "households>=200" in text
        group = plan.groups[plan.changes[unit].group]
        assert all(plan.posed.problem.names[other] in text for other in group.members)
    with pytest.raises(UnableToFindUnit, match="v1"):
        plan.explain("v99")


def test_what_cannot_be_lawful_is_told_with_its_reason() -> None:
    frame = villages(commune=["A", "A", "A", "A", "A", "B"], households=[300, 300, 300, 300, 300, 90])
    plan = plan_of(frame)
    assert [(v.unit, v.reason) for v in plan.violations] == [(5, "isolated")]
    assert plan.status == "optimal"
    assert "không có đơn vị liền kề" in plan.explain("v6")
    assert plan.groups[plan.changes[5].group].ratio == pytest.approx(0.45)


def test_a_standard_no_union_can_meet_leaves_every_unit_named() -> None:
    plan = plan_of(villages(), "households>=1000000")
    assert len(plan.violations) == 6
    assert {violation.reason for violation in plan.violations} == {"parent_below"}


def test_a_waived_standard_is_said_so() -> None:
    plan = plan_of(villages(households=[10, 10, 10, 300, 300, 300]), "households>=200", "units>=3")
    waived = [group for group in plan.groups if math.isinf(group.ratio)]
    assert all(len(group.members) >= 3 for group in waived)
    assert waived
    assert "không xem xét tiêu chuẩn" in plan.explain("v1")


def test_forcing_a_pair_never_betters_the_best_and_is_compared_by_objective() -> None:
    best = plan_of(villages())
    ids = best.posed.problem.ids
    for a, b in (("v1", "v2"), ("v1", "v3"), ("v2", "v4"), ("v3", "v4"), ("v5", "v6")):
        forced = best.what_if(forced=[(a, b)])
        forbidden = best.what_if(forbidden=[(a, b)])
        assert any({a, b} <= group for group in members(forced))
        assert not any({a, b} <= group for group in members(forbidden))
        for other in (forced, forbidden):
            assert tuple(other.objectives.values()) >= tuple(best.objectives.values())
            assert other.status == "optimal"
        assert best.compare(forced).same or best.compare(forbidden).same
    fixed = best.what_if(fixed=[("v1", "v3")])
    assert {"v1", "v3"} in members(fixed)
    assert best.what_if(alone=[ids[0]]).violations[0].reason == "alone"


def test_a_what_if_is_what_solving_with_the_wish_gives() -> None:
    from tinhgon.planner.inputs.posing import Wishes

    asked = plan_of(villages()).what_if(forbidden=[("v1", "v2"), ("v1", "v3")])
    solved = plan_of(villages(), wishes=Wishes(forbidden=(("v1", "v2"), ("v1", "v3"))))
    assert asked.compare(solved).same
    assert asked.objectives == solved.objectives
    assert (
        [v.reason for v in asked.violations] == [v.reason for v in solved.violations] == ["forbidden_borders"]
    )


def test_a_what_if_of_a_certified_plan_is_certified_too_and_a_plan_by_hand_is_held_against_the_proof() -> (
    None
):
    request = Request(within="commune", standards=("households>=200",))
    best = make_plan(pose_table(villages(), request), certify=True)
    asked = best.what_if(forbidden=[("v1", "v2")])
    assert checked(asked)["faults"] == checked(asked)["open"] == []
    kept = by_hand.from_groups(best, []).plan
    assert checked(kept)["faults"] == []
    assert checked(kept)["open"] != []


def checked(plan: Plan) -> dict[str, Any]:
    groups = dict(zip(plan.posed.problem.ids, plan.solution.labels.tolist(), strict=True))
    return check(plan.posed.problem, plan.form, groups, plan.certificate["components"])


def test_a_what_if_against_the_wishes_already_made_is_refused() -> None:
    with pytest.raises(UnableToHonourPairs, match="v1 and v2"):
        plan_of(villages()).what_if(forced=[("v1", "v2")]).what_if(forbidden=[("v1", "v2")])


def test_comparing_tells_each_objective_and_who_moved() -> None:
    best = plan_of(villages())
    other = best.what_if(forced=[("v1", "v2"), ("v3", "v4")])
    told = best.compare(other)
    assert {difference.name: difference.more for difference in told.objectives} == {
        name: other.objectives[name] - best.objectives[name] for name in best.objectives
    }
    assert set(told.moved) == {unit for group in (*told.only_here, *told.only_there) for unit in group}
    assert best.compare(best).same
    assert best.compare(best).text("vi") == "Hai phương án như nhau."
    with pytest.raises(UnableToCompare, match="2 ids"):
        best.compare(plan_of(villages(id=["v1", "v2", "v3", "v4", "v5", "w"])))


def test_a_plan_by_hand_gets_the_same_checks_and_its_distance_from_the_best() -> None:
    best = plan_of(villages())
    hand = by_hand.from_groups(best, [["v1", "v4"], ["v5", "v6"]])
    assert [fault.code for fault in hand.faults] == ["scattered"]
    across = by_hand.from_groups(best, [["v3", "v5"]])
    assert [fault.code for fault in across.faults] == ["across_parents"]
    assert not across.lawful
    again = by_hand.from_groups(best, [group for group in members(best) if len(group) > 1])
    assert again.lawful
    assert again.distance.same
    assert again.plan.objectives == best.objectives
    left = by_hand.from_groups(best, [])
    assert {difference.name: difference.more for difference in left.distance.objectives}["violations"] > 0
    assert {v.unit for v in left.plan.violations} == {change.unit for change in best.changes if change.must}


def test_moving_a_unit_by_hand_is_checked_again() -> None:
    best = plan_of(villages())
    alone = by_hand.with_moves(best, {"v6": ""})
    assert {"v6"} in members(alone.plan)
    moved = by_hand.with_moves(best, {"v1": "v6"})
    assert {fault.code for fault in moved.faults} == {"scattered", "across_parents"}


@pytest.mark.parametrize(
    ("groups", "said"),
    [([["v1", "v2"], ["v2", "v3"]], "in two groups: v2"), ([["v1", "zz"]], "not in the table: zz")],
)
def test_groups_that_cannot_be_read_are_refused(groups: list[list[str]], said: str) -> None:
    with pytest.raises(by_hand.UnableToReadGroups, match=said):
        by_hand.from_groups(plan_of(villages()), groups)


def test_a_standard_without_bounds_is_refused() -> None:
    with pytest.raises(UnableToReadStandard, match="nothing is bounded"):
        plan_of(villages(), "units>=3")


def register_of(plan: object) -> fold.Register:
    """A register with the plan's villages, so that its events can be laid over it."""
    frame = plan.posed.units.frame  # type: ignore[attr-defined]  # a Plan
    opened = [
        events.UnitOpened(
            effective_on=dt.date(2004, 1, 1), citation=CITE, unit=commune, kind="commune", title=commune
        )
        for commune in dict.fromkeys(frame["commune"])
    ]
    for row in frame.itertuples():
        opened.append(
            events.UnitOpened(
                effective_on=dt.date(2004, 1, 1),
                citation=CITE,
                unit=row.id,
                kind="village",
                title=row.name,
                parents={"administrative": row.commune},
            )
        )
        opened.append(
            events.MeasureRecorded(
                effective_on=dt.date(2019, 1, 1),
                citation=CITE,
                unit=row.id,
                measures={"households": row.households},
            )
        )
    return fold.fold(list(enumerate(opened, start=1)))


@pytest.mark.parametrize("established", [False, True])
def test_events_laid_over_a_register_give_the_units_of_the_plan(established: bool) -> None:
    plan = plan_of(villages(kind=["village"] * 6, name=[f"Thôn {k}" for k in range(1, 7)]))
    register = register_of(plan)
    new_unit = (lambda group: f"new{group.number}") if established else None
    drafts = plan.to_events(effective_on=DAY, citation=CITE, new_unit=new_unit)
    after = fold.overlay(register, drafts)
    units = {unit.name(DAY): unit for unit in after.units_on(DAY, {"village"})}
    assert len(drafts) == sum(group.merged for group in plan.groups)
    assert set(units) == {group.name for group in plan.groups}
    for group in plan.groups:
        assert units[group.name].measure("households", DAY) == group.sums[0]
        assert units[group.name].parent(DAY) == group.parent


def test_a_number_of_units_is_reached_or_refused_with_what_can_be() -> None:
    plan = plan_of(villages(), form="target=4")
    assert len(plan.groups) == 4
    assert (plan.status, plan.proven) == ("optimal", (True, True))
    assert plan.bound == pytest.approx(plan.renamed_residents, abs=1)
    forced = plan.what_if(forbidden=[("v5", "v6")])
    assert len(forced.groups) == 4
    assert forced.renamed_residents >= plan.renamed_residents
    with pytest.raises(UnableToReachTarget, match="allow 2 to 6"):
        plan_of(villages(), form="target=1")


def test_what_is_not_solved_gets_a_provisional_plan_within_its_bounds() -> None:
    for form in ("law", "max-p"):
        best = plan_of(villages(), form=form)
        quick = provisional(best.posed.problem, form, 0, 1, None)
        found = dict(quick.objectives)
        assert quick.status == "feasible"
        assert by_hand._held_against(best, quick.labels).lawful
        if form == "law":
            assert tuple(found.values()) >= tuple(dict(best.solution.objectives).values())
            assert quick.bound <= found["abolished"]
        else:
            assert found["parts"] <= best.parts <= quick.bound
        assert provisional(best.posed.problem, form, 0, 1, best.solution) is best.solution
