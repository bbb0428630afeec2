"""What the fold makes of the journal: units, posts, holdings and flows with their whole history.

A `Register` holds the valid-time axis (what held when) as known at one moment; the other axis is a fold of
fewer journal entries. Reading never changes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Self

import attrs

from tinhgon.registry import events, kinds
from tinhgon.registry.timeline import Timeline

NAME, KIND, CODE = "name", "kind", "code"


def parent_fact(hierarchy: str) -> str:
    """The name of the fact that holds a unit's parent in a hierarchy."""
    return "parent" if hierarchy == kinds.ADMINISTRATIVE else f"parent:{hierarchy}"


class Lasting:
    """Something that opens on one day and may close on another."""

    __slots__ = ("closed_by", "closed_on", "id", "opened_by", "opened_on")

    def __init__(self, id_: str, opened_on: dt.date, opened_by: int) -> None:
        self.id = id_
        self.opened_on = opened_on
        self.opened_by = opened_by
        self.closed_on: dt.date | None = None
        self.closed_by: int | None = None

    def copied(self) -> Self:
        """A copy that shares what it points to."""
        new = object.__new__(type(self))
        for name in (*Lasting.__slots__, *self.__slots__):
            setattr(new, name, getattr(self, name))
        return new

    def is_open(self, on: dt.date) -> bool:
        """Whether it is there on a day (from its opening day, up to but not on its closing day)."""
        return self.opened_on <= on and (self.closed_on is None or on < self.closed_on)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} {self.opened_on}..{self.closed_on or ''}>"


class Unit(Lasting):
    """A unit of the apparatus. Name, kind, code, parents, attributes, measures and headcounts are dated."""

    __slots__ = ("facts", "headcounts", "measures")

    def __init__(self, id_: str, opened_on: dt.date, opened_by: int) -> None:
        super().__init__(id_, opened_on, opened_by)
        self.facts: dict[str, Timeline] = {}
        self.measures: dict[str, Timeline] = {}
        self.headcounts: dict[str, Timeline] = {}

    def fact(self, name: str, on: dt.date) -> str | None:
        """The value of a fact on a day."""
        timeline = self.facts.get(name)
        return None if timeline is None else timeline.at(on)

    def name(self, on: dt.date) -> str:
        """The name on a day; outside the unit's life, the nearest name it had."""
        return self.fact(NAME, on) or self.facts[NAME][0].value

    def kind(self, on: dt.date) -> str:
        """The kind on a day; before the unit opened, its first kind."""
        return self.fact(KIND, on) or self.facts[KIND][0].value

    def code(self, on: dt.date) -> str:
        """The code on a day, empty when it has none."""
        return self.fact(CODE, on) or ""

    def parent(self, on: dt.date, hierarchy: str = kinds.ADMINISTRATIVE) -> str | None:
        """The parent's id on a day in a hierarchy."""
        return self.fact(parent_fact(hierarchy), on)

    def measure(self, name: str, on: dt.date) -> events.Number | None:
        """The latest value of a measure counted on or before a day."""
        timeline = self.measures.get(name)
        return None if timeline is None else timeline.at(on)


class Post(Lasting):
    """A post in a unit; `unit` is dated because a post may move with a reorganisation."""

    __slots__ = ("holdings", "role", "title", "unit")

    def __init__(self, new: events.NewPost, opened_on: dt.date, opened_by: int) -> None:
        super().__init__(new.post, opened_on, opened_by)
        self.role = new.role
        self.title = new.title
        self.unit = Timeline()
        self.holdings: list[Holding] = []

    def holder(self, on: dt.date) -> Holding | None:
        """The holding of this post on a day."""
        return next((holding for holding in self.holdings if holding.is_open(on)), None)


class Holding(Lasting):
    """A person, by opaque id, in a post for a period."""

    __slots__ = ("person", "post", "reason")

    def __init__(self, id_: str, person: str, post: str, opened_on: dt.date, opened_by: int) -> None:
        super().__init__(id_, opened_on, opened_by)
        self.person = person
        self.post = post
        self.reason = ""


@attrs.frozen(slots=True)
class FlowRecord:
    """A flow that took place: `share` of `source` went to `target` on a day, by entry `seq`."""

    on: dt.date
    seq: int
    source: str
    target: str
    share: float


@attrs.define(slots=True)
class Proposal:
    """A proposal with its fate. It waits until it is withdrawn, carried out, or overtaken.

    It is overtaken on the day a unit it takes in ceases by an act that does not carry it out.
    """

    id: str
    scheme: str
    seq: int
    proposed_on: dt.date
    reorganisation: events.Reorganised
    withdrawn_on: dt.date | None = None
    withdrawn_by: int | None = None
    done_on: dt.date | None = None
    done_by: int | None = None
    overtaken_on: dt.date | None = None
    overtaken_by: int | None = None

    def is_waiting(self, on: dt.date) -> bool:
        """Whether, on a day, it has been proposed and neither settled nor overtaken."""
        if on < self.proposed_on or self.is_settled(on):
            return False
        return self.overtaken_on is None or on < self.overtaken_on

    def is_settled(self, on: dt.date) -> bool:
        """Whether somebody withdrew it or carried it out by a day; one overtaken is neither."""
        return any(day is not None and day <= on for day in (self.withdrawn_on, self.done_on))

    def is_overtaken(self, on: dt.date) -> bool:
        """Whether it was overtaken by a day and nobody has withdrawn it since."""
        return self.overtaken_on is not None and self.overtaken_on <= on and not self.is_settled(on)


