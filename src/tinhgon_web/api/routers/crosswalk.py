"""Which units of one day are where on another."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhgon.registry import kinds, lineage
from tinhgon.registry.lineage import CrosswalkRow
from tinhgon.registry.state import Register
from tinhgon_web.api import schemas
from tinhgon_web.api.answering import MOST, USUAL, as_csv, kept, next_part, part_of, source_of, unchanged
from tinhgon_web.api.record import chosen
from tinhgon_web.apparatus import registers

router = Router(tags=["crosswalk"])
_COLUMNS = ("source", "source_code", "source_name", "target", "target_code", "target_name", "share")
_made: registers.Kept[list[CrosswalkRow]] = registers.Kept(8)
Family = Literal["province", "district", "commune", "village", "organisation"]


@router.get("/crosswalk", response=schemas.Crosswalk, summary="Which units of one day are where on another")
def list_crosswalk(
    request: HttpRequest,
    response: HttpResponse,
    start: Annotated[dt.date, Query(alias="from")],
    end: Annotated[dt.date, Query(alias="to")],
    family: Family | None = None,
    changed: bool = False,
    known_on: dt.date | None = None,
    at: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    format: Literal["json", "csv"] = "json",
) -> Any:
    """A row for each unit of the first day and each unit of the second that holds a share of it.

    Shares of a source add up to 1. `changed`: only units that went elsewhere, ended or are new. csv comes whole.
    """
    record = chosen(known_on, at)
    held = unchanged(request, record)
    if held is not None:
        return held
    register = record.register()
    rows = _made.get(
        (record.hash, start, end, family, changed), lambda: _rows(register, start, end, family, changed)
    )
    source = source_of(request, record, **{"from": start, "to": end})
    if format == "csv":
        told = (row.told(register, start, end) for row in rows)
        return kept(request, as_csv(told, _COLUMNS, f"crosswalk-{start}-{end}"), record)
    kept(request, response, record)
    items = [row.told(register, start, end) for row in part_of(rows, limit, offset)]
    return {
        "source": source,
        "total": len(rows),
        "next": next_part(request, len(rows), limit, offset),
        "items": items,
    }


def _rows(
    register: Register, start: dt.date, end: dt.date, family: str | None, changed: bool
) -> list[CrosswalkRow]:
    wanted = [code for code, of in kinds.FAMILY.items() if of == family] if family else None
    rows = lineage.crosswalk(register, start, end, wanted)
    return [row for row in rows if not changed or row.source != row.target]
