"""Corrections, annulments and duplicate records where they meet one another and the acts of the register."""

from __future__ import annotations

import attrs
import pytest
from tests.engine.building import (
    CITED,
    act,
    day,
    held,
    measured,
    opened,
    posts,
    proposed,
    province,
    register_of,
)

from tinhgon.registry import events
from tinhgon.registry.refusals import UnableToFold

MID, LATER = day("2019-01-15"), day("2019-05-01")


def same(keep: str, *duplicates: str) -> events.Deduplicated:
    return events.Deduplicated(effective_on=LATER, citation=CITED, keep=keep, duplicates=duplicates)


def corrected(target: int, replacement: events.Event) -> events.Corrected:
    return events.Corrected(effective_on=LATER, citation=CITED, target=target, replacement=replacement)


def annulled(*targets: int) -> events.Annulled:
    return events.Annulled(effective_on=LATER, citation=CITED, targets=targets, reason="nhầm")


def twice() -> list[events.Event]:
    """Entries 5 to 7 are three records of one village; a cell hangs on the last one."""
    return [
        *province(),
        opened("a", "village", "commune"),
        opened("b", "village", "commune"),
        opened("c", "village", "commune"),
        opened("cell", "party_cell", "c"),
        posts("c", "part_time", "post"),
    ]


def test_records_joined_one_after_the_other_end_in_the_last_one_kept() -> None:
    """c is a duplicate of b, and then b one of a: whatever hung on c hangs on a."""
    register = register_of(twice(), same("b", "c"), same("a", "b"))
    assert register.units["cell"].parent(MID) == "a"
    assert register.posts["post"].unit.at(MID) == "a"
    assert register.unit("c") is register.unit("b") is register.units["a"]
    assert set(register.units) >= {"a", "cell"} > {"b", "c"} & set(register.units)


@pytest.mark.parametrize(
    "wrong", [same("nowhere", "c"), same("a", "nowhere"), same("district", "c", "nowhere")]
)
def test_only_units_of_the_register_are_joined(wrong: events.Deduplicated) -> None:
    """Otherwise a slip in the id kept would make a unit vanish."""
    with pytest.raises(UnableToFold) as caught:
        register_of(twice()[:7], wrong)
    assert (caught.value.rule, caught.value.seq, caught.value.data["unit"]) == ("unknown-unit", 8, "nowhere")


def test_annulling_a_join_gives_both_records_back() -> None:
    register = register_of(twice(), same("a", "b"), annulled(10))
    assert {"a", "b", "c"} <= set(register.units)
    assert register.aliases == {}


def test_an_act_over_both_records_takes_the_unit_in_once() -> None:
    """Recorded before anybody saw that b and c are one: shares that left either are those of the one kept."""
    merger = act(
        "merge",
        ["a", "b", "c"],
        [events.Output("d", "village", "D", parents={"administrative": "commune"})],
        MID,
        flows=(events.Flow("a", "d"), events.Flow("b", "d"), events.Flow("c", "d")),
    )
    story = [
        *twice(),
        measured("a", households=50),
        measured("b", households=70),
        measured("c", households=71),
    ]
    register = register_of(story, merger, same("b", "c"))
    assert [flow.source for flow in register.flows] == ["a", "b"]
    assert register.units["d"].measure("households", MID) == 120


def test_a_proposal_over_a_duplicate_is_one_over_the_unit_kept() -> None:
    draft = act("absorb", ["a", "c"], ["a"], MID, signed_on=None)
    done = attrs.evolve(draft, signed_on=MID, carries_out=("p",))
    register = register_of(twice(), proposed("p", draft, MID), done, same("b", "c"))
    assert register.proposals["p"].reorganisation.inputs == ("a", "b")
    assert register.proposals["p"].done_on == MID


@pytest.mark.parametrize(
    "replacement", [annulled(5), corrected(5, measured("a", households=1)), same("a", "b")]
)
def test_a_correction_says_what_the_entry_should_have_said_itself(replacement: events.Event) -> None:
    """To annul or to join is a new entry, not another reading of an old one."""
    with pytest.raises(UnableToFold) as caught:
        register_of(twice(), corrected(6, replacement))
    assert (caught.value.rule, caught.value.seq) == ("unknown-entry", 10)


def test_a_correction_that_comes_before_its_cause_says_since_when_the_unit_is_there() -> None:
    """The unit was made by an act: it is early, not unknown."""
    merger = act("merge", ["a", "b"], [events.Output("d", "village", "D")], MID)
    story = [*twice(), merger, measured("d", LATER, households=3)]
    with pytest.raises(UnableToFold) as caught:
        register_of(story, corrected(11, measured("d", day("2018-12-31"), households=3)))
    assert caught.value.rule == "not-yet-open"
    assert caught.value.data["since"] == MID
    assert caught.value.message("vi").startswith("dòng 11 (số liệu đo đếm, theo đính chính ở dòng 12): ")
    assert caught.value.message("en").startswith("entry 11 (measure recorded, as corrected by entry 12): ")


def test_annulling_what_others_rest_on_is_refused_and_annulling_all_of_it_is_not() -> None:
    story = [*twice(), held("post", "an", MID)]
    with pytest.raises(UnableToFold, match="unknown-post"):
        register_of(story, annulled(9))
    assert register_of(story, annulled(9, 10)).holdings == {}


def test_an_annulled_annulment_of_a_correction_leaves_the_correction_in_force() -> None:
    story = [*twice(), measured("a", MID, households=9), corrected(10, measured("a", MID, households=90))]
    assert register_of(story).units["a"].measure("households", MID) == 90
    assert register_of(story, annulled(11)).units["a"].measure("households", MID) == 9
    assert register_of(story, annulled(11), annulled(12)).units["a"].measure("households", MID) == 90
