"""The apparatus at the baseline: provincial bodies with their divisions, district and commune bodies, public
service units; posts, holders and headcounts with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from .book import Basis, Body, Book, Seat
from .places import PARTY_COMMITTEE, PROVINCE, Commune, Places, read_data
from .sources import Baseline
from .wording import inside, posts_of

_INNER = {"Ban": "board", "Chi": "sub_department"}
_SECTORS = {
    "education": ("Trường", "Trung tâm Giáo dục", "Trung tâm Dạy nghề", "Trung tâm Ngoại ngữ"),
    "health": ("Bệnh viện", "Trung tâm Y tế", "Trung tâm Phòng chống", "Trung tâm Chăm sóc", "Trung tâm Kiểm nghiệm",
               "Trung tâm Truyền thông giáo dục", "Trung tâm Giám định", "Trung tâm Pháp y", "Trung tâm Dân số"),
    "culture": ("Trung tâm Văn hóa", "Bảo tàng", "Ban Quản lý di tích", "Thư viện", "Đoàn Ca", "Đài", "Nhà Thiếu nhi",
                "Trung tâm Phát hành", "Trung tâm Huấn luyện", "Báo"),
    "agriculture": ("Trạm", "Trung tâm Khuyến nông", "Trung tâm Giống", "Trung tâm Nước", "Ban Quản lý rừng"),
}  # fmt: skip


@attrs.define
class Apparatus:
    """Bodies of the story that later chapters reorganise."""

    siblings: dict[str, list[Body]] = attrs.field(factory=dict)
    """Parent -> its divisions and boards, at the provincial level."""
    services: dict[str, list[Body]] = attrs.field(factory=dict)
    """Parent -> its public service units."""
    schools: dict[str, list[Body]] = attrs.field(factory=dict)
    """District -> its schools."""


def establish(book: Book, baseline: Baseline, places: Places) -> Apparatus:
    """Take the apparatus into the register."""
    apparatus = Apparatus()
    data = read_data("apparatus")
    basis = baseline.block("Phần I, Tỉnh ủy")
    committee = Body(PARTY_COMMITTEE, "party_committee", "Tỉnh ủy Đắk Nông", PROVINCE)
    committee.seats = _seats(book, committee.id, ("secretary", "Bí thư"), ("deputy_secretary", "Phó Bí thư"))
    book.open_body(basis, committee)
    _open_people(book, baseline.block("Phần I, HĐND và UBND tỉnh"), PROVINCE, "tỉnh Đắk Nông")
    kinds = {"party": "party_body", "front": "mass_organisation", "state": "department"}
    for block, kind in kinds.items():
        for item in data[block]:
            _open_provincial(book, baseline, apparatus, item, item.get("kind", kind), block)
    for district in places.districts:
        _open_district(book, baseline, apparatus, data, district)
    for commune in places.communes:
        _open_commune_bodies(book, baseline, commune)
        _open_schools(book, baseline, apparatus, commune)
    return apparatus


def service(book: Book, basis: Basis, id_: str, title: str, parent: str, **facts: Any) -> Body:
    """Take a public service unit into the register, with its director, deputies and staff."""
    rng = book.rng(f"service/{id_}")
    body = Body(id_, "public_service_unit", title, parent)
    body.seats = _leaders(book, body, deputies=rng.randint(1, 2))
    body.staff = {"public_employee": rng.randint(8, 38)}
    attributes = {"sector": sector_of(title), "autonomy": rng.choice(["4", "4", "4", "3", "2"])}
    return book.open_body(basis, body, attributes={**attributes, **facts.pop("attributes", {})}, **facts)


def sector_of(title: str) -> str:
    """The sector of a public service unit, by its name."""
    for sector, starts in _SECTORS.items():
        if title.startswith(starts):
            return sector
    return "other"


def _seats(book: Book, unit: str, *roles: tuple[str, str]) -> list[Seat]:
    """Posts of a unit, each with a person of its own."""
    return [
        Seat(f"{unit}.{number}", role, title, person=book.person())
        for number, (role, title) in enumerate(roles, 1)
    ]


def _leaders(book: Book, body: Body, deputies: int) -> list[Seat]:
    """The head of a body and so many deputies."""
    head, deputy = posts_of(body.title)
    return _seats(book, body.id, ("head", head), *[("deputy", deputy)] * deputies)


def _open_provincial(
    book: Book,
    baseline: Baseline,
    apparatus: Apparatus,
    item: Mapping[str, Any],
    kind: str,
    block: str,
) -> None:
    basis = baseline.block(f"Phần I, {item['title']}")
    body = Body(f"o-{item['id']}", kind, item["title"], PROVINCE)
    rng = book.rng(f"body/{body.id}")
    body.seats = _leaders(book, body, deputies=rng.randint(1, 3))
    body.staff = {"civil_servant": rng.randint(3, 6)}
    parents = {"administrative": PROVINCE}
    if block == "party":
        parents["party"] = PARTY_COMMITTEE
    book.open_body(basis, body, parents=parents)
    _open_inner(book, basis, apparatus, body, item["inner"])
    for number, title in enumerate(item.get("services", ()), 1):
        opened = service(book, basis, f"s-{item['id']}-{number:02d}", title, body.id)
        apparatus.services.setdefault(body.id, []).append(opened)


def _open_inner(book: Book, basis: Basis, apparatus: Apparatus, parent: Body, inner: list[Any]) -> None:
    """Open divisions, boards and sub-departments below a body, the last with divisions of their own."""
    rng = book.rng(f"inner/{parent.id}")
    for number, entry in enumerate(inner, 1):
        nested = entry if isinstance(entry, Mapping) else {"title": entry, "inner": []}
        kind = _INNER.get(nested["title"].split(" ")[0], "division")
        body = Body(f"{parent.id}-{number:02d}", kind, nested["title"], parent.id)
        body.seats = _leaders(book, body, deputies=rng.choice([1, 1, 1, 2]))
        body.staff = {"civil_servant": rng.randint(4, 9)}
        book.open_body(basis, body)
        apparatus.siblings.setdefault(parent.id, []).append(body)
        if nested["inner"]:
            _open_inner(book, basis, apparatus, body, nested["inner"])


def _open_people(
    book: Book, basis: Basis, place: str, name: str, leads: str = "", secretary: str = ""
) -> None:
    """The People's Council and People's Committee of a place; the Party secretary may chair one of them."""
    council = Body(f"o-hdnd-{place}", "council", f"Hội đồng nhân dân {name}", place)
    council.seats = _seats(book, council.id, ("chair", "Chủ tịch"), ("vice_chair", "Phó Chủ tịch"))
    if leads == "council":
        council.seats[0].person = secretary
    book.open_body(basis, council)
    committee = Body(f"o-ubnd-{place}", "committee", f"Ủy ban nhân dân {name}", place)
    committee.seats = _seats(book, committee.id, ("chair", "Chủ tịch"), *[("vice_chair", "Phó Chủ tịch")] * 2)
    if leads == "committee":
        committee.seats[0].person = secretary
    book.open_body(basis, committee)


def _open_district(
    book: Book, baseline: Baseline, apparatus: Apparatus, data: Mapping[str, Any], district: Body
) -> None:
    basis = baseline.block(f"Phần I, {district.title}")
    name = inside(district.title)
    seat = name.replace("huyện", "Huyện ủy").replace("thị xã", "Thị ủy")
    code = district.id[2:]
    committee = Body(f"o-du-{code}", "party_committee", seat, district.id)
    committee.seats = _seats(book, committee.id, ("secretary", "Bí thư"), ("deputy_secretary", "Phó Bí thư"))
    book.open_body(basis, committee, parents={"administrative": district.id, "party": PARTY_COMMITTEE})
    _open_people(book, basis, district.id, name)
    groups = (("party", "party_body"), ("front", "mass_organisation"), ("offices", "district_office"))
    for group, kind in groups:
        owner = seat if group == "party" else name
        for number, title in enumerate(data[f"district_{group}"], 1):
            office = Body(
                f"o-{code}-{group[0]}{number:02d}",
                kind,
                f"{title} {owner}",
                district.id,
            )
            office.seats = _leaders(book, office, deputies=1)
            office.staff = {"civil_servant": 3 + number % 5}
            parents = {"administrative": district.id}
            if group == "party":
                parents["party"] = committee.id
            function = {"Ban Tuyên giáo": "propaganda", "Ủy ban Kiểm tra": "inspection"}.get(title)
            attributes = {"function": function} if function else {}
            book.open_body(basis, office, parents=parents, attributes=attributes)
    _open_district_services(book, basis, apparatus, data, district, name)


def _open_district_services(
    book: Book,
    basis: Basis,
    apparatus: Apparatus,
    data: Mapping[str, Any],
    district: Body,
    name: str,
) -> None:
    titles = [title for act in data["district_services"].values() for title in (act["keep"], *act["take"])]
    for number, title in enumerate(titles, 1):
        opened = service(book, basis, f"s-{district.id[2:]}-{number:02d}", f"{title} {name}", district.id)
        apparatus.services.setdefault(district.id, []).append(opened)
    centre = f"Trung tâm Bồi dưỡng chính trị {name}"
    function = {"function": "political_centre"}
    service(book, basis, f"s-{district.id[2:]}-tt", centre, district.id, attributes=function)


def _open_commune_bodies(book: Book, baseline: Baseline, commune: Commune) -> None:
    basis = baseline.block(f"Phần I, {commune.body.title}")
    place = commune.body.id
    name = inside(commune.body.title)
    committee = Body(f"o-du-{place[2:]}", "party_committee", f"Đảng ủy {name}", place)
    committee.seats = _seats(book, committee.id, ("secretary", "Bí thư"), ("deputy_secretary", "Phó Bí thư"))
    parents = {"administrative": place, "party": f"o-du-{commune.district[2:]}"}
    book.open_body(basis, committee, parents=parents)
    leads = book.rng(f"secretary/{place}").choices(["", "council", "committee"], [78, 20, 2])[0]
    _open_people(book, basis, place, name, leads, committee.seats[0].person)


def _open_schools(book: Book, baseline: Baseline, apparatus: Apparatus, commune: Commune) -> None:
    """Schools of a commune: under the district, with the commune they stand in as an attribute."""
    basis = baseline.block(f"Phần III, trường học tại {commune.body.title}")
    rng = book.rng(f"schools/{commune.body.id}")
    name = commune.body.title.split(" ", 1)[1].removeprefix("trấn ")
    titles = [f"Trường Mầm non {name}", f"Trường Tiểu học {name}", f"Trường THCS {name}"]
    if rng.random() < 0.45:
        titles.append(f"Trường Tiểu học {name} 2")
    for number, title in enumerate(titles, 1):
        id_ = f"s-{commune.body.id[2:]}-{number:02d}"
        standing = {"commune": commune.body.id}
        opened = service(book, basis, id_, title, commune.district, attributes=standing)
        apparatus.schools.setdefault(commune.district, []).append(opened)
