"""What answers share: their source, parts of lists, forms, and the headers that let caches keep them."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from tinhgon_web.api.record import Record, permalink
from tinhgon_web.core.asof import today
from tinhgon_web.core.exports import csv_response
from tinhgon_web.documents.models import Document

Item = TypeVar("Item")
Form = Literal["json", "csv", "geojson", "jsonld"]
MOST, USUAL = 1000, 100
TYPES = {
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
}


def source_of(
    request: HttpRequest, record: Record, on: dt.date | None = None, **params: Any
) -> dict[str, Any]:
    """What an answer says of the journal it was made from; `params` are the days its permanent address must hold."""
    named = {"on": on, **params} if on else params
    return {
        "seq": record.seq,
        "hash": record.hash,
        "on": on,
        "known_on": record.known_on,
        "permalink": permalink(request, record, **named) if request.method == "GET" else None,
        "licence": settings.OPEN_DATA_LICENCE,
        "synthetic": Document.objects.filter(synthetic=True).exists(),
    }


def part_of(items: Sequence[Item], limit: int, offset: int) -> Sequence[Item]:
    """Some of a list."""
    return items[offset : offset + limit]


def next_part(request: HttpRequest, total: int, limit: int, offset: int) -> str | None:
    """The address of the next part of a list, None after the last."""
    if offset + limit >= total:
        return None
    params = request.GET.copy()
    params["offset"], params["limit"] = str(offset + limit), str(limit)
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


def unchanged(request: HttpRequest, record: Record) -> HttpResponse | None:
    """304 when the asker holds this answer already."""
    wanted = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    tag = etag(request, record)
    return (
        kept(request, HttpResponse(status=HTTPStatus.NOT_MODIFIED), record)
        if tag in wanted or "*" in wanted
        else None
    )


def etag(request: HttpRequest, record: Record) -> str:
    """The name of an answer: what was asked, and of which state of the journal."""
    asked = f"{record.hash}:{today()}:{request.get_full_path()}"
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'


def kept(request: HttpRequest, response: HttpResponse, record: Record) -> HttpResponse:
    """Say how long an answer may be kept: for ever when it names its state of the journal, else a minute."""
    response["ETag"] = etag(request, record)
    if record.fixed:
        patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], name: str) -> HttpResponse:
    """Rows as a file for spreadsheets."""
    cells = ([row.get(column) for column in columns] for row in rows)
    response = csv_response(f"{name}.csv", itertools.chain([columns], cells))
    response["Access-Control-Allow-Origin"] = "*"
    return response
