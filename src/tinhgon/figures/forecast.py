"""What the register would be once the schemes still waiting are in force: an overlay, never a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from tinhgon.registry import events
from tinhgon.registry.fold import fold
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Proposal, Register


@attrs.frozen(slots=True)
class Forecast:
    """A register with waiting proposals in force.

    `proposed_by` maps a draft's number to the entry that proposed it; `unfit` are proposals that contradict the
    register as it now is (their units have changed since they were made) and are left out.
    """

    register: Register
    proposed_by: dict[int, int]
    unfit: tuple[Proposal, ...]


def waiting(register: Register, on: dt.date, kinds: Iterable[str]) -> list[Proposal]:
    """Proposals waiting on a day whose units are of some kinds."""
    wanted = frozenset(kinds)
    return [
        proposal
        for proposal in register.proposals.values()
        if proposal.is_waiting(on)
        and all(register.units[id_].kind(on) in wanted for id_ in proposal.reorganisation.inputs)
    ]


def as_if_in_force(register: Register, on: dt.date, proposals: Iterable[Proposal]) -> Forecast:
    """What held on a day, with proposals put in force on that day; those that do not fit are left out and named.

    Drafts that the register holds already (it is itself seen as if a scheme were in force) stay drafts.
    """
    held = sorted((item for item in register.applied if item[1].effective_on <= on), key=_seq)
    start = max((seq for seq, _ in register.applied), default=0) + 1
    drafts_from = start if register.drafts_from is None else register.drafts_from
    fit, unfit = _with_open_units(register, on, proposals)
    drafts = {start + index: proposal for index, proposal in enumerate(fit)}
    while True:
        unsigned = [(seq, _draft(proposal, on)) for seq, proposal in drafts.items()]
        try:
            overlaid = fold([*held, *unsigned], drafts_from)
        except UnableToFold as refusal:
            if refusal.seq not in drafts:
                raise
            unfit.append(drafts.pop(refusal.seq))
        else:
            return Forecast(overlaid, {seq: proposal.seq for seq, proposal in drafts.items()}, tuple(unfit))


def _with_open_units(
    register: Register, on: dt.date, proposals: Iterable[Proposal]
) -> tuple[list[Proposal], list[Proposal]]:
    """Proposals whose units are all there, and the others: some closed since, some go by an earlier proposal."""
    fit: list[Proposal] = []
    unfit: list[Proposal] = []
    gone: set[str] = set()
    for proposal in proposals:
        act = proposal.reorganisation
        if all(id_ not in gone and register.units[id_].is_open(on) for id_ in act.inputs):
            fit.append(proposal)
            gone.update(set(act.inputs) - {out.unit for out in act.outputs})
        else:
            unfit.append(proposal)
    return fit, unfit


def _draft(proposal: Proposal, on: dt.date) -> events.Reorganised:
    act = proposal.reorganisation
    return attrs.evolve(act, effective_on=on, signed_on=None, operating_on=None, carries_out=())


def _seq(item: tuple[int, events.Event]) -> int:
    return item[0]
