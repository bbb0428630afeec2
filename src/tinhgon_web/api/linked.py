"""GeoJSON, and linked data in the vocabulary of the W3C for organisations (ORG), change events included."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from tinhgon.registry import events, kinds
from tinhgon.registry.state import Register
from tinhgon_web.api.answering import TYPES

_CONTEXT = {
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Names of vocabularies: identifiers, never fetched."""


def geojson(rows: Iterable[tuple[Mapping[str, Any], Any]], source: Mapping[str, Any]) -> HttpResponse:
    """Units with their outlines, longitude before latitude."""
    features = [
        {"type": "Feature", "id": row["id"], "geometry": shape, "properties": dict(row)}
        for row, shape in rows
    ]
    return _answer({"type": "FeatureCollection", "source": dict(source), "features": features}, "geojson")


def units(
    request: HttpRequest,
    register: Register,
    rows: list[dict[str, Any]],
    on: dt.date,
    source: Mapping[str, Any],
) -> HttpResponse:
    """Units of a day as organisations, with the change events that made them."""
    made = {id_: row for row in rows for id_ in (row["id"],)}
    acts = {flow.seq for id_ in made for flow in register.flows_to.get(id_, ()) if flow.on <= on}
    graph = [_organisation(request, register, row, on) for row in rows]
    graph += [_change(request, register, seq) for seq in sorted(acts)]
    return _answer({"@context": _CONTEXT, **_said_of(source), "@graph": graph}, "jsonld")


def changes(
    request: HttpRequest, register: Register, seqs: Iterable[int], source: Mapping[str, Any]
) -> HttpResponse:
    """Reorganisations as change events."""
    graph = [_change(request, register, seq) for seq in seqs]
    return _answer({"@context": _CONTEXT, **_said_of(source), "@graph": graph}, "jsonld")


def _said_of(source: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "dct:license": {"@id": source["licence"]},
        "dct:identifier": source["hash"],
        "dct:isVersionOf": source["permalink"],
    }


def _organisation(
    request: HttpRequest, register: Register, row: Mapping[str, Any], on: dt.date
) -> dict[str, Any]:
    organ = kinds.KINDS[row["kind"]].block != "territory"
    over = [row[parent] for parent in ("parent", "party_parent") if row[parent]]
    came = sorted({flow.seq for flow in register.flows_to.get(row["id"], ()) if flow.on <= on})
    node: dict[str, Any] = {
        "@id": _unit(request, row["id"]),
        "@type": "org:OrganizationalUnit" if organ else "org:FormalOrganization",
        "skos:prefLabel": {"@value": row["name"], "@language": "vi"},
        "org:classification": row["kind"],
        "prov:generatedAtTime": {"@value": row["opened_on"].isoformat(), "@type": "xsd:date"},
    }
    if row["code"]:
        node["org:identifier"] = row["code"]
    if over:
        node["org:unitOf" if organ else "org:subOrganizationOf"] = [
            {"@id": _unit(request, id_)} for id_ in over
        ]
    if came:
        node["org:resultedFrom"] = [{"@id": _event(request, seq)} for seq in came]
    return node


def _change(request: HttpRequest, register: Register, seq: int) -> dict[str, Any]:
    event = register.event_by_seq[seq]
    assert isinstance(event, events.Reorganised)
    act = kinds.ACTS[event.act]
    return {
        "@id": _event(request, seq),
        "@type": "org:ChangeEvent",
        "skos:prefLabel": [{"@value": act.vi, "@language": "vi"}, {"@value": act.en, "@language": "en"}],
        "prov:endedAtTime": {"@value": event.effective_on.isoformat(), "@type": "xsd:date"},
        "org:originalOrganization": [{"@id": _unit(request, id_)} for id_ in event.inputs],
        "org:resultingOrganization": [{"@id": _unit(request, out.unit)} for out in event.outputs],
        "dct:source": f"{event.citation.document} {event.citation.clause}".strip(),
    }


def _unit(request: HttpRequest, id_: str) -> str:
    return request.build_absolute_uri(f"/api/v1/units/{id_}")


def _event(request: HttpRequest, seq: int) -> str:
    return request.build_absolute_uri(f"/api/v1/events/{seq}")


def _answer(body: Mapping[str, Any], form: str) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, default=_plain)
    response = HttpResponse(text, content_type=TYPES[form])
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
