"""The single steps an event may take on a register: each checks what it needs, then does one thing.

The fold and the reorganisation are made of these. `day` is the day the step holds from, `seq` the entry's number.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tinhgon.registry import events, kinds
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import CODE, KIND, NAME, Holding, Post, Proposal, Register, Unit, parent_fact
from tinhgon.registry.timeline import Span, Timeline

_ENDLESS = float("inf")


def open_unit(register: Register, id_: str) -> Unit:
    """The unit, which must be open now (at the event being applied)."""
    unit = register.units.get(id_)
    if unit is None:
        raise UnableToFold("unknown-unit", unit=id_)
    if unit.closed_on is not None:
        raise UnableToFold("closed-unit", unit=id_, since=unit.closed_on)
    return unit


def set_fact(unit: Unit, fact: str, value: str | None, day: dt.date, seq: int) -> None:
    """Give a fact a value from a day on."""
    timeline = unit.facts.get(fact)
    if timeline is None:
        timeline = unit.facts[fact] = Timeline()
    timeline.append(Span(day, value, seq))


def set_code(register: Register, unit: Unit, code: str, day: dt.date, seq: int) -> None:
    """Give a unit a code that no other open unit holds."""
    holders = register.codes.setdefault(code, {}) if code else {}
    for other in holders:
        rival = register.units[other]
        if other != unit.id and rival.closed_on is None and rival.facts[CODE].last == code:
            raise UnableToFold("overlap-code", code=code, other=other)
    holders[unit.id] = None
    set_fact(unit, CODE, code or None, day, seq)


def _check_place(unit: Unit, parent: Unit) -> None:
    """A territory stands only under territories of the levels above it."""
    kind, above = unit.facts[KIND].last, parent.facts[KIND].last
    allowed = kinds.STANDS_UNDER.get(kinds.FAMILY[kind])
    if allowed is not None and kinds.FAMILY[above] not in allowed:
        raise UnableToFold("misplaced", unit=unit.id, kind=kind, parent=parent.id, parent_kind=above)


def set_parent(register: Register, unit: Unit, hierarchy: str, parent: str, day: dt.date, seq: int) -> None:
    """Put a unit under an open parent that is not below it."""
    if hierarchy not in kinds.HIERARCHIES:
        raise UnableToFold("unknown-hierarchy", hierarchy=hierarchy)
    fact = parent_fact(hierarchy)
    above_it = open_unit(register, parent)
    up: Unit | None = above_it
    has_children = (hierarchy, unit.id) in register.children_ever
    while up is not None:
        if up is unit:
            raise UnableToFold("cycle", unit=unit.id, parent=parent)
        above = up.facts[fact].last if has_children and fact in up.facts else None
        up = None if above is None else register.units[above]
    if hierarchy == kinds.ADMINISTRATIVE:
        _check_place(unit, above_it)
    set_fact(unit, fact, parent, day, seq)
    key = (hierarchy, parent)
    siblings = register.children_ever.get(key)
    if siblings is None:
        siblings = register.children_ever[key] = {}
    siblings[unit.id] = None


def new_unit(register: Register, seq: int, day: dt.date, opened: events.UnitOpened | events.Output) -> Unit:
    """Open a unit with its first facts."""
    if opened.unit in register.units:
        raise UnableToFold("overlap-unit", unit=opened.unit)
    if opened.kind not in kinds.KINDS:
        raise UnableToFold("unknown-kind", kind=opened.kind)
    if not opened.title or not opened.unit:
        raise UnableToFold("missing-detail", unit=opened.unit)
    unit = Unit(opened.unit, day, seq)
    set_fact(unit, NAME, opened.title, day, seq)
    set_fact(unit, KIND, opened.kind, day, seq)
    if opened.code:
        set_code(register, unit, opened.code, day, seq)
    for fact, value in opened.attributes.items():
        set_fact(unit, free_fact(fact), value, day, seq)
    for hierarchy, parent in opened.parents.items():
        set_parent(register, unit, hierarchy, parent, day, seq)
    register.units[unit.id] = unit
    return unit


def free_fact(fact: str) -> str:
    """The name of a fact that may be set directly: not name, kind or parent."""
    if fact in (NAME, KIND) or fact.startswith("parent"):
        raise UnableToFold("reserved-fact", fact=fact)
    return fact


def record_measure(unit: Unit, measure: str, value: Any, day: dt.date, seq: int) -> None:
    """Record a measure of the catalogue."""
    if (
        value.__class__ is not int or value < 0 or measure not in kinds.MEASURES
    ):  # nearly all are plain counts
        value = valid_measure(measure, value)
    timeline = unit.measures.get(measure)
    if timeline is None:
        timeline = unit.measures[measure] = Timeline()
    timeline.append(Span(day, value, seq))


def valid_measure(measure: str, value: Any) -> events.Number:
    """A value of a measure of the catalogue: a number of at least zero; whole where things are counted."""
    if measure not in kinds.MEASURES or value.__class__ not in (int, float) or not 0 <= value < _ENDLESS:
        raise UnableToFold("unknown-measure", measure=measure, value=value)
    if value.__class__ is float and measure in kinds.COUNTS:
        if value != int(value):
            raise UnableToFold("unknown-measure", measure=measure, value=value)
        return int(value)
    number: events.Number = value
    return number


def record_derived_measure(unit: Unit, measure: str, value: Any, day: dt.date, seq: int) -> None:
    """Record what a reorganisation makes of a measure; None says that it is not known any more."""
    if value is not None:
        record_measure(unit, measure, value, day, seq)
    elif measure in unit.measures:
        unit.measures[measure].append(Span(day, None, seq))


def record_headcount(
    unit: Unit, category: str, assigned: int, present: int | None, day: dt.date, seq: int
) -> None:
    """Record (assigned, present) of a category."""
    unit.headcounts.setdefault(category, Timeline()).append(Span(day, (assigned, present), seq))


def open_post(register: Register, new: events.NewPost, unit: str, day: dt.date, seq: int) -> None:
    """Open a post in an open unit."""
    if new.post in register.posts:
        raise UnableToFold("overlap-post", post=new.post)
    if new.role not in kinds.ROLES:
        raise UnableToFold("unknown-role", role=new.role)
    post = register.posts[new.post] = Post(new, day, seq)
    place_post(register, post, unit, day, seq)


def place_post(register: Register, post: Post, unit: str, day: dt.date, seq: int) -> None:
    """Put a post into a unit from a day on."""
    post.unit.append(Span(day, unit, seq))
    ever = register.posts_ever.get(unit)
    if ever is None:
        ever = register.posts_ever[unit] = {}
    ever[post.id] = None


def current_holding(post: Post) -> Holding | None:
    """The holding of a post that has not ended."""
    for holding in reversed(post.holdings):
        if holding.closed_on is None:
            return holding
    return None


def close_post(post: Post, day: dt.date, seq: int) -> Holding | None:
    """Close a post; its holder leaves it. Returns the holding that ended."""
    post.closed_on, post.closed_by = day, seq
    holding = current_holding(post)
    if holding is not None:
        holding.closed_on, holding.closed_by = day, seq
    return holding


def start_holding(register: Register, id_: str, person: str, post_id: str, day: dt.date, seq: int) -> None:
    """A person takes up an open, vacant post."""
    post = register.posts.get(post_id)
    if post is None or post.closed_on is not None:
        raise UnableToFold("unknown-post", post=post_id)
    held = current_holding(post)
    if held is not None:
        raise UnableToFold("overlap-holding", post=post_id, person=held.person)
    if id_ in register.holdings:
        raise UnableToFold("overlap-holding-id", holding=id_)
    holding = register.holdings[id_] = Holding(id_, person, post_id, day, seq)
    post.holdings.append(holding)
    register.holdings_of.setdefault(person, []).append(holding)


def waiting_proposal(register: Register, id_: str) -> Proposal:
    """A proposal neither withdrawn nor carried out."""
    proposal = register.proposals.get(id_)
    if proposal is None or proposal.withdrawn_on is not None or proposal.done_on is not None:
        raise UnableToFold("unknown-proposal", proposal=id_)
    return proposal
