"""A small province to tell stories about in tests: every helper returns an event with sane defaults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from tinhgon.citations import Citation
from tinhgon.registry import events
from tinhgon.registry.fold import fold
from tinhgon.registry.state import Register

BASE = dt.date(2015, 12, 31)
CITED = Citation("qd-1", "Điều 1")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def opened(unit: str, kind: str, parent: str = "", on: dt.date = BASE, **more: Any) -> events.UnitOpened:
    parents: Mapping[str, str] = {"administrative": parent} if parent else {}
    fields = {"title": unit, "parents": parents, **more}
    return events.UnitOpened(effective_on=on, citation=CITED, unit=unit, kind=kind, **fields)


def measured(unit: str, on: dt.date = BASE, **measures: float) -> events.MeasureRecorded:
    return events.MeasureRecorded(effective_on=on, citation=CITED, unit=unit, measures=measures)


def posts(unit: str, role: str, *ids: str, on: dt.date = BASE) -> events.PostsOpened:
    new = tuple(events.NewPost(id_, role, role) for id_ in ids)
    return events.PostsOpened(effective_on=on, citation=CITED, unit=unit, posts=new)


def closed(*ids: str, on: dt.date) -> events.PostsClosed:
    return events.PostsClosed(effective_on=on, citation=CITED, posts=ids)


def held(post: str, person: str, on: dt.date = BASE, holding: str = "", **more: Any) -> events.HoldingStarted:
    return events.HoldingStarted(
        effective_on=on,
        citation=CITED,
        holding=holding or f"h-{post}-{person}",
        person=person,
        post=post,
        **more,
    )


def left(post: str, person: str, on: dt.date, **more: Any) -> events.HoldingEnded:
    return events.HoldingEnded(effective_on=on, citation=CITED, holding=f"h-{post}-{person}", **more)


def act(
    kind: str, inputs: Iterable[str], outputs: Iterable[events.Output | str], on: dt.date, **more: Any
) -> events.Reorganised:
    settled = tuple(out if isinstance(out, events.Output) else events.Output(out) for out in outputs)
    fields = {"signed_on": on, "citation": CITED, **more}
    return events.Reorganised(effective_on=on, act=kind, inputs=tuple(inputs), outputs=settled, **fields)


def proposed(id_: str, reorganisation: events.Reorganised, on: dt.date) -> events.Proposed:
    return events.Proposed(
        effective_on=on, citation=CITED, proposal=id_, scheme="scheme", reorganisation=reorganisation
    )


def province() -> list[events.Event]:
    """A highland province with one district and two communes, one of them on the border."""
    return [
        opened("province", "province", attributes={"region": "tay_nguyen", "mountain": "yes"}),
        opened("district", "district", "province"),
        opened("commune", "commune", "district", code="24611"),
        opened("border", "commune", "district", code="24620", attributes={"border": "yes"}),
    ]


def register_of(*groups: events.Event | Iterable[events.Event]) -> Register:
    """Fold events and lists of events, numbered in the order given."""
    flat: list[events.Event] = []
    for group in groups:
        flat.extend([group] if isinstance(group, events.Event) else group)
    return fold(enumerate(flat, 1))
