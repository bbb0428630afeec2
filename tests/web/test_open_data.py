"""The open interface: what it answers, for how long, to whom, and what it never says."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tinhgon.figures import REVIEW
from tinhgon.registry.folder import RegisterFolder
from tinhgon_web.api import interface
from tinhgon_web.api.routers.events import PERSONAL
from tinhgon_web.core import limits

pytestmark = pytest.mark.django_db
DESCRIBED = Path(__file__).with_name("openapi.json")
V1 = "/api/v1"


@pytest.fixture
def asker(nobody: Client) -> Client:
    return nobody


def body(answer: Any) -> Any:
    return json.loads(answer.content)


def test_the_description_is_the_one_kept(asker: Client) -> None:
    """A change of the interface is made on purpose: OPENAPI=write writes the file anew."""
    import os

    described = body(asker.get(f"{V1}/openapi.json"))
    if os.environ.get("OPENAPI") == "write":
        DESCRIBED.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert described == json.loads(DESCRIBED.read_text(encoding="utf-8"))


def test_units_are_those_of_the_register(asker: Client, folder: RegisterFolder) -> None:
    day = dt.date(2019, 10, 9)
    answer = body(asker.get(f"{V1}/units?on={day}&limit=1000"))
    expected = {unit.id: unit.name(day) for unit in folder.register().units_on(day)}
    assert {item["id"]: item["name"] for item in answer["items"]} == expected
    assert answer["total"] == len(expected)


def parts(asker: Client, address: str) -> Iterator[Any]:
    following: str | None = address
    while following:
        answer = body(asker.get(following))
        yield from answer["items"]
        following = answer["next"]


def test_parts_make_the_whole(asker: Client) -> None:
    whole = body(asker.get(f"{V1}/units?limit=1000"))["items"]
    assert list(parts(asker, f"{V1}/units?limit=3")) == whole


def test_units_are_found_by_words_kind_and_place(asker: Client) -> None:
    found = body(asker.get(f"{V1}/units?kind=village&kind=residential_group&under=x1&limit=1000"))["items"]
    assert found
    assert {item["kind"] for item in found} <= {"village", "residential_group"}
    name = found[0]["name"]
    assert found[0] in body(asker.get(f"{V1}/units", {"q": name.upper(), "limit": 1000}))["items"]


@pytest.mark.parametrize("form", ["json", "csv", "geojson", "jsonld"])
def test_every_form_is_of_the_same_units(asker: Client, form: str) -> None:
    answer = asker.get(f"{V1}/units?on=2019-10-09&format={form}&limit=1000")
    assert answer.status_code == 200
    listed = {item["id"] for item in body(asker.get(f"{V1}/units?on=2019-10-09&limit=1000"))["items"]}
    assert ids(form, answer.content.decode("utf-8-sig")) <= listed
    if form in ("csv", "jsonld"):
        assert ids(form, answer.content.decode("utf-8-sig")) == listed


def ids(form: str, content: str) -> set[str]:
    if form == "csv":
        return {row["id"] for row in csv.DictReader(io.StringIO(content))}
    read = json.loads(content)
    if form == "geojson":
        return {feature["id"] for feature in read["features"]}
    if form == "jsonld":
        nodes = (node for node in read["@graph"] if node["@type"] != "org:ChangeEvent")
        return {node["@id"].rpartition("/units/")[2] for node in nodes}
    return {item["id"] for item in read["items"]}


def test_change_events_join_what_they_made(asker: Client) -> None:
    graph = body(asker.get(f"{V1}/events?format=jsonld"))["@graph"]
    assert graph
    assert {node["@type"] for node in graph} == {"org:ChangeEvent"}
    assert all(node["org:originalOrganization"] for node in graph)


def test_the_ten_figures_and_their_traces(asker: Client) -> None:
    answer = body(asker.get(f"{V1}/figures?from=2018-03-08&to=2019-10-09"))
    assert [item["code"] for item in answer["items"]] == list(REVIEW)
    for figure in answer["items"]:
        trace = body(asker.get(figure["trace"] + "&limit=1000"))
        assert trace["figure"]["value"] == figure["value"]
        assert len(trace["items"]) == figure["counted"]
        if figure["kind"] == "result" and figure["value"] is not None:
            assert sum(one["delta"] for one in trace["items"]) == figure["value"]


def test_a_crosswalk_adds_up(asker: Client) -> None:
    rows = body(asker.get(f"{V1}/crosswalk?from=2018-03-08&to=2019-10-09&limit=1000"))["items"]
    shares: dict[str, float] = {}
    for row in rows:
        if row["source"]:
            shares[row["source"]] = shares.get(row["source"], 0) + row["share"]
    assert shares
    assert all(share == pytest.approx(1) for share in shares.values())


def test_a_permanent_address_gives_the_same_answer_whatever_comes_later(
    asker: Client, settings: Settings
) -> None:
    early = body(asker.get(f"{V1}/figures?from=2018-03-08&to=2019-10-09&known_on=2019-10-09"))
    late = body(asker.get(f"{V1}/figures?from=2018-03-08&to=2019-10-09"))
    assert early["items"] != late["items"], "the story has late records"
    again = asker.get(early["source"]["permalink"])
    assert [item["value"] for item in body(again)["items"]] == [item["value"] for item in early["items"]]
    assert "immutable" in again["Cache-Control"]


def test_an_answer_held_already_is_not_sent_again(asker: Client) -> None:
    first = asker.get(f"{V1}/units?limit=2")
    again = asker.get(f"{V1}/units?limit=2", headers={"If-None-Match": first["ETag"]})
    other = asker.get(f"{V1}/units?limit=3", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


def test_nothing_says_who_holds_which_post(asker: Client, folder: RegisterFolder) -> None:
    people = {holding.person for holding in folder.register().holdings.values()}
    assert people
    addresses = [
        "events?limit=1000",
        "events?format=csv",
        "events?format=jsonld",
        "units?limit=1000",
        "units?format=jsonld",
    ]
    for address in addresses:
        content = asker.get(f"{V1}/{address}").content.decode()
        assert [person for person in people if person in content] == []
    assert body(asker.get(f"{V1}/events?kind={PERSONAL[0]}"))["total"] == 0


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("units?on=2019-13-40", 422, "invalid"),
        ("units?kind=castle", 400, "unknown-kind"),
        ("units?under=nowhere", 404, "unknown-unit"),
        ("units/nowhere", 404, "unknown-unit"),
        ("units?at=zz", 400, "bad-hash"),
        ("units?at=000000000000", 404, "unknown-hash"),
        ("units?limit=0", 422, "invalid"),
        ("figures?from=2019-10-09&to=2018-03-08", 400, "refused"),
        ("figures?from=2018-03-08&to=2019-10-09&code=luck", 400, "refused"),
        ("crosswalk?from=2019-10-09&to=2018-03-08", 400, "refused"),
        ("events/999999", 404, "unknown-entry"),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(asker: Client, address: str, status: int, code: str) -> None:
    answer = asker.get(f"{V1}/{address}")
    assert (answer.status_code, body(answer)["error"]["code"]) == (status, code)
    assert body(answer)["error"]["vi"]


def test_addresses_are_converted_in_the_order_asked(asker: Client) -> None:
    asked = {"addresses": ["x", "không có nơi này", ""], "to": "2019-10-09"}
    answer = asker.post(f"{V1}/convert", json.dumps(asked), content_type="application/json")
    assert [item["address"] for item in body(answer)["items"]] == asked["addresses"]


def test_a_place_is_found_without_diacritics(asker: Client) -> None:
    unit = body(asker.get(f"{V1}/units?kind=commune&limit=1"))["items"][0]
    found = body(asker.get(f"{V1}/lookup", {"q": unit["name"]}))["items"][0]["candidates"]
    assert unit["id"] in {candidate["unit"] for candidate in found}


def test_too_many_askings_are_refused_for_a_while(asker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "READING", limits.Limit("few", most=2, seconds=3600))
    answers = [asker.get(f"{V1}/indicators") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert asker.get(f"{V1}/indicators", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_nothing_is_open_until_it_is_switched_on(asker: Client, settings: Settings) -> None:
    settings.OPEN_DATA = False
    assert asker.get(f"{V1}/units").status_code == 404
    assert asker.get("/du-lieu-mo/").status_code == 404


def test_any_page_may_read_it(asker: Client) -> None:
    for form in ("json", "csv", "jsonld", "geojson"):
        assert asker.get(f"{V1}/units?format={form}")["Access-Control-Allow-Origin"] == "*"


def test_the_page_lists_what_can_be_asked(asker: Client) -> None:
    content = asker.get("/du-lieu-mo/").content.decode()
    for path in body(asker.get(f"{V1}/openapi.json"))["paths"]:
        assert path in content
