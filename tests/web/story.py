"""A small made-up province for the web's tests: every kind of event, some of them late, wrong or annulled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tinhgon.citations import Citation
from tinhgon.registry import events
from tinhgon.registry.documents import Document
from tinhgon.registry.folder import RegisterFolder, write_folder
from tinhgon.registry.journal import Journal, chain

START, END = dt.date(2018, 3, 8), dt.date(2019, 10, 9)
BASE = dt.date(2015, 12, 31)

DOCUMENTS = [
    Document("nq18", "18-NQ/TW", "nghị quyết", "Ban Chấp hành Trung ương", "Nghị quyết 18", dt.date(2017, 10, 25)),
    Document(
        "ctr26", "26-CTr/TU", "chương trình", "Tỉnh ủy", "Chương trình hành động số 26", dt.date(2018, 3, 8),
        carries_out=("nq18",),
    ),
    Document(
        "qd1", "101/QĐ-UBND", "quyết định", "Ủy ban nhân dân tỉnh", "Sắp xếp các phòng", dt.date(2018, 6, 1),
        dt.date(2018, 7, 1), ("ctr26",), synthetic=True,
    ),
    Document(
        "qd2", "202/QĐ-UBND", "quyết định", "Ủy ban nhân dân tỉnh", "Sáp nhập thôn", dt.date(2019, 2, 1),
        carries_out=("ctr26",), synthetic=True,
    ),
    Document("bc", "88-BC/TU", "báo cáo", "Tỉnh ủy", "Báo cáo sơ kết", dt.date(2019, 10, 9), synthetic=True),
]  # fmt: skip
BASELINE = Citation("nq18", "Phụ lục")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}T08:00:00+00:00")


def opened(unit: str, kind: str, title: str, parent: str = "", **more: object) -> events.UnitOpened:
    attributes = {name: str(value) for name, value in more.items() if name not in ("code", "party")}
    parents = {"administrative": parent} if parent else {}
    if more.get("party"):
        parents["party"] = str(more["party"])
    return events.UnitOpened(
        effective_on=BASE,
        citation=BASELINE,
        unit=unit,
        kind=kind,
        title=title,
        code=str(more.get("code", "")),
        parents=parents,
        attributes=attributes,
    )


def posts(unit: str, *titles: tuple[str, str]) -> events.PostsOpened:
    return events.PostsOpened(
        effective_on=BASE,
        citation=BASELINE,
        unit=unit,
        posts=tuple(
            events.NewPost(f"{unit}-{index}", role, title) for index, (role, title) in enumerate(titles)
        ),
    )


def held(person: str, post: str) -> events.HoldingStarted:
    return events.HoldingStarted(
        effective_on=BASE, citation=BASELINE, holding=f"h-{post}", person=person, post=post
    )


def counted(unit: str, on: str, households: int) -> events.MeasureRecorded:
    return events.MeasureRecorded(
        effective_on=day(on), citation=Citation("ctr26"), unit=unit, measures={"households": households}
    )


def baseline() -> list[events.Event]:
    """The province on 31 December 2015."""
    made: list[events.Event] = [
        opened("t", "province", "Tỉnh Mẫu", code="67", region="tay_nguyen"),
        opened("tu", "party_committee", "Tỉnh ủy", "t"),
        opened("hu", "party_committee", "Huyện ủy Đắk Mẫu", "", party="tu"),
        opened("snv", "department", "Sở Nội vụ", "t"),
        opened("p1", "division", "Phòng Tổ chức", "snv"),
        opened("p2", "division", "Phòng Cán bộ", "snv"),
        opened("p3", "division", "Phòng Cải cách hành chính", "snv"),
        opened("h", "district", "Huyện Đắk Mẫu", "t", code="660"),
        opened("ttyt", "public_service_unit", "Trung tâm Y tế", "h"),
        opened("tths", "public_service_unit", "Trung tâm Dân số", "h"),
    ]
    for x in (1, 2):
        made.append(opened(f"x{x}", "commune", f"Xã Đắk {x}", "h", code=f"2460{x}", mountain="yes"))
        made += [opened(f"x{x}v{v}", "village", f"Thôn {v}", f"x{x}") for v in range(1, 5)]
        made.append(posts(f"x{x}", ("part_time", "Văn phòng"), ("part_time", "Thủ quỹ")))
    made += [
        posts(f"x{x}v{v}", ("head", "Trưởng thôn"), ("part_time", "Phó thôn"))
        for x in (1, 2)
        for v in range(1, 5)
    ]
    made += [posts(p, ("head", "Trưởng phòng"), ("deputy", "Phó trưởng phòng")) for p in ("p1", "p2", "p3")]
    made += [posts(u, ("head", "Giám đốc")) for u in ("ttyt", "tths")]
    made += [held(f"người-{p}-{i}", f"{p}-{i}") for p in ("p1", "p2", "p3") for i in (0, 1)]
    made.append(held("người-p1-0", "ttyt-0"))
    made.append(
        events.HeadcountRecorded(
            effective_on=BASE,
            citation=BASELINE,
            unit="snv",
            category="civil_servant",
            assigned=40,
            present=37,
        )
    )
    return made


def absorbed(into: str, others: tuple[str, ...], on: str, **more: object) -> events.Reorganised:
    fields: dict[str, object] = {
        "effective_on": day(on),
        "citation": Citation("qd1", "Điều 1"),
        "signed_on": day("2018-06-01"),
        "act": "absorb",
        "inputs": (into, *others),
        "outputs": (events.Output(into),),
        **more,
    }
    return events.Reorganised(**fields)  # type: ignore[arg-type]  # fields come by name


def cited(kind: type[events.Event], on: str, **fields: object) -> events.Event:
    return kind(effective_on=day(on), citation=Citation("qd2"), **fields)  # type: ignore[arg-type]  # by name


def claimed(indicator: str, value: int) -> events.ClaimMade:
    return events.ClaimMade(
        effective_on=END,
        citation=Citation("bc", "Mục 1"),
        indicator=indicator,
        value=value,
        start=START,
        end=END,
    )


def acts() -> list[tuple[str, events.Event]]:
    """(recorded on, event), in the order they were recorded."""
    merge = absorbed(
        "x1v1", ("x1v2",), "2019-03-01", citation=Citation("qd2", "Điều 1"), signed_on=day("2019-02-01")
    )
    proposal = absorbed("x2v1", ("x2v2",), "2020-01-01", citation=Citation("qd2", "Điều 2"))
    return [
        ("2018-02-01", counted("x1v1", "2018-01-15", 260)),
        ("2018-02-01", counted("x1v2", "2018-01-15", 80)),
        ("2018-02-01", counted("x2v1", "2018-01-15", 90)),
        ("2018-02-01", counted("x2v2", "2018-01-15", 150)),
        ("2018-07-02", absorbed("p1", ("p2",), "2018-07-01", holders=(), approximate=True)),
        ("2018-08-01", absorbed("ttyt", ("tths",), "2018-07-20")),
        ("2019-03-02", merge),
        ("2019-04-01", cited(events.UnitMoved, "2019-04-01", unit="p3", parent="tu")),
        ("2019-05-01", cited(events.FactChanged, "2019-05-01", unit="x2", fact="border", value="yes")),
        (
            "2019-06-01",
            cited(
                events.Proposed, "2019-06-01", proposal="da-1", scheme="Đề án thôn", reorganisation=proposal
            ),
        ),
        ("2019-06-02", cited(events.PostsClosed, "2019-06-01", posts=("x1-1",))),
        ("2019-10-09", claimed("divisions", -2)),
        ("2019-10-09", claimed("public_service_units", -2)),
        ("2019-11-20", cited(events.PostsClosed, "2019-09-01", posts=("x2-1",))),
        ("2019-11-21", counted("x2v3", "2019-09-15", 50)),
    ]


def journal() -> Journal:
    """The whole story, recorded between 2016 and the end of November 2019."""
    recorded = [(event, moment("2016-01-10"), "canbo-1") for event in baseline()]
    recorded += [(event, moment(on), "canbo-2") for on, event in acts()]
    last = len(recorded)
    wrong = last  # the count of x2v3: 50 should have been 105
    recorded.append(
        (
            events.Corrected(
                effective_on=day("2019-09-15"),
                citation=Citation("ctr26"),
                target=wrong,
                replacement=counted("x2v3", "2019-09-15", 105),
                reason="đọc nhầm số",
            ),
            moment("2019-11-25"),
            "canbo-1",
        )
    )
    recorded.append((counted("x2v4", "2019-09-15", 45), moment("2019-11-26"), "canbo-1"))
    annulled = events.Annulled(
        effective_on=day("2019-09-15"), citation=Citation("ctr26"), targets=(last + 2,), reason="ghi hai lần"
    )
    recorded.append((annulled, moment("2019-11-27"), "canbo-1"))
    return Journal(tuple(chain(recorded)))


PROGRAMMES = """
synthetic: true
programmes:
  - document: ctr26
    starts_on: 2018-03-08
    targets:
      - {indicator: divisions, at_most: -1, due_on: 2019-12-31, clause: Mục 1}
      - {indicator: public_service_units, at_most: -1, due_on: 2019-12-31}
      - {indicator: villages_unsettled, base: 3, at_most: 0, due_on: 2020-06-30}
      - {indicator: villages_forecast, at_most: -1, due_on: 2019-06-30}
    places:
      x2:
        - {indicator: commune_part_time, at_most: -2, due_on: 2019-12-31}
"""


def write_programmes(path: Path) -> Path:
    """Write the programmes of the story as a file."""
    path.write_text(PROGRAMMES, encoding="utf-8")
    return path


def write(path: Path) -> RegisterFolder:
    """Write the story as a register folder."""
    return write_folder(path, journal(), {document.id: document for document in DOCUMENTS})
