"""The fold: events in, a register out. Every event is checked against what holds on its day.

Nothing here reads a clock or a file. `fold` takes numbered events in order of their sequence and applies them in
order of (day, sequence); the first one that contradicts the register is refused with the rule it breaks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from tinhgon.memory import collector_paused
from tinhgon.registry import control, events, kinds, reorganise, steps
from tinhgon.registry.fork import forked, settled
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import CODE, Proposal, Register

_TAIL = 400  # how many of the last events are folded anew when one comes that holds from an earlier day


def fold(entries: Iterable[control.Numbered], drafts_from: int | None = None) -> Register:
    """Fold numbered events into a register.

    Args:
        entries: (sequence number, event) pairs in order of sequence.
        drafts_from: entries from this number on are unsigned drafts (see `overlay`).

    Raises:
        UnableToFold: an event contradicts the register; nothing is returned.
    """
    register = Register()
    register.drafts_from = drafts_from
    register.source = list(entries)
    with collector_paused():
        found = control.settle(register.source)
        register.aliases = found.aliases
        return _applied(register, found.holding)


def fold_onto(
    register: Register, entries: Iterable[control.Numbered], drafts_from: int | None = None
) -> Register:
    """A new register with further entries; the given one stays as it is, and lends what they do not touch.

    Events that come in order cost what they touch. What is back-dated, corrected or annulled by a little is folded
    from a base some way back; anything else from the beginning. `drafts_from` as in `fold`.

    Raises:
        UnableToFold: an event contradicts the register.
    """
    more = list(entries)
    drafts_from = register.drafts_from if drafts_from is None else drafts_from
    source = [*register.source, *more]
    with collector_paused():
        start, new = _start(register, source, more)
        if start is None:
            return fold(source, drafts_from)
        further = forked(start)
        further.drafts_from, further.source, further.base = drafts_from, source, register.base
        return _applied(further, new)


def _day(item: control.Numbered) -> dt.date:
    return item[1].effective_on


def _start(
    register: Register, source: list[control.Numbered], more: list[control.Numbered]
) -> tuple[Register | None, list[control.Numbered]]:
    """The register to go on from (this one, its base, or none) and all that is to be applied to it, in order."""
    base = register.base
    if not any(isinstance(event, events.CONTROLS) for _, event in more):
        first = min(map(_day, more), default=dt.date.max)
        for start in (register, base):
            if start is not None and (not start.applied or _day(start.applied[-1]) <= first):
                new = [*register.applied[len(start.applied) :], *control.joined(more, register.aliases)]
                return start, sorted(new, key=_day)
    if base is not None:
        found, upto = control.settle(source), len(base.applied)
        if found.aliases == base.aliases and found.holding[:upto] == base.applied:
            return base, found.holding[upto:]
    return None, []


def _applied(register: Register, new: list[control.Numbered]) -> Register:
    """The register with events applied; where they are many, the one without the last of them is kept as its base."""
    cut = len(new) - _TAIL
    if cut > _TAIL:
        _apply_all(register, new[:cut], new)
        base = settled(register)
        base.base = None  # one base is enough
        register = forked(base)
        register.base = base
    _apply_all(register, new[cut:] if cut > _TAIL else new, new)
    return settled(register)


def overlay(register: Register, drafts: Iterable[events.Event]) -> Register:
    """A new register as if unsigned events were in force; the given one is untouched.

    Drafts get sequence numbers beyond every entry's.
    """
    start = max((seq for seq, _ in register.source), default=0) + 1
    return fold_onto(register, enumerate(drafts, start), drafts_from=start)


def _apply_all(
    register: Register, numbered: list[control.Numbered], everything: list[control.Numbered]
) -> None:
    appliers = _APPLIERS
    applied, by_seq = register.applied, register.event_by_seq
    for item in numbered:
        seq, event = item
        try:
            if event.signed_on is not None or event.operating_on is not None:
                check_dates(event)
            appliers[event.__class__](register, seq, event)
        except UnableToFold as refusal:
            refusal.data.update(_correction_of(register, seq, event))
            raise _placed(refusal, seq, event, everything) from None
        applied.append(item)
        by_seq[seq] = event


def _placed(
    refusal: UnableToFold, seq: int, event: events.Event, numbered: list[control.Numbered]
) -> UnableToFold:
    """The refusal with its entry; a unit that opens later is said to be early, not unknown."""
    if refusal.rule == "unknown-unit":
        wanted = refusal.data["unit"]
        for _, other in numbered:
            if wanted in control.opened_by(other):
                data = {**refusal.data, "unit": wanted, "since": other.effective_on}
                return UnableToFold("not-yet-open", seq, event.name, **data)
    return UnableToFold(refusal.rule, seq, event.name, **refusal.data)


def _correction_of(register: Register, seq: int, event: events.Event) -> dict[str, int]:
    """The entry that made this one say what it says now, if one did: there the fault is to be looked for."""
    found = [
        by
        for by, other in register.source
        if isinstance(other, events.Corrected) and other.target == seq and other.replacement == event
    ]
    return {"corrected_by": found[-1]} if found else {}


def check_dates(event: events.Event) -> None:
    """Signed, in force, operating: in that order."""
    if event.signed_on is not None and event.effective_on < event.signed_on:
        raise _out_of_order("effective_on", event.effective_on, "signed_on", event.signed_on)
    if event.operating_on is not None and event.operating_on < event.effective_on:
        raise _out_of_order("operating_on", event.operating_on, "effective_on", event.effective_on)


def _out_of_order(later_name: str, later: dt.date, earlier_name: str, earlier: dt.date) -> UnableToFold:
    return UnableToFold(
        "date-before-cause", later_name=later_name, later=later, earlier_name=earlier_name, earlier=earlier
    )


def _unit_opened(register: Register, seq: int, event: events.UnitOpened) -> None:
    steps.new_unit(register, seq, event.effective_on, event)


def _fact_changed(register: Register, seq: int, event: events.FactChanged) -> None:
    unit = steps.open_unit(register, event.unit)
    if event.fact == CODE:
        steps.set_code(register, unit, event.value, event.effective_on, seq)
    else:
        steps.set_fact(unit, steps.free_fact(event.fact), event.value or None, event.effective_on, seq)


def _unit_moved(register: Register, seq: int, event: events.UnitMoved) -> None:
    unit = steps.open_unit(register, event.unit)
    steps.set_parent(register, unit, event.hierarchy, event.parent, event.effective_on, seq)


def _measure_recorded(register: Register, seq: int, event: events.MeasureRecorded) -> None:
    unit = steps.open_unit(register, event.unit)
    for measure, value in event.measures.items():
        steps.record_measure(unit, measure, value, event.effective_on, seq)


def _headcount_recorded(register: Register, seq: int, event: events.HeadcountRecorded) -> None:
    unit = steps.open_unit(register, event.unit)
    if event.category not in kinds.HEADCOUNTS or event.assigned < 0:
        raise UnableToFold("unknown-measure", measure=event.category, value=event.assigned)
    steps.record_headcount(unit, event.category, event.assigned, event.present, event.effective_on, seq)


def _posts_opened(register: Register, seq: int, event: events.PostsOpened) -> None:
    steps.open_unit(register, event.unit)
    for new in event.posts:
        steps.open_post(register, new, event.unit, event.effective_on, seq)


def _posts_closed(register: Register, seq: int, event: events.PostsClosed) -> None:
    for id_ in event.posts:
        post = register.posts.get(id_)
        if post is None or post.closed_on is not None:
            raise UnableToFold("unknown-post", post=id_)
        steps.close_post(post, event.effective_on, seq)


def _holding_started(register: Register, seq: int, event: events.HoldingStarted) -> None:
    steps.start_holding(register, event.holding, event.person, event.post, event.effective_on, seq)


def _holding_ended(register: Register, seq: int, event: events.HoldingEnded) -> None:
    holding = register.holdings.get(event.holding)
    if holding is None or holding.closed_on is not None:
        raise UnableToFold("unknown-holding", holding=event.holding)
    holding.closed_on, holding.closed_by, holding.reason = event.effective_on, seq, event.reason


def _proposed(register: Register, seq: int, event: events.Proposed) -> None:
    if event.proposal in register.proposals:
        raise UnableToFold("overlap-proposal", proposal=event.proposal)
    reorganise.check_cardinality(event.reorganisation)
    for id_ in event.reorganisation.inputs:
        steps.open_unit(register, id_)
    register.proposals[event.proposal] = Proposal(
        event.proposal, event.scheme, seq, event.effective_on, event.reorganisation
    )
    for id_ in event.reorganisation.inputs:
        register.proposals_of.setdefault(id_, []).append(event.proposal)


def _proposal_withdrawn(register: Register, seq: int, event: events.ProposalWithdrawn) -> None:
    proposal = steps.waiting_proposal(register, event.proposal)
    proposal.withdrawn_on, proposal.withdrawn_by = event.effective_on, seq


def _claim_made(register: Register, seq: int, event: events.ClaimMade) -> None:
    if event.end < event.start:
        raise _out_of_order("end", event.end, "start", event.start)
    register.claims[seq] = event


_APPLIERS: dict[type[events.Event], Callable[[Register, int, Any], None]] = {
    events.UnitOpened: _unit_opened,
    events.FactChanged: _fact_changed,
    events.UnitMoved: _unit_moved,
    events.MeasureRecorded: _measure_recorded,
    events.HeadcountRecorded: _headcount_recorded,
    events.PostsOpened: _posts_opened,
    events.PostsClosed: _posts_closed,
    events.HoldingStarted: _holding_started,
    events.HoldingEnded: _holding_ended,
    events.Reorganised: reorganise.apply,
    events.Proposed: _proposed,
    events.ProposalWithdrawn: _proposal_withdrawn,
    events.ClaimMade: _claim_made,
}
