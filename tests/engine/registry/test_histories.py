"""What holds for every history: the promises of the register, over random ones."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from unittest import mock

from histories import LATEST, histories, open_units, reorganisations, state
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from registers import ACT, CITED, RECORDED, journal_of

from tinhgon.registry import codec, events, journal, lineage
from tinhgon.registry import fold as folding
from tinhgon.registry.control import Numbered
from tinhgon.registry.fold import fold, fold_onto
from tinhgon.registry.journal import Journal
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Register

quick = settings(max_examples=50)


def numbered(found: list[events.Event]) -> list[Numbered]:
    return list(enumerate(found, 1))


@quick
@given(histories(), st.data())
def test_fold_in_parts_equals_fold_at_once(found: list[events.Event], data: st.DataObject) -> None:
    """Whether or not a base is kept to start from, and without a trace in the register started from."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(found)), max_size=3)))
    entries = numbered(found)
    with mock.patch.object(folding, "_TAIL", data.draw(st.sampled_from([0, 2, 5, 1000]))):
        register = fold([])
        for start, end in zip([0, *cuts], [*cuts, len(found)], strict=True):
            further = fold_onto(register, entries[start:end])
            assert state(register) == state(fold(entries[:start]))
            register = further
    assert state(register) == state(fold(entries))
    assert indexes(register) == indexes(fold(entries))


def indexes(register: Register) -> dict[str, object]:
    """What a register keeps to find things by, and that one thing is one object wherever it is listed."""
    for post in register.posts.values():
        assert all(register.holdings[one.id] is one for one in post.holdings)
    for held in register.holdings_of.values():
        assert all(register.holdings[one.id] is one for one in held)
    names = ("children_ever", "posts_ever", "codes", "event_by_seq", "source", "applied", "aliases")
    return {name: getattr(register, name) for name in names} | {
        "flows": (register.flows_from, register.flows_to),
        "held": {person: [one.id for one in held] for person, held in register.holdings_of.items()},
    }


@quick
@given(histories(), st.data())
def test_undo_restores(found: list[events.Event], data: st.DataObject) -> None:
    """Annulling everything after an entry gives back what held then; annulling that, what held after."""
    kept = data.draw(st.integers(0, len(found) - 1))
    undo = events.Annulled(
        effective_on=ACT, citation=CITED, targets=tuple(range(kept + 1, len(found) + 1)), reason="thử"
    )
    redo = events.Annulled(effective_on=ACT, citation=CITED, targets=(len(found) + 1,), reason="thử")
    assert state(fold(numbered([*found, undo]))) == state(fold(numbered(found[:kept])))
    assert state(fold(numbered([*found, undo, redo]))) == state(fold(numbered(found)))


def people(register: Register) -> Counter[str]:
    """Person -> posts held after all events."""
    return Counter(one.person for one in register.holdings.values() if one.closed_on is None)


@quick
@given(histories(controls=False), st.data())
def test_nobody_vanishes_in_a_reorganisation(found: list[events.Event], data: st.DataObject) -> None:
    """Whoever held a post before holds one after, or is listed as released; posts and households are accounted for."""
    before = fold(numbered(found))
    act = data.draw(reorganisations(before, found, LATEST, "z"))
    assume(isinstance(act, events.Reorganised))  # nothing is left to reorganise
    seq = len(found) + 1
    try:
        after = fold([*numbered(found), (seq, act)])
    except UnableToFold:
        return
    effects = after.effects[seq]
    released = Counter(after.holdings[id_].person for id_ in effects.released)
    assert people(before) == people(after) + released
    posts_before = {id_ for id_, post in before.posts.items() if post.closed_on is None}
    posts_after = {id_ for id_, post in after.posts.items() if post.closed_on is None}
    assert posts_after == (posts_before - set(effects.posts_closed)) | set(effects.posts_opened)
    for id_ in posts_after:
        assert after.units[after.posts[id_].unit.last].closed_on is None
    for id_ in after.units:
        parent = after.units[id_].facts["parent"].last if "parent" in after.units[id_].facts else None
        if after.units[id_].closed_on is None and parent is not None:
            assert after.units[parent].closed_on is None, f"{id_} hangs on {parent}, which has closed"
    if act.outputs:
        assert households(before) == households(after)


def households(register: Register) -> int | None:
    """Households of all villages open after all events; None when those of one are not known."""
    lines = [register.units[id_].measures.get("households") for id_ in open_units(register, "village")]
    values = [None if line is None else line.last for line in lines]
    return None if None in values else sum(values)


@quick
@given(histories())
def test_lineage_is_acyclic(found: list[events.Event]) -> None:
    """A unit that an act makes is no ancestor of what it was made from, and every line goes forward in time."""
    register = fold(numbered(found))
    for flow in register.flows:
        source, target = register.units[flow.source], register.units[flow.target]
        assert source.opened_on <= flow.on
        assert source.closed_on is None or flow.on <= source.closed_on
        if target.opened_by == flow.seq:
            above = {one.source for one in lineage.ancestry(register, flow.source, before=flow.on)}
            assert flow.target not in above | {flow.source}
        for further in lineage.descent(register, flow.target, after=flow.on):
            assert further.on > flow.on


@quick
@given(histories())
def test_a_crosswalk_shares_out_everything_once(found: list[events.Event]) -> None:
    register = fold(numbered(found))
    end = LATEST + dt.timedelta(1)
    total: Counter[str] = Counter()
    for row in lineage.crosswalk(register, ACT - dt.timedelta(400), end):
        if row.source is not None:
            total[row.source] += row.share
            assert row.target is None or register.units[row.target].is_open(end)
    assert all(abs(share - 1) < 1e-9 for share in total.values())


@quick
@given(histories(), histories(), st.data())
def test_knowing_more_never_changes_what_we_knew(
    found: list[events.Event], more: list[events.Event], data: st.DataObject
) -> None:
    """Whatever is recorded later, back-dated or annulling, a fold as known before stays what it was."""
    moments = sorted(data.draw(st.lists(st.integers(0, 50), min_size=len(found), max_size=len(found))))
    times = [RECORDED + dt.timedelta(hours=hour) for hour in moments]
    known = Journal(tuple(journal.chain((event, at, "t") for event, at in zip(found, times, strict=True))))
    later = RECORDED + dt.timedelta(hours=51)
    longer = known
    for event in more:
        try:
            longer = longer.append([event], recorded_at=later, by="t")
        except UnableToFold:
            continue
    at = RECORDED + dt.timedelta(hours=data.draw(st.integers(0, 50)))
    assert longer.entries[: len(known)] == known.entries
    assert journal.lines_of(longer.entries).startswith(journal.lines_of(known.entries))
    assert longer.as_known_at(at) == known.as_known_at(at)
    assert state(longer.as_known_at(at).fold()) == state(fold(numbered(found)[: len(known.as_known_at(at))]))


@quick
@given(histories())
def test_every_event_survives_its_journal_line(found: list[events.Event]) -> None:
    for entry, event in zip(journal_of(*found).entries, found, strict=True):
        assert codec.from_json(codec.to_json(event)) == event
        assert entry.event == event
