"""Old names and addresses to the units of any day, one or ten thousand at once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhgon.lookup import Conversion, Converter, Found, Part
from tinhgon.registry.state import Register
from tinhgon_web.api import schemas
from tinhgon_web.api.answering import kept, source_of, unchanged
from tinhgon_web.api.errors import UnableToAnswer
from tinhgon_web.api.record import Record, chosen, day_or_today
from tinhgon_web.apparatus import lookup

router = Router(tags=["look-up"])
LONGEST = 500


@router.post("/convert", response=schemas.Conversions, summary="Addresses of one day on another, in bulk")
def convert(request: HttpRequest, asked: schemas.ToConvert) -> Any:
    """Each address with every place it may mean and every part of a divided one, in the order asked."""
    long = next((number for number, address in enumerate(asked.addresses) if len(address) > LONGEST), None)
    if long is not None:
        raise UnableToAnswer(
            "too-long",
            f"địa chỉ thứ {long + 1} dài hơn {LONGEST} ký tự",
            f"address {long + 1} is longer than {LONGEST} characters",
        )
    record, to = chosen(asked.known_on, asked.at), day_or_today(asked.to)
    return _answers(request, record, asked.addresses, to, asked.on)


@router.get("/lookup", response=schemas.Conversions, summary="Where is a place now")
def look_up(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[str, Query(max_length=LONGEST)],
    to: dt.date | None = None,
    on: dt.date | None = None,
    known_on: dt.date | None = None,
    at: str | None = None,
) -> Any:
    """One name, address or code, typed with or without diacritics; as `convert` for one address."""
    record = chosen(known_on, at)
    held = unchanged(request, record)
    if held is not None:
        return held
    kept(request, response, record)
    return _answers(request, record, [q], day_or_today(to), on)


def _answers(
    request: HttpRequest, record: Record, addresses: list[str], to: dt.date, on: dt.date | None
) -> dict[str, Any]:
    converter = lookup.converter(record.head, to=to, on=on)
    return {
        "source": source_of(request, record, to),
        "items": [_told(record.register(), converter, converter.convert(address)) for address in addresses],
    }


def _told(register: Register, converter: Converter, answer: Conversion) -> dict[str, Any]:
    return {
        "address": answer.address,
        "status": answer.status,
        "text": answer.text,
        "candidates": [_meant(register, converter, found, parts) for found, parts in answer.found],
    }


def _meant(register: Register, converter: Converter, found: Found, parts: tuple[Part, ...]) -> dict[str, Any]:
    name = found.name
    return {
        "unit": name.unit,
        "name": name.title,
        "start": name.start,
        "end": name.end,
        "approximate": found.approximate,
        "street": found.street,
        "parts": [
            {
                "unit": part.unit,
                "code": register.units[part.unit].code(converter.to),
                "title": part.title,
                "path": list(part.path),
                "share": part.share,
                "approximate": part.approximate,
                "acts": list(part.acts),
            }
            for part in parts
        ],
    }
