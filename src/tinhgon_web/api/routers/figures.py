"""Figures over a window, and the entries each counts."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhgon.figures import CATALOGUE, REVIEW, Figure
from tinhgon_web.api import schemas
from tinhgon_web.api.answering import MOST, USUAL, as_csv, kept, next_part, part_of, source_of, unchanged
from tinhgon_web.api.record import Record, chosen
from tinhgon_web.reports.computed import computed

router = Router(tags=["figures"])
_COLUMNS = (
    "code",
    "name_vi",
    "name_en",
    "kind",
    "value",
    "unit_vi",
    "approximate",
    "unverified",
    "start",
    "end",
    "counted",
)
_TRACE = ("seq", "event", "effective_on", "document", "clause", "delta")
Start = Annotated[dt.date, Query(alias="from")]
End = Annotated[dt.date, Query(alias="to")]
Form = Literal["json", "csv"]


@router.get("/figures", response=schemas.Figures, summary="Figures over a window")
def list_figures(
    request: HttpRequest,
    response: HttpResponse,
    start: Start,
    end: End,
    code: Annotated[list[str], Query()] = [],  # noqa: B006  # ninja reads the default and never changes it
    place: str | None = None,
    known_on: dt.date | None = None,
    at: str | None = None,
    format: Form = "json",
) -> Any:
    """The figures of a review from the end of one day to the end of another: the ten, or those asked for by `code`.

    `place`: only what stands under a unit. `kind` keeps results, obligations and forecasts apart.
    """
    record = chosen(known_on, at)
    held = unchanged(request, record)
    if held is not None:
        return held
    found = computed(record.head, start, end, code or REVIEW, place)
    told = [_told(request, figure, record, place) for figure in found]
    if format == "csv":
        return kept(request, as_csv(told, _COLUMNS, f"figures-{start}-{end}"), record)
    kept(request, response, record)
    return {"source": source_of(request, record, **{"from": start, "to": end}), "items": told}


@router.get("/figures/{code}", response=schemas.FigureTrace, summary="A figure and the entries it counts")
def show_figure(
    request: HttpRequest,
    response: HttpResponse,
    code: str,
    start: Start,
    end: End,
    place: str | None = None,
    known_on: dt.date | None = None,
    at: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    format: Form = "json",
) -> Any:
    """Every entry that makes the number, with what it adds; they add up to the value."""
    record = chosen(known_on, at)
    held = unchanged(request, record)
    if held is not None:
        return held
    [figure] = computed(record.head, start, end, (code,), place)
    rows = [_counted(one) for one in figure.trace]
    if format == "csv":
        return kept(request, as_csv(rows, _TRACE, f"{code}-{start}-{end}"), record)
    kept(request, response, record)
    return {
        "source": source_of(request, record, **{"from": start, "to": end}),
        "figure": _told(request, figure, record, place),
        "total": len(rows),
        "next": next_part(request, len(rows), limit, offset),
        "items": part_of(rows, limit, offset),
    }


@router.get("/indicators", response=list[dict[str, str]], summary="The figures there are")
def list_indicators(request: HttpRequest) -> Any:
    """Code, names and definitions of every indicator."""
    del request
    return [
        {"code": one.code, "name_vi": one.vi, "name_en": one.en, "definition_vi": one.definition_vi,
         "definition_en": one.definition_en, "kind": one.kind}
        for one in CATALOGUE.values()
    ]  # fmt: skip


def _told(request: HttpRequest, figure: Figure, record: Record, place: str | None) -> dict[str, Any]:
    asked = {"from": figure.start.isoformat(), "to": figure.end.isoformat(), "at": record.hash}
    query = urlencode(asked | ({"place": place} if place else {}))
    return {
        "code": figure.code,
        "name_vi": figure.name_vi,
        "name_en": figure.name_en,
        "definition_vi": figure.definition_vi,
        "definition_en": figure.definition_en,
        "kind": figure.kind,
        "value": figure.value,
        "unit_vi": figure.unit_vi,
        "unit_en": figure.unit_en,
        "approximate": figure.approximate,
        "unverified": figure.unverified,
        "start": figure.start,
        "end": figure.end,
        "counted": len(figure.trace),
        "trace": request.build_absolute_uri(f"/api/v1/figures/{figure.code}?{query}"),
    }


def _counted(one: Any) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "event": one.event,
        "effective_on": one.effective_on,
        "document": one.citation.document,
        "clause": one.citation.clause,
        "delta": one.delta,
    }
