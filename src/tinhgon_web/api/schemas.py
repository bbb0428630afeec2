"""The shapes of answers, as the interface's description shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Field, Schema


class Source(Schema):
    """From which state of the journal an answer was made."""

    seq: int = Field(description="the last entry counted")
    hash: str = Field(description="its hash, which names the whole journal up to it")
    on: dt.date | None = Field(None, description="the day shown")
    known_on: dt.date | None = Field(None, description="entries recorded after this day were not counted")
    permalink: str | None = Field(
        description="the address that will always give this same answer; none of a POST"
    )
    licence: str
    synthetic: bool = Field(description="whether the register holds invented documents")


class Page(Schema):
    """A part of a list."""

    source: Source
    total: int
    next: str | None = Field(None, description="the address of the next part")


class Unit(Schema):
    """A unit on a day."""

    id: str
    code: str
    name: str
    kind: str
    kind_vi: str
    parent: str | None
    party_parent: str | None
    opened_on: dt.date
    closed_on: dt.date | None
    measures: dict[str, float]


class Units(Page):
    """Units open on a day."""

    items: list[Unit]


class UnitHistory(Schema):
    """A unit with its names and the flows that led to it and from it."""

    source: Source
    unit: Unit
    names: list[Period]
    came_from: list[Flow]
    went_to: list[Flow]


class Period(Schema):
    """What a fact was during [start, end)."""

    value: str
    start: dt.date
    end: dt.date | None


class Flow(Schema):
    """A share of one unit that went into another by an act."""

    on: dt.date
    seq: int
    source: str
    source_name: str
    target: str
    target_name: str
    share: float
    document: str


class EventsAsked(Schema):
    """Which entries are asked for."""

    start: dt.date | None = Field(None, alias="from", description="in force on or after this day")
    end: dt.date | None = Field(None, alias="to", description="in force on or before this day")
    kind: str | None = None
    unit: str | None = Field(None, description="touching this unit")
    known_on: dt.date | None = None
    at: str | None = None


class Cited(Schema):
    """The clause of a document."""

    document: str
    number: str
    clause: str


class Event(Schema):
    """An entry of the journal. What names people is not published."""

    seq: int
    kind: str
    kind_vi: str
    effective_on: dt.date
    signed_on: dt.date | None
    operating_on: dt.date | None
    recorded_at: dt.datetime
    citation: Cited
    hash: str
    payload: dict[str, Any]


class Events(Page):
    """Entries in the order they were recorded."""

    items: list[Event]


class CrosswalkRow(Schema):
    """`share` of `source` is in `target`; without a target it is nowhere, without a source it is new."""

    source: str | None
    source_code: str | None
    source_name: str | None
    target: str | None
    target_code: str | None
    target_name: str | None
    share: float


class Crosswalk(Page):
    """Which share of each unit of one day is where on another."""

    items: list[CrosswalkRow]


class Counted(Schema):
    """An entry that a figure counts, and what it adds."""

    seq: int
    event: str
    effective_on: dt.date
    document: str
    clause: str
    delta: float


class Figure(Schema):
    """A number that says where it came from; `counted` is how many entries it counts."""

    code: str
    name_vi: str
    name_en: str
    definition_vi: str
    definition_en: str
    kind: Literal["result", "obligation", "forecast"]
    value: float | None
    unit_vi: str
    unit_en: str
    approximate: bool
    unverified: bool = Field(description="a legal value that decided was not checked against a source")
    start: dt.date
    end: dt.date
    counted: int
    trace: str = Field(description="the address of the entries counted")


class Figures(Schema):
    """Figures over a window."""

    source: Source
    items: list[Figure]


class FigureTrace(Page):
    """A figure with the entries it counts."""

    figure: Figure
    items: list[Counted]


class Part(Schema):
    """Where (a share of) a place is."""

    unit: str
    code: str
    title: str
    path: list[str] = Field(description="titles from the unit up to its province")
    share: float | None = Field(description="of population; null when it is not known")
    approximate: bool
    acts: list[int] = Field(description="the entries that led there")


class Meant(Schema):
    """A place an address may mean."""

    unit: str
    name: str
    start: dt.date
    end: dt.date | None
    approximate: bool = Field(description="the name is only nearly the one typed")
    street: str
    parts: list[Part]


class Converted(Schema):
    """What an address is on the day asked for."""

    address: str
    status: Literal["one", "divided", "several", "gone", "unknown"]
    text: str = Field(description="the address as it is written on that day, when one unit answers")
    candidates: list[Meant]


class Conversions(Schema):
    """The answers, in the order asked."""

    source: Source
    items: list[Converted]


class ToConvert(Schema):
    """Addresses or names of places to convert."""

    addresses: list[str] = Field(max_length=10_000, description="at most 10,000, each at most 500 characters")
    to: dt.date | None = Field(None, description="the day to convert to; without it, today")
    on: dt.date | None = Field(
        None, description="the day they were written; without it, names of any time count"
    )
    known_on: dt.date | None = None
    at: str | None = None


UnitHistory.model_rebuild()
