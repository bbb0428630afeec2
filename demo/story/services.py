"""The chapter of the public service units: proposals and mergers in every district, mergers at the province."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from tinhgon.registry import events

from . import acts, parameters
from .acts import Merger
from .bodies import Apparatus
from .book import Basis, Body, Book, Seat, days, in_window, moment
from .places import Places, read_data
from .sources import CTR30
from .wording import inside

_PROPOSED = (dt.date(2018, 6, 11), dt.date(2018, 11, 20))
_CARRIED_OUT = (dt.date(2018, 12, 10), dt.date(2019, 8, 20))
_OUTSIDE = (dt.date(2018, 1, 10), dt.date(2018, 2, 20), dt.date(2019, 11, 15))


def tell(book: Book, apparatus: Apparatus, places: Places) -> None:
    """Write the chapter."""
    rng = book.rng("services")
    data = read_data("apparatus")
    schools = _school_mergers(rng, apparatus)
    for district in places.districts:
        mergers = _district_mergers(apparatus, data, district)
        mergers.append(schools[district.id].pop())
        _merge_in_district(book, rng, district, mergers)
    _merge_at_province(book, rng, data)
    _split_school(book, rng, schools)
    _outside_window(book, rng, schools)


def _school_mergers(rng: random.Random, apparatus: Apparatus) -> dict[str, list[Merger]]:
    """District -> pairs of a commune's schools that may become one, in a mixed order."""
    found: dict[str, list[Merger]] = {}
    for district, schools in apparatus.schools.items():
        by_name = {school.title: school for school in schools}
        for school in schools:
            second = by_name.get(f"{school.title} 2")
            if second is not None:
                found.setdefault(district, []).append(Merger(school, [second]))
        found.setdefault(district, []).extend(_primary_with_secondary(schools, by_name))
    for mergers in found.values():
        rng.shuffle(mergers)
    return found


def _primary_with_secondary(schools: Sequence[Body], by_name: Mapping[str, Body]) -> list[Merger]:
    """Where a commune has one primary school, it may join the lower secondary school."""
    found = []
    for school in schools:
        name = school.title.removeprefix("Trường THCS ")
        primary = by_name.get(f"Trường Tiểu học {name}")
        if name != school.title and primary is not None and f"{primary.title} 2" not in by_name:
            found.append(Merger(school, [primary], f"Trường Tiểu học và THCS {name}"))
    return found


def _district_mergers(apparatus: Apparatus, data: Mapping[str, Any], district: Body) -> list[Merger]:
    """What the district's scheme joins besides schools."""
    units = iter(apparatus.services[district.id])
    name = inside(district.title)
    return [
        Merger(next(units), [next(units) for _ in act["take"]], f"{act['title']} {name}")
        for act in data["district_services"].values()
    ]


def _merge_in_district(book: Book, rng: random.Random, district: Body, mergers: list[Merger]) -> None:
    """One scheme proposes; decisions carry it out, act by act."""
    issuer = f"Ủy ban nhân dân {inside(district.title)}"
    on = in_window(rng, *_PROPOSED)
    scheme = book.papers.decide(
        "ĐA", issuer, f"Sắp xếp đơn vị sự nghiệp công lập, {inside(district.title)}", on, CTR30
    )
    for number, merger in enumerate(mergers, 1):
        merger.places = 1
        basis = Basis(scheme, f"Phần II, mục {number}", on, moment(on + days(5), 5), on, "u-07")
        proposal = f"{scheme}/{number}"
        planned = attrs.evolve(basis, on=dt.date(2019, 1, 1), signed_on=None)
        draft = acts.absorption(book, planned, attrs.evolve(merger, places=0))
        book.add(basis, events.Proposed, proposal=proposal, scheme=scheme, reorganisation=draft)
        done = acts.decision(
            book,
            rng,
            _title(merger),
            in_window(rng, *_CARRIED_OUT),
            issuer=issuer,
            carries_out=CTR30,
            by="u-07",
        )
        act = acts.absorption(book, done, merger, rng.choice([0, 0, 1, 2]), carries_out=(proposal,))
        acts.write(book, done, act)


def _merge_at_province(book: Book, rng: random.Random, data: Mapping[str, Any]) -> None:
    """Mergers named in the data, below the departments."""
    by_title = {body.title: body for body in book.of_kind("public_service_unit")}
    for item in data["services"]:
        keep, take = by_title[item["keep"]], [by_title[title] for title in item["take"]]
        merger = Merger(keep, take, item["title"], places=1)
        title = f"Thành lập {merger.title} trên cơ sở sáp nhập"
        basis = acts.decision(
            book, rng, title, in_window(rng, parameters.WINDOW_FROM + days(80)), carries_out=CTR30
        )
        acts.write(book, basis, acts.absorption(book, basis, merger, release=rng.choice([0, 1])))


def _split_school(book: Book, rng: random.Random, schools: Mapping[str, list[Merger]]) -> None:
    """One school is divided, because it had grown."""
    for district in list(schools)[: parameters.SCHOOLS_SPLIT_OFF]:
        source = schools[district].pop().keep
        new = Body(f"{source.id}b", "public_service_unit", f"{source.title} - cơ sở mới", source.parent)
        new.seats = [
            Seat(f"{new.id}.1", "head", "Hiệu trưởng"),
            Seat(f"{new.id}.2", "deputy", "Phó Hiệu trưởng"),
        ]
        basis = _school_decision(book, rng, f"Thành lập {new.title}", dt.date(2019, 8, 20), district)
        facts = {"sector": "education", "autonomy": "4"}
        acts.write(book, basis, acts.separation(basis, source, new, 4, facts))


def _outside_window(book: Book, rng: random.Random, schools: Mapping[str, list[Merger]]) -> None:
    """School mergers before the window, after it, and one signed before the review for the new year."""
    districts = list(schools)[-4:]
    for on, district in zip(_OUTSIDE, districts, strict=False):
        merger = schools[district].pop()
        basis = _school_decision(book, rng, _title(merger), on, district)
        acts.write(book, basis, acts.absorption(book, basis, merger))
    merger, signed_on = schools[districts[-1]].pop(), dt.date(2019, 9, 18)
    issuer = f"Ủy ban nhân dân {inside(book.bodies[districts[-1]].title)}"
    document = book.papers.decide("QĐ", issuer, _title(merger), signed_on, CTR30)
    early = Basis(document, "Điều 1", dt.date(2020, 1, 1), moment(dt.date(2019, 9, 26), 3), signed_on, "u-07")
    acts.write(book, early, acts.absorption(book, early, merger))


def _title(merger: Merger) -> str:
    return f"Sáp nhập {acts.names(merger.take)} vào {merger.keep.title}"


def _school_decision(book: Book, rng: random.Random, title: str, on: dt.date, district: str) -> Basis:
    issuer = f"Ủy ban nhân dân {inside(book.bodies[district].title)}"
    return acts.decision(book, rng, title, on, issuer=issuer, carries_out=CTR30, by="u-07")
