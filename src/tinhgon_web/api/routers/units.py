"""Units of a day, and one unit with its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhgon import text
from tinhgon.registry import kinds, lineage
from tinhgon.registry.state import NAME, FlowRecord, Register, Unit
from tinhgon_web.api import linked, schemas
from tinhgon_web.api.answering import (
    MOST,
    USUAL,
    Form,
    as_csv,
    kept,
    next_part,
    part_of,
    source_of,
    unchanged,
)
from tinhgon_web.api.errors import UnableToAnswer
from tinhgon_web.api.record import chosen, day_or_today
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import Geometry

router = Router(tags=["units"])
_COLUMNS = ("id", "code", "name", "kind", "kind_vi", "parent", "party_parent", "opened_on", "closed_on")
_listed: registers.Kept[list[Unit]] = registers.Kept(16)


@router.get("/units", response=schemas.Units, summary="Units open on a day")
def list_units(
    request: HttpRequest,
    response: HttpResponse,
    on: dt.date | None = None,
    known_on: dt.date | None = None,
    at: str | None = None,
    kind: Annotated[list[str], Query()] = [],  # noqa: B006  # ninja reads the default and never changes it
    under: str | None = None,
    q: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    format: Form = "json",
) -> Any:
    """The units of a day, in the order they were registered.

    `kind`: one or more kinds; `under`: only what stands below a unit; `q`: names holding all these words, without
    diacritics. `format`: json in parts; csv, geojson (those with an outline) and jsonld (W3C ORG) whole.
    """
    record, day = chosen(known_on, at), day_or_today(on)
    held = unchanged(request, record)
    if held is not None:
        return held
    register = record.register()
    found = _listed.get(
        (record.hash, day, *sorted(kind), "under", under, q), lambda: _units(register, day, kind, under, q)
    )
    source = source_of(request, record, day)
    if format == "json":
        rows = [_row(unit, day) for unit in part_of(found, limit, offset)]
        kept(request, response, record)
        return {
            "source": source,
            "total": len(found),
            "next": next_part(request, len(found), limit, offset),
            "items": rows,
        }
    return kept(request, _in_form(request, format, register, found, day, source), record)


def _units(register: Register, on: dt.date, kind: list[str], under: str | None, q: str | None) -> list[Unit]:
    unknown = [code for code in kind if code not in kinds.KINDS]
    if unknown:
        listed = ", ".join(kinds.KINDS)
        raise UnableToAnswer(
            "unknown-kind",
            f"không có loại '{unknown[0]}'; có: {listed}",
            f"no kind '{unknown[0]}'; there are {listed}",
        )
    if under is not None and under not in register.units:
        raise UnableToAnswer(
            "unknown-unit", f"không có đơn vị '{under}'", f"there is no unit '{under}'", status=404
        )
    words = text.fold(q or "").split()
    return [
        unit
        for unit in register.units_on(on, kind or None, under)
        if not words or all(word in text.fold(unit.name(on)) for word in words)
    ]


def _row(unit: Unit, on: dt.date) -> dict[str, Any]:
    kind = unit.kind(on)
    return {
        "id": unit.id,
        "code": unit.code(on),
        "name": unit.name(on),
        "kind": kind,
        "kind_vi": kinds.KINDS[kind].vi,
        "parent": unit.parent(on, kinds.ADMINISTRATIVE),
        "party_parent": unit.parent(on, kinds.PARTY),
        "opened_on": unit.opened_on,
        "closed_on": unit.closed_on,
        "measures": {name: value for name in unit.measures if (value := unit.measure(name, on)) is not None},
    }


def _in_form(
    request: HttpRequest,
    form: Form,
    register: Register,
    units: list[Unit],
    on: dt.date,
    source: dict[str, Any],
) -> HttpResponse:
    rows = [_row(unit, on) for unit in units]
    if form == "csv":
        flat = [{**row, **row["measures"], "on": on, "journal": source["hash"]} for row in rows]
        return as_csv(flat, [*_COLUMNS, *kinds.MEASURES, "on", "journal"], f"units-{on}")
    if form == "geojson":
        shapes = _shapes(on, {unit.id for unit in units})
        return linked.geojson([(row, shapes[row["id"]]) for row in rows if row["id"] in shapes], source)
    return linked.units(request, register, rows, on, source)


def _shapes(on: dt.date, wanted: set[str]) -> dict[str, Any]:
    """The latest outline of each unit on or before a day."""
    held = Geometry.objects.filter(since__lte=on).order_by("since").values_list("unit", "shape")
    return {unit: shape for unit, shape in held if unit in wanted}


@router.get(
    "/units/{path:unit}", response=schemas.UnitHistory, summary="One unit: names, origins, successors"
)
def show_unit(
    request: HttpRequest,
    response: HttpResponse,
    unit: str,
    on: dt.date | None = None,
    known_on: dt.date | None = None,
    at: str | None = None,
) -> Any:
    """A unit on a day, whatever it was called, and every flow of any depth that led to it and from it."""
    record, day = chosen(known_on, at), day_or_today(on)
    register = record.register()
    found = register.unit(unit)
    if found is None:
        raise UnableToAnswer(
            "unknown-unit", f"không có đơn vị '{unit}'", f"there is no unit '{unit}'", status=404
        )
    held = unchanged(request, record)
    if held is not None:
        return held
    kept(request, response, record)
    return {
        "source": source_of(request, record, day),
        "unit": _row(found, day),
        "names": [
            {"value": one.value, "start": one.start, "end": one.end} for one in found.facts[NAME].periods()
        ],
        "came_from": _flows(register, lineage.ancestry(register, found.id)),
        "went_to": _flows(register, lineage.descent(register, found.id)),
    }


def _flows(register: Register, flows: Iterable[FlowRecord]) -> list[dict[str, Any]]:
    day = dt.timedelta(days=1)
    return [
        {
            "on": flow.on,
            "seq": flow.seq,
            "source": flow.source,
            "source_name": register.units[flow.source].name(flow.on - day),
            "target": flow.target,
            "target_name": register.units[flow.target].name(flow.on),
            "share": flow.share,
            "document": register.event_by_seq[flow.seq].citation.document,
        }
        for flow in flows
    ]
