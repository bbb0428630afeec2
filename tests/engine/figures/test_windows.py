"""Figures at the edges of their window, and what later events may not change in it."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from tests.engine.building import (
    CITED,
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

from tinhgon.figures import CATALOGUE, Figure, compare_claims, figures
from tinhgon.registry import events
from tinhgon.registry.journal import Journal
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook

START, END = day("2018-03-08"), day("2019-10-09")
MID, LATER = day("2019-01-15"), day("2020-02-01")
RULEBOOK = Rulebook.load()
DAY = dt.timedelta(days=1)
DONE = "districts_service_units_done"


def figure(register: Register, code: str, start: dt.date = START, end: dt.date = END) -> Figure:
    [found] = figures(register, RULEBOOK, start, end, [code])
    return found


def counted(found: Figure) -> list[tuple[int, int | float]]:
    return [(one.seq, one.delta) for one in found.trace]


def moved(unit: str, parent: str, on: dt.date) -> events.UnitMoved:
    return events.UnitMoved(effective_on=on, citation=CITED, unit=unit, parent=parent)


def withdrawn(proposal: str, on: dt.date) -> events.ProposalWithdrawn:
    return events.ProposalWithdrawn(effective_on=on, citation=CITED, proposal=proposal)


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_window_may_end_on_the_last_day_there_is(code: str) -> None:
    register = register_of(province(), opened("d", "department", "province"), posts("d", "head", "p"))
    assert not figure(register, code, START, dt.date.max).value


def test_what_moves_away_from_the_province_takes_its_divisions_along() -> None:
    story = [
        *province(),
        opened("department", "department", "province"),
        opened("d1", "division", "department"),
        opened("d2", "board", "department"),
        posts("d1", "head", "h1"),
        held("h1", "an"),
        moved("department", "district", MID),
    ]
    register = register_of(story)
    assert counted(figure(register, "divisions")) == [(10, -2)]
    assert counted(figure(register, "division_leaders")) == [(10, -1)]
    assert counted(figure(register, "provincial_focal_points")) == [(10, -1)]
    back = register_of(story, moved("department", "province", END))
    assert counted(figure(back, "divisions")) == [(10, -2), (11, 2)]


def test_a_unit_that_comes_goes_and_comes_back_in_one_day_is_counted_by_the_event_that_held() -> None:
    register = register_of(
        province(),
        opened("department", "department", "district"),
        opened("d", "division", "department"),
        moved("department", "province", MID),
        moved("department", "district", MID),
        moved("department", "province", MID),
    )
    assert counted(figure(register, "divisions")) == [(9, 1)]


def test_a_person_with_overlapping_posts_counts_from_the_first_to_the_last() -> None:
    register = register_of(
        province(),
        opened("department", "department", "province"),
        opened("d", "division", "department"),
        posts("d", "head", "p"),
        posts("d", "deputy", "q"),
        held("p", "an", day("2018-04-01")),
        held("q", "an", day("2018-05-01")),
        left("p", "an", day("2018-06-01")),
        left("q", "an", END),
    )
    assert counted(figure(register, "division_leaders")) == [(9, 1), (12, -1)]
    assert figure(register, "division_leaders", START, MID).value == 1


def villages(**households: int) -> list[events.Event]:
    found: list[events.Event] = []
    for name, count in households.items():
        found += [opened(name, "village", "commune"), measured(name, households=count)]
    return found


def draft(*inputs: str) -> events.Reorganised:
    return act("absorb", inputs, inputs[:1], MID, signed_on=None)


def test_the_forecast_counts_a_village_opened_on_the_last_day() -> None:
    register = register_of(
        province(),
        villages(a=90),
        opened("b", "village", "commune", END),
        proposed("p", draft("a", "b"), END),
    )
    assert counted(figure(register, "villages_forecast")) == [(8, -1)]


def test_of_schemes_that_overlap_the_first_one_counts() -> None:
    register = register_of(
        province(),
        villages(a=90, b=80, c=70),
        proposed("p", draft("a", "b"), MID),
        proposed("q", draft("c", "b"), MID),
        proposed("r", draft("a", "c"), MID),
    )
    assert counted(figure(register, "villages_forecast")) == [(11, -1), (13, -1)]


def test_the_forecast_of_a_day_knows_nothing_of_later_days() -> None:
    done = attrs.evolve(draft("a", "b"), effective_on=LATER, signed_on=LATER, carries_out=("p",))
    story = [*province(), *villages(a=90, b=80), proposed("p", draft("a", "b"), MID)]
    for later in (done, withdrawn("p", LATER), act("dissolve", ["b"], [], LATER)):
        assert figure(register_of(story, later), "villages_forecast").value == -1


def test_a_proposal_is_overtaken_once_one_of_its_units_ceases_by_another_act() -> None:
    story = [*province(), *villages(a=90, b=80, c=70), proposed("p", draft("b", "c"), START)]
    other = act("absorb", ["a", "b"], ["a"], MID)
    register = register_of(story, other)
    found = register.proposals["p"]
    assert (found.overtaken_on, found.overtaken_by) == (MID, register.applied[-1][0])
    assert found.is_waiting(MID - DAY)
    assert not found.is_waiting(MID)
    assert found.is_overtaken(END)
    assert not found.is_settled(END)
    assert figure(register, "villages_forecast").value == 0
    assert figure(register, "villages_unsettled").value == 1


def test_a_proposal_waits_on_while_its_units_stand() -> None:
    story = [*province(), *villages(a=90, b=80, c=70), proposed("p", draft("a", "c"), START)]
    assert register_of(story, act("absorb", ["a", "b"], ["a"], MID)).proposals["p"].is_waiting(END)


def test_an_act_that_is_annulled_overtook_nothing() -> None:
    story = [*province(), *villages(a=90, b=80, c=70), proposed("p", draft("b", "c"), START)]
    story.append(act("absorb", ["a", "b"], ["a"], MID))
    last = register_of(story).applied[-1][0]
    void = events.Annulled(effective_on=END, citation=CITED, targets=(last,), reason="sai")
    assert register_of(story, void).proposals["p"].is_waiting(END)


def test_a_proposal_carried_out_or_withdrawn_is_not_overtaken() -> None:
    story = [*province(), *villages(a=90, b=80, c=70), proposed("p", draft("b", "c"), START)]
    for ending in (done("p", "b", "c"), withdrawn("p", START + DAY)):
        later = act("absorb", ["a", "b"], ["a"], END)
        assert not register_of(story, ending, later).proposals["p"].is_overtaken(END)


def services() -> list[events.Event]:
    """Four units in the district, two in another; entries 6 to 11."""
    found: list[events.Event] = [*province(), opened("town", "town", "province")]
    found += [opened(f"s{n}", "public_service_unit", "district") for n in range(4)]
    return [*found, *(opened(f"t{n}", "public_service_unit", "town") for n in range(2))]


def done(proposal: str, *inputs: str, on: dt.date = MID) -> events.Reorganised:
    return attrs.evolve(draft(*inputs), effective_on=on, signed_on=on, carries_out=(proposal,))


def test_a_scheme_added_or_withdrawn_later_does_not_undo_a_district() -> None:
    story = [*services(), proposed("p", draft("s0", "s1"), START), done("p", "s0", "s1")]
    added = proposed("q", draft("s2", "s3"), LATER)
    assert figure(register_of(story), DONE).value == 1
    assert figure(register_of(story, added), DONE).value == 1
    assert figure(register_of(story, added), DONE, END, LATER).value == 0


def test_a_scheme_withdrawn_after_the_window_still_waits_in_it() -> None:
    story = [
        *services(),
        proposed("p", draft("s0", "s1"), START),
        proposed("q", draft("s2", "s3"), START),
        done("p", "s0", "s1"),
        withdrawn("q", LATER),
    ]
    register = register_of(story)
    assert figure(register, DONE).value == 0
    assert counted(figure(register, DONE, START, LATER)) == [(14, 0), (15, 1)]
    assert counted(figure(register, DONE, END, LATER)) == [(14, 0), (15, 1)]


def test_a_district_where_every_scheme_was_given_up_is_not_done() -> None:
    register = register_of(services(), proposed("p", draft("s0", "s1"), START), withdrawn("p", MID))
    assert figure(register, DONE).value == 0


def test_a_scheme_over_two_districts_is_one_of_both() -> None:
    merger = act("absorb", ["s0", "t0"], ["s0"], MID, signed_on=None)
    story = [*services(), proposed("p", merger, START), proposed("q", draft("t0", "t1"), START)]
    enacted = attrs.evolve(merger, signed_on=MID, carries_out=("p",))
    register = register_of(story, enacted)
    assert counted(figure(register, DONE)) == [(14, 1)]
    both = register_of(story[:-1], enacted)
    assert counted(figure(both, DONE)) == [(13, 2)]


def test_the_events_of_a_done_district_add_up_to_one() -> None:
    register = register_of(
        services(),
        proposed("p", draft("s0", "s1"), START),
        proposed("q", draft("s2", "s3"), START),
        done("q", "s2", "s3", on=MID),
        done("p", "s0", "s1", on=END),
    )
    assert counted(figure(register, DONE)) == [(14, 0), (15, 1)]


def test_places_that_reach_a_model_by_one_act_are_all_counted_by_it() -> None:
    """One act gives two villages a cell secretary who is the village head."""
    story: list[events.Event] = [*province()]
    for name in ("a", "b"):
        story += [opened(name, "village", "commune"), opened(f"cell-{name}", "party_cell", name)]
        story += [posts(name, "head", f"{name}-old"), posts(f"cell-{name}", "secretary", f"{name}-sec")]
        story += [held(f"{name}-old", name), held(f"{name}-sec", name)]
    merger = act(
        "rearrange",
        ["a", "b"],
        [events.Output(id_, "village", id_, parents={"administrative": "commune"}) for id_ in ("c", "d")],
        MID,
        flows=(events.Flow("a", "c"), events.Flow("b", "d")),
        new_posts=(events.NewPost("c-head", "head", "", "c"), events.NewPost("d-head", "head", "", "d")),
        holders=(
            events.Placement("h-a-old-a", "c-head", "n1"),
            events.Placement("h-b-old-b", "d-head", "n2"),
        ),
    )
    found = figure(register_of(story, merger), "model_cell_secretary_village_head")
    assert (found.value, counted(found)) == (100.0, [(17, 2)])


def claim(value: float, start: dt.date, end: dt.date, code: str = "commune_part_time") -> events.ClaimMade:
    return events.ClaimMade(
        effective_on=end, citation=CITED, indicator=code, value=value, start=start, end=end
    )


def test_claims_are_held_against_their_own_window() -> None:
    register = register_of(
        province(),
        posts("commune", "part_time", "x", "y"),
        closed("x", on=MID),
        closed("y", on=END),
        claim(-1, START, MID),
        claim(-2, START, END),
        claim(-2, MID, END),
        claim(3, START, END, "unheard_of"),
    )
    compared = compare_claims(register, RULEBOOK)
    assert [(item.difference, item.agrees) for item in compared] == [
        (0, True),
        (0, True),
        (-1, False),
        (None, False),
    ]


def test_differences_of_percentages_are_told_to_their_decimals() -> None:
    """60.57 - 60.56 is 0.01 on paper."""
    story: list[events.Event] = [*province()]
    for number in range(71):
        name = f"v{number}"
        story += [opened(name, "village", "commune"), opened(f"cell-{name}", "party_cell", name)]
        story += [posts(name, "head", f"{name}-h"), posts(f"cell-{name}", "secretary", f"{name}-s")]
        story += [held(f"{name}-h", name), held(f"{name}-s", name if number < 43 else "other")]
    register = register_of(story, claim(60.57, START, END, "model_cell_secretary_village_head"))
    [compared] = compare_claims(register, RULEBOOK)
    assert compared.difference == 0.01


def test_dropping_an_entry_drops_what_only_corrects_or_annuls_it() -> None:
    """An experiment without an entry is one without its corrections; numbers and targets follow."""
    wrong = closed("x", on=END)
    found = [
        *province(),
        posts("commune", "part_time", "x", "y", "z"),
        wrong,
        events.Corrected(effective_on=END, citation=CITED, target=6, replacement=closed("x", on=MID)),
        closed("y", on=MID),
        closed("z", on=MID),
        events.Annulled(effective_on=END, citation=CITED, targets=(7, 9), reason="nhầm"),
    ]
    journal = Journal().append(found, recorded_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), by="t")
    assert figure(journal.fold(), "commune_part_time").value == -2
    without = journal.without([6])
    assert [entry.event.name for entry in without.entries[5:]] == ["posts_closed", "posts_closed", "annulled"]
    assert without.entries[-1].event.targets == (7,)  # type: ignore[attr-defined]  # an annulment
    assert figure(without.fold(), "commune_part_time").value == -1
    assert [entry.event.name for entry in journal.without([7, 9]).entries[5:]] == ["posts_closed"] * 2
