"""The proposals of the journal that a unit is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest

from tinhgon.citations import Citation
from tinhgon.registry.state import Proposal, Register
from tinhgon_web.apparatus import selectors, words
from tinhgon_web.apparatus.remembered import remembered
from tinhgon_web.apparatus.schemes_of import SchemeOfUnit
from tinhgon_web.core.asof import Request
from tinhgon_web.documents.selectors import by_id


def schemes_of_unit(request: HttpRequest, unit: str) -> Iterator[SchemeOfUnit]:
    """Proposals that take the unit in or make it; one query when there are any."""
    asof = cast(Request, request).asof
    register = selectors.register(asof)
    found = [one for one in _by_unit(register).get(unit, ()) if one.proposed_on <= asof.on]
    citations = {one.id: register.event_by_seq[one.seq].citation for one in found}
    overtaking = {one.id: _overtaking(one, register, asof.on) for one in found}
    cited = [*citations.values(), *(citation for citation in overtaking.values() if citation is not None)]
    documents = by_id(citation.document for citation in cited) if found else {}
    for one in found:
        citation = citations[one.id]
        state, on = _state(one, asof.on)
        decision = overtaking[one.id]
        yield SchemeOfUnit(
            says=words.describe(one.reorganisation, register, {}),
            since=one.proposed_on,
            state=state,
            on=on,
            document=documents.get(citation.document),
            cited=citation.document,
            clause=citation.clause,
            overtaken_by=None
            if decision is None
            else (documents.get(decision.document), decision.document, decision.clause),
        )


@remembered
def _by_unit(register: Register) -> dict[str, list[Proposal]]:
    """Unit -> the proposals that take it in or make it, in order."""
    found: dict[str, list[Proposal]] = {}
    for proposal in register.proposals.values():
        act = proposal.reorganisation
        for unit in dict.fromkeys((*act.inputs, *(out.unit for out in act.outputs))):
            found.setdefault(unit, []).append(proposal)
    return found


def _state(proposal: Proposal, on: dt.date) -> tuple[str, dt.date | None]:
    if proposal.done_on is not None and proposal.done_on <= on:
        return "done", proposal.done_on
    if proposal.withdrawn_on is not None and proposal.withdrawn_on <= on:
        return "withdrawn", proposal.withdrawn_on
    if proposal.is_overtaken(on):
        return "overtaken", proposal.overtaken_on
    return "waiting", None


def _overtaking(proposal: Proposal, register: Register, on: dt.date) -> Citation | None:
    """The clause of the act that overtook a proposal by a day."""
    by = proposal.overtaken_by
    return None if by is None or not proposal.is_overtaken(on) else register.event_by_seq[by].citation
