"""Every figure equals what a count by hand on both days says, and rests on the events it names."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.building import CITED, act, closed, day, held, left, opened, posts, province, register_of

from tinhgon.figures import Figure, figures
from tinhgon.registry import events, kinds
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook

RULEBOOK = Rulebook.load()
DAYS = [day(f"2018-03-{number:02}") for number in (1, 2, 3, 4, 5)]
CODES = (
    "provincial_focal_points",
    "divisions",
    "division_leaders",
    "village_part_time",
    "public_service_units",
    "public_service_heads",
)
HOMES = ("dep", "agency", "d0", "d1", "s0", "v0", "v1")
quick = settings(max_examples=40)


def base() -> list[events.Event]:
    return [
        *province(),
        opened("dep", "department", "province"),
        opened("agency", "department", "district"),
        *(opened(f"d{n}", kind, "dep") for n, kind in enumerate(("division", "board", "sub_department"))),
        *(opened(f"s{n}", "public_service_unit", "district") for n in range(3)),
        *(opened(f"v{n}", "village", "commune") for n in range(3)),
        *(posts(home, role, f"{home}-{role}") for home in HOMES for role in ("head", "part_time")),
        *(held(f"{home}-head", f"p{number % 3}") for number, home in enumerate(HOMES)),
    ]


def _lasting(on: dt.date, draw: st.DrawFn, fresh: str) -> events.Event:
    """Openings, closings and mergers: nothing that another event would do in its place.

    So units that may close have no post that closes by itself: then either of two events would do.
    """
    family = draw(st.sampled_from("dsv"))
    stays, goes = f"{family}{draw(st.integers(0, 2))}", f"{family}{draw(st.integers(1, 2))}"
    home = draw(st.sampled_from(("dep", "agency", "d0", "s0", "v0")))
    choice = draw(st.integers(0, 4))
    if choice == 0:
        return act("absorb", [stays, goes], [stays], on)
    if choice == 1:
        return act("dissolve", [goes], [], on)
    if choice == 2:
        return posts(home, draw(st.sampled_from(("head", "part_time"))), fresh, on=on)
    if choice == 3:
        return closed(f"{home}-{draw(st.sampled_from(('head', 'part_time')))}", on=on)
    return opened(fresh, draw(st.sampled_from(("division", "public_service_unit"))), "dep", on)


def _moving(on: dt.date, draw: st.DrawFn) -> events.Event:
    """Parents, kinds and holders change, there and back again."""
    person, home = f"p{draw(st.integers(0, 2))}", draw(st.sampled_from(HOMES))
    choice = draw(st.integers(0, 3))
    if choice == 0:
        unit, parent = (
            draw(st.sampled_from(("dep", "d0", "s0"))),
            draw(st.sampled_from(("province", "district"))),
        )
        return events.UnitMoved(effective_on=on, citation=CITED, unit=unit, parent=parent)
    if choice == 1:
        kind = draw(st.sampled_from(("division", "public_service_unit", "department")))
        return act("convert", [unit := draw(st.sampled_from(("d0", "s0")))], [events.Output(unit, kind)], on)
    if choice == 2:
        return left(f"{home}-head", person, on)
    return held(f"{home}-head", person, on, holding=f"h-{home}-head-{person}")


@st.composite
def stories(draw: st.DrawFn, moving: bool) -> list[events.Event]:
    """Events that fold, on few days so that they meet each other and the window's ends."""
    story = base()
    for number in range(draw(st.integers(1, 10))):
        on = draw(st.sampled_from(DAYS))
        event = _moving(on, draw) if moving and draw(st.booleans()) else _lasting(on, draw, f"new-{number}")
        try:
            register_of(story, event)
        except UnableToFold:
            continue
        story.append(event)
    return story


def by_hand(register: Register, on: dt.date) -> dict[str, int]:
    """The populations at the end of a day, counted one by one through the register's own reading."""
    there = list(register.units_on(on))
    divisions = [
        unit
        for unit in there
        if unit.kind(on) in kinds.DIVISION_KINDS and register.level(unit.id, on) == "province"
    ]
    services = [unit for unit in there if unit.kind(on) == "public_service_unit"]
    focal = [
        unit
        for unit in there
        if kinds.FAMILY[unit.kind(on)] == "organisation" and unit.parent(on) == "province"
    ]
    villages = [unit for unit in there if unit.kind(on) in kinds.VILLAGE_KINDS]
    leaders = {
        holder.person
        for unit in divisions
        for post in register.posts_on(unit.id, on)
        if post.role in ("head", "deputy") and (holder := post.holder(on)) is not None
    }
    role = {
        name: sum(post.role == name for unit in units for post in register.posts_on(unit.id, on))
        for name, units in (("head", services), ("part_time", villages))
    }
    counts = (len(focal), len(divisions), len(leaders), role["part_time"], len(services), role["head"])
    return dict(zip(CODES, counts, strict=True))


def measured(register: Register, start: dt.date, end: dt.date) -> dict[str, Figure]:
    return {found.code: found for found in figures(register, RULEBOOK, start, end, CODES)}


window = st.lists(st.sampled_from(DAYS), min_size=2, max_size=2).map(sorted)


@quick
@given(stories(moving=True), window)
def test_a_figure_is_the_difference_of_two_counts_and_the_sum_of_its_events(
    story: list[events.Event], days: list[dt.date]
) -> None:
    register = register_of(story)
    start, end = days
    before, after = by_hand(register, start), by_hand(register, end)
    for code, found in measured(register, start, end).items():
        assert found.value == after[code] - before[code], code
        assert found.value == sum(one.delta for one in found.trace), code
        assert all(one.delta and start < one.effective_on <= end for one in found.trace)


@quick
@given(stories(moving=False), window)
def test_dropping_a_counted_event_changes_the_figures_that_count_it_and_no_other(
    story: list[events.Event], days: list[dt.date]
) -> None:
    start, end = days
    found = measured(register_of(story), start, end)
    for seq in {one.seq for figure in found.values() for one in figure.trace}:
        try:
            register = register_of(story[: seq - 1], story[seq:])
        except UnableToFold:
            continue
        for code, figure in measured(register, start, end).items():
            counts = any(one.seq == seq for one in found[code].trace)
            assert (figure.value != found[code].value) == counts, code