@attrs.define(slots=True)
class Effects:
    """What one reorganisation did beyond its outputs: for previews, pages and the balance of people."""

    opened: list[str] = attrs.field(factory=list)
    closed: list[str] = attrs.field(factory=list)
    children_moved: dict[str, str] = attrs.field(factory=dict)
    posts_opened: list[str] = attrs.field(factory=list)
    posts_closed: list[str] = attrs.field(factory=list)
    posts_moved: dict[str, str] = attrs.field(factory=dict)
    placed: dict[str, str] = attrs.field(factory=dict)
    released: list[str] = attrs.field(factory=list)
    headcount_released: dict[str, int] = attrs.field(factory=dict)


class Register:
    """The apparatus with its history, as known after a number of journal entries."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.posts: dict[str, Post] = {}
        self.holdings: dict[str, Holding] = {}
        self.proposals: dict[str, Proposal] = {}
        self.proposals_of: dict[str, list[str]] = {}
        self.claims: dict[int, events.ClaimMade] = {}
        self.aliases: dict[str, str] = {}
        self.effects: dict[int, Effects] = {}
        self.flows: list[FlowRecord] = []
        self.flows_from: dict[str, list[FlowRecord]] = {}
        self.flows_to: dict[str, list[FlowRecord]] = {}
        self.base: Register | None = None  # of all but the last events, for the fold to start from again
        self.drafts_from: int | None = None
        self.source: list[tuple[int, events.Event]] = []
        self.applied: list[tuple[int, events.Event]] = []
        self.children_ever: dict[tuple[str, str], dict[str, None]] = {}
        self.posts_ever: dict[str, dict[str, None]] = {}
        self.codes: dict[str, dict[str, None]] = {}
        self.holdings_of: dict[str, list[Holding]] = {}
        self.event_by_seq: dict[int, events.Event] = {}

    def is_draft(self, seq: int) -> bool:
        """Whether a sequence number belongs to an overlay's unsigned event."""
        return self.drafts_from is not None and seq >= self.drafts_from

    def unit(self, id_: str) -> Unit | None:
        """The unit with an id, also by the id of a duplicate record of it."""
        return self.units.get(self.aliases.get(id_, id_))

    def units_on(
        self, on: dt.date, kinds_: Iterable[str] | None = None, under: str | None = None
    ) -> Iterator[Unit]:
        """Units open on a day, in order of registration; of some kinds; below a unit (at any depth)."""
        wanted = None if kinds_ is None else frozenset(kinds_)
        pool: Iterable[Unit] = self.units.values() if under is None else self.descendants(under, on)
        for unit in pool:
            if unit.is_open(on) and (wanted is None or unit.kind(on) in wanted):
                yield unit

    def children(self, id_: str, on: dt.date, hierarchy: str = kinds.ADMINISTRATIVE) -> list[Unit]:
        """Units open on a day whose parent in the hierarchy is this one on that day."""
        ever = self.children_ever.get((hierarchy, id_), {})
        fact = parent_fact(hierarchy)
        return [
            unit
            for unit in map(self.units.__getitem__, ever)
            if unit.is_open(on) and unit.fact(fact, on) == id_
        ]

    def descendants(self, id_: str, on: dt.date, hierarchy: str = kinds.ADMINISTRATIVE) -> Iterator[Unit]:
        """All units below one on a day, depth first, without itself."""
        for child in self.children(id_, on, hierarchy):
            yield child
            yield from self.descendants(child.id, on, hierarchy)

    def ancestors(self, id_: str, on: dt.date, hierarchy: str = kinds.ADMINISTRATIVE) -> Iterator[Unit]:
        """The units above one on a day, nearest first."""
        unit = self.units.get(id_)
        while unit is not None:
            parent = unit.parent(on, hierarchy)
            unit = None if parent is None else self.units.get(parent)
            if unit is not None:
                yield unit

    def territory(self, id_: str, on: dt.date) -> Unit | None:
        """The nearest territorial unit above a unit on a day: it says at which level the unit stands."""
        return next((up for up in self.ancestors(id_, on) if up.kind(on) in kinds.TERRITORIES), None)

    def level(self, id_: str, on: dt.date) -> str | None:
        """The family ("province", "district", "commune", "village") of the territory a unit stands in."""
        above = self.territory(id_, on)
        return None if above is None else kinds.FAMILY[above.kind(on)]

    def posts_on(self, unit: str, on: dt.date) -> list[Post]:
        """Posts open in a unit on a day."""
        ever = self.posts_ever.get(unit, {})
        found = (self.posts[id_] for id_ in ever)
        return [post for post in found if post.is_open(on) and post.unit.at(on) == unit]

    def fact_causes(self, unit: Unit) -> Iterator[int]:
        """Sequence numbers of all entries that touched a unit, oldest first, each once."""
        causes: set[int] = {unit.opened_by}
        if unit.closed_by is not None:
            causes.add(unit.closed_by)
        for group in (unit.facts, unit.measures, unit.headcounts):
            causes.update(span.cause for timeline in group.values() for span in timeline)
        causes.update(flow.seq for flow in self.flows_from.get(unit.id, ()))
        causes.update(flow.seq for flow in self.flows_to.get(unit.id, ()))
        for id_ in self.posts_ever.get(unit.id, {}):
            causes.update(_post_causes(self.posts[id_]))
        yield from sorted(causes)


def _post_causes(post: Post) -> Iterator[int]:
    for lasting in (post, *post.holdings):
        yield lasting.opened_by
        if lasting.closed_by is not None:
            yield lasting.closed_by
