"""Who falls short: the units of a place against the standard of a day, in three bands, with their exceptions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import attrs

from tinhgon.figures import UnitFinding, commune_findings, village_findings
from tinhgon.registry import kinds
from tinhgon.registry.state import Register, Unit
from tinhgon_web.schemes import planning
from tinhgon_web.schemes.law import rulebook
from tinhgon_web.schemes.models import SpecificFactor

MUST, MAY, MEETS, UNKNOWN = "must", "may", "meets", "unknown"
BANDS = (MUST, MAY, MEETS, UNKNOWN)
_FINDINGS = {"village": village_findings, "commune": commune_findings}


@attrs.frozen(slots=True)
class Row:
    """A unit against the standard; `noted` is the exception the register holds, `factor` the scheme's own.

    `decided_on` is the day from which an act already in the register will reorganise it.
    """

    found: UnitFinding
    band: str
    noted: str
    factor: SpecificFactor | None
    decided_on: dt.date | None

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.found.unit

    @property
    def is_excepted(self) -> bool:
        """Whether something says it is to be left as it is."""
        return bool(self.noted or self.factor or self.decided_on)


@attrs.frozen(slots=True)
class Band:
    """The units of one band."""

    code: str
    rows: list[Row]


def band_of(found: UnitFinding) -> str:
    """Must merge, may merge, meets the standard, or nobody knows."""
    if found.finding.ratio is None:
        return UNKNOWN
    if found.finding.ratio >= 1:
        return MEETS
    return MUST if found.finding.obligation == "mandatory" else MAY


def bands(
    register: Register, kind: str, place: str, on: dt.date, factors: dict[str, SpecificFactor] | None = None
) -> list[Band]:
    """The three bands, and those of which nobody knows where there are any; worst first."""
    rows: dict[str, list[Row]] = {band: [] for band in BANDS}
    decided = planning.decided(register, planning.units_in(register, kind, place, on), on)
    for found in _FINDINGS[kind](register, rulebook(), on, place):
        noted = found.unit.fact("exception", on) or ""
        band = band_of(found)
        id_ = found.unit.id
        rows[band].append(Row(found, band, noted, (factors or {}).get(id_), decided.get(id_)))
    for listed in rows.values():
        listed.sort(key=lambda row: (row.found.finding.ratio or 0, row.unit.id))
    return [Band(code, listed) for code, listed in rows.items() if listed or code != UNKNOWN]


@attrs.frozen(slots=True)
class Place:
    """A place one may start a scheme for, with how many of its units are in each band."""

    unit: str
    name: str
    above: str
    counts: Counter[str]

    @property
    def must(self) -> int:
        """How many must merge."""
        return self.counts[MUST]

    @property
    def may(self) -> int:
        """How many may."""
        return self.counts[MAY]

    @property
    def meets(self) -> int:
        """How many meet the standard."""
        return self.counts[MEETS]


def places(register: Register, kind: str, on: dt.date) -> list[Place]:
    """The parents of the units of a kind, those with most to merge first."""
    counts: dict[str, Counter[str]] = {}
    for found in _FINDINGS[kind](register, rulebook(), on):
        parent = found.unit.parent(on) or ""
        counts.setdefault(parent, Counter())[band_of(found)] += 1
    made = [_place(register, unit, count, on) for unit, count in counts.items() if unit]
    return sorted(made, key=lambda place: (-place.must, -place.may, place.above, place.name))


def _place(register: Register, unit: str, counts: Counter[str], on: dt.date) -> Place:
    row = register.units[unit]
    above = next((up for up in register.ancestors(unit, on) if up.kind(on) in kinds.TERRITORIES), None)
    return Place(unit, row.name(on), above.name(on) if above else "", counts)


def above(register: Register, below: Iterable[Place], on: dt.date) -> list[Place]:
    """The territories above some places, with the sums of their counts: a district or province planned in one run."""
    sums: dict[str, Counter[str]] = {}
    for place in below:
        for up in register.ancestors(place.unit, on):
            if up.kind(on) in kinds.TERRITORIES:
                sums.setdefault(up.id, Counter()).update(place.counts)
    return [_place(register, unit, counts, on) for unit, counts in sums.items()]
