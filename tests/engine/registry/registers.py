"""A small register for the tests: one district, two communes, four villages, three posts with their holders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tinhgon.citations import Citation
from tinhgon.registry import events, journal
from tinhgon.registry.documents import Document
from tinhgon.registry.folder import RegisterFolder, write_folder
from tinhgon.registry.journal import Journal

CITED = Citation("qd-1", "Điều 1")
DOCUMENTS = {"qd-1": Document("qd-1", "1/QĐ-UBND", "Quyết định", "UBND tỉnh", "Thử nghiệm", synthetic=True)}
BASE = dt.date(2018, 1, 1)
SIGNED, ACT = dt.date(2019, 6, 20), dt.date(2019, 7, 1)
RECORDED = dt.datetime(2019, 10, 9, tzinfo=dt.UTC)


def opened(unit: str, kind: str, parent: str = "", on: dt.date = BASE, **more: Any) -> events.UnitOpened:
    parents = {"administrative": parent} if parent else {}
    return events.UnitOpened(
        effective_on=on,
        citation=CITED,
        unit=unit,
        kind=kind,
        title=more.pop("title", unit),
        parents=parents,
        **more,
    )


def measured(unit: str, on: dt.date = BASE, **measures: events.Number) -> events.MeasureRecorded:
    return events.MeasureRecorded(effective_on=on, citation=CITED, unit=unit, measures=measures)


def posted(post: str, unit: str, role: str = "head", on: dt.date = BASE) -> events.PostsOpened:
    return events.PostsOpened(
        effective_on=on, citation=CITED, unit=unit, posts=(events.NewPost(post, role, post),)
    )


def held(holding: str, person: str, post: str, on: dt.date = BASE) -> events.HoldingStarted:
    return events.HoldingStarted(effective_on=on, citation=CITED, holding=holding, person=person, post=post)


def ended(holding: str, on: dt.date = ACT) -> events.HoldingEnded:
    return events.HoldingEnded(effective_on=on, citation=CITED, holding=holding)


def counted(unit: str, category: str, assigned: int, on: dt.date = BASE) -> events.HeadcountRecorded:
    return events.HeadcountRecorded(
        effective_on=on, citation=CITED, unit=unit, category=category, assigned=assigned
    )


def moved(unit: str, parent: str, on: dt.date = ACT, hierarchy: str = "administrative") -> events.UnitMoved:
    return events.UnitMoved(effective_on=on, citation=CITED, unit=unit, parent=parent, hierarchy=hierarchy)


def act(
    label: str, inputs: Sequence[str], outputs: Sequence[events.Output], **more: Any
) -> events.Reorganised:
    fields = {"effective_on": ACT, "signed_on": SIGNED, "citation": CITED, **more}
    return events.Reorganised(act=label, inputs=tuple(inputs), outputs=tuple(outputs), **fields)


def merged(**more: Any) -> events.Reorganised:
    """Villages v1 and v2 become v5, with a new post for one of the two heads."""
    new = events.Output("v5", "village", "Thôn 5", parents={"administrative": "c1"})
    fields: dict[str, Any] = {
        "new_posts": (events.NewPost("p5", "head", "Trưởng thôn", "v5"),),
        "holders": (events.Placement("h1", "p5", "h5"),),
        **more,
    }
    return act("merge", fields.pop("inputs", ("v1", "v2")), fields.pop("outputs", (new,)), **fields)


def sound() -> list[events.Event]:
    """Twenty events that hold together."""
    return [
        opened("d", "district"),
        opened("c1", "commune", "d", code="00001"),
        opened("c2", "commune", "d", code="00002"),
        *(opened(f"v{n}", "village", "c1" if n < 4 else "c2") for n in (1, 2, 3, 4)),
        *(
            measured(f"v{n}", households=40 * n, population=160 * n + 1, area_km2=1.25 * n)
            for n in (1, 2, 3, 4)
        ),
        *(posted(f"p{n}", f"v{n}") for n in (1, 2, 3)),
        *(held(f"h{n}", f"person-{n}", f"p{n}") for n in (1, 2, 3)),
        counted("c1", "civil_servant", 11),
        counted("c2", "civil_servant", 9),
    ]


def journal_of(*found: events.Event, at: dt.datetime = RECORDED) -> Journal:
    """A journal with a sound chain, folded or not: what is wrong with its events is not looked at."""
    return Journal(tuple(journal.chain((event, at, "tester") for event in found)))


def written(path: Path, *found: events.Event) -> RegisterFolder:
    """The same on disk, as a register folder."""
    return write_folder(path, journal_of(*found), DOCUMENTS)


def files(folder: Path) -> dict[str, bytes]:
    """What a folder holds, byte for byte."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
