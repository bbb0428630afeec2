"""What a matter proposes: groups, maps and figures of the version asked about; villages; public papers."""

from __future__ import annotations

import datetime as dt

import attrs
from django.db.models import Q, QuerySet

from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.consultation.models import Roll
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.selectors import Wanted
from tinhgon_web.portal import library
from tinhgon_web.portal.consulted.matters import Matter
from tinhgon_web.schemes.models import Move, OpenPaper, Paper
from tinhgon_web.schemes.selectors.proposal import Proposal, proposal


@attrs.frozen(slots=True)
class Village:
    """A unit whose people are asked: its name on the day, and what finds it in the look-up."""

    unit: str
    name: str
    asked_as: str


def proposal_of(matter: Matter) -> Proposal | None:
    """The version of the scheme people were asked about; None where the scheme was made on paper."""
    held = matter.last
    if held.scheme is None or held.version is None:
        return None
    return proposal(held.scheme, held.version)


def villages(matter: Matter) -> list[Village]:
    """The units on the rolls of its rounds."""
    register = registers.register(registers.head())
    rows = Roll.objects.filter(round__in=matter.rounds).order_by("round__number", "pk")
    units = dict.fromkeys(rows.values_list("unit", flat=True))
    return [_village(register, unit, matter.rounds[0].law_on) for unit in units if unit in register.units]


def _village(register: Register, id_: str, on: dt.date) -> Village:
    unit = register.units[id_]
    name, parent = unit.name(on), unit.parent(on)
    above = register.units[parent].name(on) if parent else ""
    return Village(id_, name, unit.code(on) or ", ".join(filter(None, (name, above))))


def documents(matter: Matter) -> list[Document]:
    """Documents of the public library that the papers of the scheme's steps name, and its decision."""
    scheme = matter.last.scheme
    if scheme is None:
        return []
    steps = scheme.moves.filter(sort=Move.Sort.TAKEN).values_list("papers", flat=True)
    named = {number for papers in steps for number in papers.values()}
    attached = Paper.objects.filter(move__scheme=scheme).values("document")
    theirs = Q(number__in=named) | Q(pk__in=attached) | Q(pk=scheme.decision_id)
    return list(library.open_documents(Wanted()).filter(theirs))


def papers(matter: Matter) -> QuerySet[OpenPaper]:
    """The papers of the scheme's steps that the office made public, the earliest step first."""
    theirs = OpenPaper.objects.filter(paper__move__scheme=matter.last.scheme)
    return theirs.select_related("paper__document", "paper__file", "paper__move").order_by(
        "paper__move__number", "pk"
    )
