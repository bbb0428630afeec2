"""The events of the register, as frozen classes.

Four verbs are kept apart. **Change**: the world moved (`UnitOpened` … `HoldingEnded`). **Reorganise**: an act
with a document turned n units into m (`Reorganised`). **Correct**: the record was wrong (`Corrected`,
`Annulled`). **De-duplicate**: two records were one thing (`Deduplicated`).

Every event holds from the start of its day `effective_on` and cites a clause. An act also carries the day it
was signed and the day the new arrangement started to operate; neither may precede its cause. People appear
only by opaque id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

import attrs

from tinhgon.citations import Citation

Number = int | float


@attrs.frozen(slots=True, kw_only=True)
class Event:
    """What every event has: the day it holds from, its source, and whether the source says "about"."""

    name: ClassVar[str] = "event"

    effective_on: dt.date
    citation: Citation
    signed_on: dt.date | None = None
    operating_on: dt.date | None = None
    approximate: bool = False


@attrs.frozen(slots=True, kw_only=True)
class UnitOpened(Event):
    """A unit is there from this day: taken into the register, or established by an act.

    `parents` maps hierarchy ("administrative", "party") to the parent's id; `attributes` are further dated
    facts (sector, autonomy group, word used for a village, region …).
    """

    name: ClassVar[str] = "unit_opened"

    unit: str
    kind: str
    title: str
    code: str = ""
    parents: Mapping[str, str] = attrs.field(factory=dict)
    attributes: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(slots=True, kw_only=True)
class FactChanged(Event):
    """A code or an attribute of a unit takes a new value from this day; an empty value ends it."""

    name: ClassVar[str] = "fact_changed"

    unit: str
    fact: str
    value: str


@attrs.frozen(slots=True, kw_only=True)
class UnitMoved(Event):
    """A unit gets another parent in one hierarchy."""

    name: ClassVar[str] = "unit_moved"

    unit: str
    parent: str
    hierarchy: str = "administrative"


@attrs.frozen(slots=True, kw_only=True)
class MeasureRecorded(Event):
    """Households, population or area of a unit, as counted on this day."""

    name: ClassVar[str] = "measure_recorded"

    unit: str
    measures: Mapping[str, Number]


@attrs.frozen(slots=True, kw_only=True)
class HeadcountRecorded(Event):
    """Posts assigned (quota) and people present, of one category, in a unit."""

    name: ClassVar[str] = "headcount_recorded"

    unit: str
    category: str
    assigned: int
    present: int | None = None


@attrs.frozen(slots=True)
class NewPost:
    """A post to open: opaque id, role (`kinds.ROLES`) and title; `unit` only inside a reorganisation."""

    post: str
    role: str
    title: str
    unit: str = ""


@attrs.frozen(slots=True, kw_only=True)
class PostsOpened(Event):
    """One decision opens posts in a unit."""

    name: ClassVar[str] = "posts_opened"

    unit: str
    posts: tuple[NewPost, ...]


@attrs.frozen(slots=True, kw_only=True)
class PostsClosed(Event):
    """One decision closes posts; whoever holds one leaves it that day."""

    name: ClassVar[str] = "posts_closed"

    posts: tuple[str, ...]


@attrs.frozen(slots=True, kw_only=True)
class HoldingStarted(Event):
    """A person takes up a post. A post has one holder at a time; a person may hold several posts."""

    name: ClassVar[str] = "holding_started"

    holding: str
    person: str
    post: str


@attrs.frozen(slots=True, kw_only=True)
class HoldingEnded(Event):
    """A person leaves a post: retired, resigned, dismissed, moved …"""

    name: ClassVar[str] = "holding_ended"

    holding: str
    reason: str = ""


@attrs.frozen(slots=True)
class Output:
    """A unit coming out of a reorganisation: an input that goes on, or a new one (then kind and title are needed).

    `measures` are what the act states; they must equal what flows in.
    """

    unit: str
    kind: str = ""
    title: str = ""
    code: str = ""
    parents: Mapping[str, str] = attrs.field(factory=dict)
    attributes: Mapping[str, str] = attrs.field(factory=dict)
    measures: Mapping[str, Number] = attrs.field(factory=dict)


@attrs.frozen(slots=True)
class Flow:
    """`share` (0 < share <= 1, of population) of `source` goes to `target`; `amounts` are exact quantities moved."""

    source: str
    target: str
    share: float = 1.0
    amounts: Mapping[str, Number] = attrs.field(factory=dict)


@attrs.frozen(slots=True)
class Placement:
    """The holder of a post that closes takes up another post under a new holding id."""

    holding: str
    post: str
    new_holding: str


@attrs.frozen(slots=True)
class HeadcountPlacement:
    """Headcount of one category that a unit has after the act; `unit` empty means released."""

    unit: str
    category: str
    assigned: int


@attrs.frozen(slots=True, kw_only=True)
class Reorganised(Event):
    """n units go in, m come out; `act` is a label with cardinality rules (`kinds.ACTS`).

    What hangs on a closing unit is placed by `children`, `posts_moved`, `holders` and `headcounts`; by default it
    follows the unit's only flow. Posts of closing units that are not moved close, and their holders leave them.
    `carries_out` names the proposals this act enacts.
    """

    name: ClassVar[str] = "reorganised"

    act: str
    inputs: tuple[str, ...]
    outputs: tuple[Output, ...] = ()
    flows: tuple[Flow, ...] = ()
    children: Mapping[str, str] = attrs.field(factory=dict)
    posts_moved: Mapping[str, str] = attrs.field(factory=dict)
    new_posts: tuple[NewPost, ...] = ()
    holders: tuple[Placement, ...] = ()
    headcounts: tuple[HeadcountPlacement, ...] = ()
    carries_out: tuple[str, ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class Proposed(Event):
    """A scheme proposes a reorganisation that nobody has signed yet: an overlay, never a fact."""

    name: ClassVar[str] = "proposed"

    proposal: str
    scheme: str
    reorganisation: Reorganised


@attrs.frozen(slots=True, kw_only=True)
class ProposalWithdrawn(Event):
    """A proposal is given up."""

    name: ClassVar[str] = "proposal_withdrawn"

    proposal: str
    reason: str = ""


@attrs.frozen(slots=True, kw_only=True)
class ClaimMade(Event):
    """Somebody reported a number: kept as said, to be held against the computed one."""

    name: ClassVar[str] = "claim_made"

    indicator: str
    value: Number
    start: dt.date
    end: dt.date


@attrs.frozen(slots=True, kw_only=True)
class Corrected(Event):
    """The record of entry `target` was wrong; `replacement` is what it should have said, whole."""

    name: ClassVar[str] = "corrected"

    target: int
    replacement: Event
    reason: str = ""


@attrs.frozen(slots=True, kw_only=True)
class Annulled(Event):
    """The entries `targets` never held. An annulment can itself be annulled."""

    name: ClassVar[str] = "annulled"

    targets: tuple[int, ...]
    reason: str


@attrs.frozen(slots=True, kw_only=True)
class Deduplicated(Event):
    """`duplicates` are other records of the unit `keep`: one unit, counted once, without lineage."""

    name: ClassVar[str] = "deduplicated"

    keep: str
    duplicates: tuple[str, ...]


EVENTS: Mapping[str, type[Event]] = {
    cls.name: cls
    for cls in (
        UnitOpened,
        FactChanged,
        UnitMoved,
        MeasureRecorded,
        HeadcountRecorded,
        PostsOpened,
        PostsClosed,
        HoldingStarted,
        HoldingEnded,
        Reorganised,
        Proposed,
        ProposalWithdrawn,
        ClaimMade,
        Corrected,
        Annulled,
        Deduplicated,
    )
}
CONTROLS = (Corrected, Annulled, Deduplicated)
