"""Figures of one place: what stands under it while it stands there, so that parts add up to the whole."""

from __future__ import annotations

import pytest
from tests.engine.building import CITED, act, day, measured, opened, posts, proposed, province, register_of

from tinhgon.figures import Figure, UnableToFindPlace, figures
from tinhgon.registry import events
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook

START, END = day("2018-03-08"), day("2019-10-09")
RULEBOOK = Rulebook.load()
ADD_UP = (
    "villages_obliged",
    "villages_unsettled",
    "villages_forecast",
    "village_part_time",
    "public_service_units",
)


def village(name: str, commune: str) -> list[events.Event]:
    return [
        opened(name, "village", commune),
        posts(name, "part_time", f"{name}-post"),
        measured(name, day("2019-01-01"), households=60),
    ]


def two_districts() -> Register:
    """In each district a village joined another and two more are to; then a commune changes districts."""
    made: list[events.Event] = [opened("other", "district", "province"), opened("far", "commune", "other")]
    for commune in ("commune", "far"):
        for number in range(4):
            made += village(f"{commune}-{number}", commune)
        made += [
            opened(f"{commune}-clinic", "public_service_unit", commune),
            opened(f"{commune}-school", "public_service_unit", commune),
            act(
                "absorb", [f"{commune}-clinic", f"{commune}-school"], [f"{commune}-clinic"], day("2018-09-01")
            ),
            act("absorb", [f"{commune}-0", f"{commune}-1"], [f"{commune}-0"], day("2019-02-01")),
            proposed(
                f"{commune}-plan",
                act("absorb", [f"{commune}-0", f"{commune}-2"], [f"{commune}-0"], day("2020-01-01")),
                day("2019-06-01"),
            ),
        ]
    return register_of(province(), made)


def of(register: Register, place: str | None, *codes: str) -> dict[str, Figure]:
    found = figures(register, RULEBOOK, START, END, codes or ADD_UP, place)
    return {figure.code: figure for figure in found}


def test_the_parts_add_up_to_the_whole() -> None:
    register = two_districts()
    whole, parts = of(register, None), [of(register, place) for place in ("district", "other")]
    for code, figure in whole.items():
        assert figure.value, code
        assert sum(part[code].value or 0 for part in parts) == figure.value, code
        assert sorted(seq for part in parts for seq in _seqs(part[code])) == _seqs(figure), code


def _seqs(figure: Figure) -> list[int]:
    return [counted.seq for counted in figure.trace]


def test_the_place_itself_and_the_province_give_the_same_as_the_whole_register() -> None:
    register = two_districts()
    assert of(register, "province") == of(register, None)
    assert of(register, "far")["public_service_units"] == of(register, "other")["public_service_units"]


def test_what_moves_out_of_a_place_leaves_its_figures_by_the_event_that_moved_it() -> None:
    register = register_of(
        province(),
        opened("other", "district", "province"),
        [event for number in range(3) for event in village(f"v{number}", "commune")],
        events.UnitMoved(effective_on=day("2019-05-01"), citation=CITED, unit="commune", parent="other"),
    )
    left, joined = (of(register, place, "village_part_time") for place in ("district", "other"))
    assert (left["village_part_time"].value, joined["village_part_time"].value) == (-3, 3)
    assert _seqs(left["village_part_time"]) == _seqs(joined["village_part_time"])
    assert of(register, None, "village_part_time")["village_part_time"].value == 0


def test_a_district_counts_itself_where_districts_are_counted() -> None:
    register = register_of(
        province(),
        opened("body", "party_body", "district", attributes={"function": "propaganda"}),
        opened("centre", "public_service_unit", "district", attributes={"function": "political_centre"}),
        posts("body", "head", "body-head"),
        posts("centre", "head", "centre-head"),
    )
    code = "model_propaganda_head_political_centre"
    rate = of(register, "district", code)[code].rate
    assert rate is not None
    assert (rate.numerator, rate.denominator) == (0, 1)


def test_a_place_nobody_knows_is_refused() -> None:
    with pytest.raises(UnableToFindPlace, match="nowhere"):
        of(two_districts(), "nowhere")
