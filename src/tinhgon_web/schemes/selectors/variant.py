"""Everything the page of one variant shows: its groups, its map, what it frees, how far it is from the best."""

from __future__ import annotations

from fractions import Fraction

import attrs

from tinhgon.figures import UnitFinding, commune_findings, village_findings
from tinhgon.refusal import Refusal
from tinhgon.registry.state import Register, Unit
from tinhgon.schemes import Group, Grouping
from tinhgon_web.schemes import drawing
from tinhgon_web.schemes.law import rulebook
from tinhgon_web.schemes.models import Scheme, Variant
from tinhgon_web.schemes.selectors import shortage
from tinhgon_web.schemes.selectors.scheme import Card, card
from tinhgon_web.schemes.selectors.variants import grouping, register_for

_FINDINGS = {"village": village_findings, "commune": commune_findings}


@attrs.frozen(slots=True)
class Member:
    """A unit of a group, with its share of the standard before."""

    unit: Unit
    name: str
    size: float
    ratio: Fraction | None
    is_seat: bool
    must: bool


@attrs.frozen(slots=True)
class GroupRow:
    """One unit after the scheme: its members, and its households or residents in all."""

    group: Group
    number: int
    parent: str
    members: list[Member]

    @property
    def size(self) -> float:
        """What its members have together."""
        return sum(member.size for member in self.members)


@attrs.frozen(slots=True)
class Layout:
    """Groups in the order of their parents, those left alone, and both maps."""

    rows: list[GroupRow]
    alone: list[Member]
    units: list[tuple[str, str]]
    map_after: str
    map_before: str
    measure: str


@attrs.frozen(slots=True)
class VariantPage(Layout):
    """A variant laid out, with what is said of it."""

    card: Card

    @property
    def refusal(self) -> Refusal | None:
        """Why the variant can no longer be judged."""
        return self.card.refusal


def page(scheme: Scheme, variant: Variant) -> VariantPage:
    """Read a variant's page."""
    laid_out = layout(scheme, grouping(variant))
    return VariantPage(card=card(scheme, variant), **attrs.asdict(laid_out, recurse=False))


def layout(scheme: Scheme, groups: Grouping) -> Layout:
    """Lay groups of a scheme's units out, in lists and on the map."""
    register, head = register_for(scheme)
    findings = _findings(register, scheme)
    known = dict.fromkeys([*findings, *groups.units])
    members = {id_: _member(register, id_, scheme, findings) for id_ in known}
    rows = [
        GroupRow(
            group,
            number,
            register.units[register.units[group.seat].parent(scheme.on) or scheme.place].name(scheme.on),
            [attrs.evolve(members[id_], is_seat=id_ == group.seat) for id_ in group.members],
        )
        for number, group in enumerate(groups.groups, 1)
    ]
    joined = set(groups.units)
    maps = drawing.before_and_after(register, head, scheme, groups, findings, _bands_after(rows))
    return Layout(
        rows=rows,
        alone=[member for id_, member in members.items() if id_ not in joined],
        units=[(id_, member.name) for id_, member in members.items()],
        map_before=maps[0],
        map_after=maps[1],
        measure="households" if scheme.kind == Scheme.Kind.VILLAGE else "population",
    )


def _bands_after(rows: list[GroupRow]) -> dict[str, str]:
    """The band of each group by its seat: what its members have together, against the standard of the seat."""
    found = {}
    for row in rows:
        seat = next(member for member in row.members if member.is_seat)
        ratio = seat.ratio * Fraction(row.size) / Fraction(seat.size) if seat.ratio else None
        found[row.group.seat] = shortage.MEETS if ratio is None or ratio >= 1 else shortage.MAY
    return found


def _findings(register: Register, scheme: Scheme) -> dict[str, UnitFinding]:
    found = _FINDINGS[scheme.kind](register, rulebook(), scheme.on, scheme.place)
    return {one.unit.id: one for one in found}


def _member(register: Register, id_: str, scheme: Scheme, findings: dict[str, UnitFinding]) -> Member:
    unit, found = register.units[id_], findings.get(id_)
    measure = "households" if scheme.kind == Scheme.Kind.VILLAGE else "population"
    size = unit.measure(measure, scheme.on) or 0
    must = found is not None and found.finding.obligation == "mandatory"
    ratio = None if found is None else found.finding.ratio
    return Member(unit, unit.name(scheme.on), size, ratio, False, must)
