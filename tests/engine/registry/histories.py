"""Random histories of a small register: every prefix of one folds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from registers import BASE, CITED, act, counted, ended, held, measured, moved, posted, sound

from tinhgon.registry import events
from tinhgon.registry.fold import fold
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Register

LATEST = dt.date(2030, 1, 1)
Draw = Any


def state(register: Register) -> dict[str, object]:
    """All that a register says, comparable: every fact with its days and causes."""

    def lasting(item: Any) -> tuple[object, ...]:
        return item.opened_on, item.opened_by, item.closed_on, item.closed_by

    return {
        "units": {
            id_: (lasting(unit), unit.facts, unit.measures, unit.headcounts)
            for id_, unit in register.units.items()
        },
        "posts": {id_: (lasting(post), post.role, post.unit) for id_, post in register.posts.items()},
        "holdings": {
            id_: (lasting(one), one.person, one.post, one.reason) for id_, one in register.holdings.items()
        },
        "flows": register.flows,
        "claims": register.claims,
        "aliases": register.aliases,
        "effects": register.effects,
        "proposals": {id_: (one.withdrawn_on, one.done_on) for id_, one in register.proposals.items()},
    }


def open_units(register: Register, *kinds: str) -> list[str]:
    """Units that nothing has closed yet, of some kinds."""
    return [
        id_
        for id_, unit in register.units.items()
        if unit.closed_on is None and unit.facts["kind"].last in kinds
    ]


@st.composite
def histories(draw: Draw, controls: bool = True, most: int = 10) -> list[events.Event]:
    """The sound register and up to `most` further events; with `controls` also corrections and annulments."""
    found = sound()
    register = fold(list(enumerate(found, 1)))
    day = BASE
    for number in range(draw(st.integers(0, most))):
        day = min(day + dt.timedelta(draw(st.integers(-20, 60))), LATEST)
        event = draw(steps(register, found, max(day, BASE), f"{number}", controls))
        try:
            register = fold(list(enumerate([*found, event], 1)))
        except UnableToFold:
            continue
        found.append(event)
    return found


@st.composite
def steps(
    draw: Draw, register: Register, found: list[events.Event], day: dt.date, mark: str, controls: bool
) -> events.Event:
    """One event that the register may or may not accept."""
    kinds = [reorganisations, changes, staffing]
    if controls:
        kinds.append(rectifications)
    return draw(draw(st.sampled_from(kinds))(register, found, day, mark))


@st.composite
def reorganisations(
    draw: Draw, register: Register, found: list[events.Event], day: dt.date, mark: str
) -> events.Event:
    """A merger, an absorption, a split, a transfer, a renaming or a dissolution of villages or communes."""
    del found
    kind = draw(st.sampled_from(["village", "commune"]))
    pool = open_units(register, kind)
    if not pool:
        return counted("d", "civil_servant", 1, day)
    inputs = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    parent = register.units[inputs[0]].facts["parent"].last
    new = [
        events.Output(f"{kind}-{mark}{end}", kind, f"Tên {mark}{end}", parents={"administrative": parent})
        for end in "ab"
    ]
    share = draw(st.sampled_from([0.25, 1 / 3, 0.5]))
    label = draw(st.sampled_from(["merge", "absorb", "split", "transfer", "rename", "dissolve", "rearrange"]))
    first = events.Output(inputs[0])
    outputs: dict[str, list[events.Output]] = {
        "merge": new[:1],
        "absorb": [first],
        "split": [first, new[0]] if draw(st.booleans()) else new,
        "transfer": [events.Output(id_) for id_ in inputs],
        "rename": [events.Output(inputs[0], title=f"Tên {mark}")],
        "dissolve": [],
        "rearrange": new,
    }
    targets = [out.unit for out in outputs[label]]
    flows = []
    if len(targets) > 1:
        for source in inputs:
            flows += [events.Flow(source, targets[0], share), events.Flow(source, targets[1], 1 - share)]
    if label in ("split", "rename"):
        inputs, flows = inputs[:1], [flow for flow in flows if flow.source == inputs[0]]
    children = {}
    if kind == "commune" and len(targets) > 1:
        children = {
            child: draw(st.sampled_from(targets))
            for id_ in inputs
            for child in register.children_ever.get(("administrative", id_), {})
            if register.units[child].closed_on is None
            and register.units[child].facts["parent"].last == id_
            and id_ not in targets
        }
    fields = {"effective_on": day, "signed_on": day - dt.timedelta(5)}
    placed = _people(draw, register, inputs, targets, mark)
    return act(label, inputs, outputs[label], flows=tuple(flows), children=children, **fields, **placed)


def _people(
    draw: Draw, register: Register, inputs: list[str], targets: list[str], mark: str
) -> dict[str, tuple[Any, ...]]:
    """Sometimes a new post in the first output, and the holder of a closing post in it."""
    closing = [id_ for id_ in inputs if id_ not in targets]
    if not targets or not closing or not draw(st.booleans()):
        return {}
    leaving = [
        holding.id
        for holding in register.holdings.values()
        if holding.closed_on is None and register.posts[holding.post].unit.last in closing
    ]
    post = events.NewPost(f"post-{mark}", "head", "Trưởng thôn", targets[0])
    placed = [events.Placement(leaving[0], post.post, f"holding-{mark}")] if leaving else []
    return {"new_posts": (post,), "holders": tuple(placed)}


@st.composite
def changes(
    draw: Draw, register: Register, found: list[events.Event], day: dt.date, mark: str
) -> events.Event:
    """A move, a code, a measure or a headcount."""
    del found, mark
    unit = draw(st.sampled_from(sorted(register.units)))
    code = draw(st.sampled_from(["", "1", "2"]))
    other = draw(st.sampled_from(sorted(register.units)))
    return draw(
        st.sampled_from(
            [
                moved(unit, other, day),
                moved(unit, other, day, "party"),
                measured(unit, day, households=draw(st.integers(0, 900))),
                counted(unit, "civil_servant", draw(st.integers(0, 30)), day),
                events.FactChanged(effective_on=day, citation=CITED, unit=unit, fact="code", value=code),
            ]
        )
    )


@st.composite
def staffing(
    draw: Draw, register: Register, found: list[events.Event], day: dt.date, mark: str
) -> events.Event:
    """A post opened or closed, a holding begun or ended."""
    del found
    unit = draw(st.sampled_from(sorted(register.units)))
    post = draw(st.sampled_from(sorted(register.posts)))
    holding = draw(st.sampled_from(sorted(register.holdings)))
    person = f"person-{draw(st.integers(1, 5))}"
    return draw(
        st.sampled_from(
            [
                posted(f"p-{mark}", unit, "deputy", day),
                held(f"h-{mark}", person, post, day),
                ended(holding, day),
                events.PostsClosed(effective_on=day, citation=CITED, posts=(post,)),
            ]
        )
    )


@st.composite
def rectifications(
    draw: Draw, register: Register, found: list[events.Event], day: dt.date, mark: str
) -> events.Event:
    """An annulment, a correction of an entry by another event, or two records that are one unit."""
    del mark
    target = draw(st.integers(1, len(found)))
    pair = draw(st.lists(st.sampled_from(sorted(register.units)), min_size=2, max_size=2, unique=True))
    other = measured(
        draw(st.sampled_from(sorted(register.units))), BASE, population=draw(st.integers(0, 900))
    )
    return draw(
        st.sampled_from(
            [
                events.Annulled(effective_on=day, citation=CITED, targets=(target,), reason="nhầm"),
                events.Corrected(effective_on=day, citation=CITED, target=target, replacement=other),
                events.Deduplicated(effective_on=day, citation=CITED, keep=pair[0], duplicates=(pair[1],)),
            ]
        )
    )
