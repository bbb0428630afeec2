"""What an act does to codes, children, names and proposals, at the edges."""

from __future__ import annotations

import attrs
import pytest
from tests.engine.building import CITED, act, day, opened, proposed, province, register_of

from tinhgon.registry import events
from tinhgon.registry.refusals import UnableToFold

ON = day("2019-01-15")
UNDER = {"administrative": "commune"}


def refused(*story: object) -> UnableToFold:
    with pytest.raises(UnableToFold) as caught:
        register_of(*story)  # type: ignore[arg-type]  # events and lists of them
    return caught.value


def coded() -> list[events.Event]:
    return [*province(), *(opened(id_, "village", "commune", code=id_.upper()) for id_ in "ab")]


HALVES = (
    events.Flow("a", "a", 0.5),
    events.Flow("a", "b", 0.5),
    events.Flow("b", "b"),
)


def test_units_that_go_on_may_swap_codes_in_one_act() -> None:
    outputs = [events.Output("a", code="B"), events.Output("b", code="A")]
    register = register_of(coded(), act("transfer", ["a", "b"], outputs, ON, flows=HALVES))
    assert [register.units[id_].code(ON) for id_ in "ab"] == ["B", "A"]


@pytest.mark.parametrize("new_first", [True, False])
def test_a_new_unit_may_take_the_code_an_old_one_gives_up(new_first: bool) -> None:
    """The part with the old seat keeps the code, in whatever order the parts are written."""
    outputs = [events.Output("c", "village", "C", "A", UNDER), events.Output("a", code="A2")]
    flows = (events.Flow("a", "c", 0.5), events.Flow("a", "a", 0.5))
    act_ = act("split", ["a"], outputs if new_first else outputs[::-1], ON, flows=flows)
    register = register_of(coded(), act_)
    assert [register.units[id_].code(ON) for id_ in "ac"] == ["A2", "A"]
    assert register.units["a"].code(day("2019-01-14")) == "A"


def test_two_outputs_of_one_act_cannot_take_one_code() -> None:
    outputs = [events.Output("a", code="X"), events.Output("b", code="X")]
    assert refused(coded(), act("transfer", ["a", "b"], outputs, ON, flows=HALVES)).rule == "overlap-code"


def test_an_output_stands_in_an_act_once() -> None:
    """Twice the same would let the other unit close under a label that says that all go on."""
    flows = (events.Flow("a", "a"), events.Flow("b", "a"))
    assert refused(coded(), act("transfer", ["a", "b"], ["a", "a"], ON, flows=flows)).rule == "cardinality"


def test_a_child_of_both_hierarchies_goes_where_the_act_says_in_both() -> None:
    both = {"administrative": "a", "party": "a"}
    cell = opened("cell", "party_cell", parents=both)
    outputs = [events.Output(id_, "village", id_, parents=UNDER) for id_ in ("c", "d")]
    flows = (events.Flow("a", "c", 0.5), events.Flow("a", "d", 0.5))
    act_ = act("split", ["a"], outputs, ON, flows=flows, children={"cell": "d"})
    register = register_of(coded(), cell, act_)
    assert {register.units["cell"].parent(ON, hierarchy) for hierarchy in both} == {"d"}
    assert refused(coded(), cell, attrs.evolve(act_, children={})).rule == "left-hanging"


def test_ids_are_not_empty() -> None:
    """An empty id would mean "released" in a headcount and "none" in a parent."""
    assert refused(province(), opened("", "village", "commune", title="Thôn 1")).rule == "missing-detail"


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        (act("merge", ["a"], [events.Output("c", "village", "C")], ON), "cardinality"),
        (act("conquer", ["a", "b"], ["a"], ON), "unknown-act"),
        (act("dissolve", [], [], ON), "cardinality"),
    ],
)
def test_a_proposal_is_an_act_that_could_be_signed(draft: events.Reorganised, rule: str) -> None:
    assert refused(coded(), proposed("p", attrs.evolve(draft, signed_on=None), ON)).rule == rule


def test_opened_and_merged_on_one_day_in_order_of_the_journal() -> None:
    new = opened("c", "village", "commune", on=ON)
    merger = act("absorb", ["a", "c"], ["a"], ON)
    register = register_of(coded(), new, merger)
    assert register.units["c"].opened_on == register.units["c"].closed_on == ON
    assert [unit.id for unit in register.units_on(ON, ["village"])] == ["a", "b"]
    assert refused(coded(), merger, new).rule == "not-yet-open"


def test_a_rename_to_the_same_name_is_no_act() -> None:
    changed = act("rename", ["a"], [events.Output("a", title="Thôn A")], ON)
    assert register_of(coded(), changed).units["a"].name(ON) == "Thôn A"
    for same in (events.Output("a", title="a"), events.Output("a")):
        assert refused(coded(), attrs.evolve(changed, outputs=(same,))).rule == "nothing-changes"
    kept = act("convert", ["a"], [events.Output("a", kind="village", title="Thôn A")], ON)
    assert refused(coded(), kept).rule == "nothing-changes"


def test_citations_name_the_entry_and_stay_with_the_act() -> None:
    register = register_of(coded(), act("absorb", ["a", "b"], ["b"], ON))
    assert register.event_by_seq[register.flows[0].seq].citation == CITED
