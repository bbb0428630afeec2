"""A sheet's preview: how many households of each unit, what it would change on the rolls, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from tinhgon.consultation import Household
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.consultation.models import RollUpload
from tinhgon_web.core.models import Job


@attrs.frozen(slots=True)
class Line:
    """A household the sheet changes: its row there (0 where it is no longer there), and what is said of it."""

    row: int
    household: str
    was: str
    now: str


@attrs.frozen(slots=True)
class Kind:
    """The households new, changed or gone: how many, and the first of them."""

    name: str
    count: int
    lines: list[Line]


@attrs.frozen(slots=True)
class Preview:
    """What a sheet says."""

    total: int
    same: int
    counts: list[tuple[UnitRow, int]]
    kinds: list[Kind]


def preview(upload: RollUpload, units: Mapping[str, UnitRow]) -> Preview:
    """What a sheet that was read says; `units` has those of its rolls."""
    shown = upload.changes.get("shown", {})
    return Preview(
        total=sum(upload.counts.values()),
        same=upload.changes.get("same", 0),
        counts=[(units[unit], count) for unit, count in upload.counts.items()],
        kinds=[
            Kind(name, upload.changes[name], [_line(was, now, units) for was, now in pairs])
            for name, pairs in shown.items()
            if pairs
        ],
    )


def job_of(upload: RollUpload | None) -> Job | None:
    """The job a sheet waits for; started again, the one that was."""
    job = upload.job if upload is not None and upload.sheet is not None else None
    while job is not None and job.again is not None:
        job = job.again
    return job


def _line(was: list[Any] | None, now: list[Any] | None, units: Mapping[str, UnitRow]) -> Line:
    before = Household(*was) if was else None
    after = Household(*now) if now else None
    named = after or before
    assert named is not None
    return Line(after.line if after else 0, named.household, _said(before, units), _said(after, units))


def _said(one: Household | None, units: Mapping[str, UnitRow]) -> str:
    return f"{one.head}, {one.address} · {units[one.unit].name}" if one else ""
