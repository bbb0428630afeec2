"""Whatever an event says, the register takes it or refuses it by a rule: it never stumbles."""

from __future__ import annotations

import contextlib
import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from registers import CITED, sound

from tinhgon.registry import events, kinds
from tinhgon.registry.fold import fold
from tinhgon.registry.refusals import RULES, UnableToFold

DAYS = st.sampled_from([dt.date(2017, 1, 1), dt.date(2018, 1, 1), dt.date(2019, 7, 1), dt.date.max])
UNITS = st.sampled_from(["d", "c1", "c2", "v1", "v2", "v3", "x1", "x2", ""])
POSTS = st.sampled_from(["p1", "p2", "p3", "y1", ""])
HOLDINGS = st.sampled_from(["h1", "h2", "z1", ""])
NUMBERS = st.sampled_from([0, 1, 40, 121, 0.5, -1, 2.5, 10**9, float("nan"), float("inf")])
MEASURES = st.dictionaries(
    st.sampled_from(["households", "area_km2", "population", "height"]), NUMBERS, max_size=2
)
CATEGORIES = st.sampled_from(["civil_servant", "part_time", "wizard"])
PARENTS = st.dictionaries(st.sampled_from(["administrative", "party", "feudal"]), UNITS, max_size=2)
KINDS = st.sampled_from(["", "village", "commune", "division", "kingdom"])
ROLES = st.sampled_from(["head", "king"])
FACTS = st.dictionaries(st.sampled_from(["border", "name", "code"]), st.sampled_from(["yes", ""]), max_size=2)
TITLES = st.sampled_from(["", "Tên"])
CODES = st.sampled_from(["", "00001", "00009"])
SHARES = st.sampled_from([0.0, 0.25, 0.5, 1.0, -1.0, float("nan")])

outputs = st.builds(events.Output, UNITS, KINDS, TITLES, CODES, PARENTS, FACTS, MEASURES)
flows = st.builds(events.Flow, UNITS, UNITS, SHARES, MEASURES)
posts = st.builds(events.NewPost, POSTS, ROLES, TITLES, UNITS)


def few(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


dated = {"effective_on": DAYS, "citation": st.just(CITED)}
acts = st.builds(
    events.Reorganised,
    **dated,
    signed_on=st.sampled_from([None, dt.date(2017, 1, 1)]),
    act=st.sampled_from([*kinds.ACTS, "conquer"]),
    inputs=few(UNITS),
    outputs=few(outputs),
    flows=few(flows),
    children=st.dictionaries(UNITS, UNITS, max_size=2),
    posts_moved=st.dictionaries(POSTS, UNITS, max_size=2),
    new_posts=few(posts),
    holders=few(st.builds(events.Placement, HOLDINGS, POSTS, HOLDINGS)),
    headcounts=few(st.builds(events.HeadcountPlacement, UNITS, CATEGORIES, st.integers(-1, 20))),
    carries_out=few(st.sampled_from(["q1", "q2"])),
)
plain = st.one_of(
    acts,
    st.builds(
        events.Proposed, **dated, proposal=st.sampled_from(["q1", "q2"]), scheme=TITLES, reorganisation=acts
    ),
    st.builds(events.ProposalWithdrawn, **dated, proposal=st.sampled_from(["q1", "q2"])),
    st.builds(
        events.UnitOpened,
        **dated,
        unit=UNITS,
        kind=KINDS,
        title=TITLES,
        code=CODES,
        parents=PARENTS,
        attributes=FACTS,
    ),
    st.builds(
        events.UnitMoved, **dated, unit=UNITS, parent=UNITS, hierarchy=st.sampled_from(["party", "feudal"])
    ),
    st.builds(
        events.FactChanged, **dated, unit=UNITS, fact=st.sampled_from(["code", "kind", ""]), value=CODES
    ),
    st.builds(events.MeasureRecorded, **dated, unit=UNITS, measures=MEASURES),
    st.builds(events.PostsOpened, **dated, unit=UNITS, posts=few(posts)),
    st.builds(events.PostsClosed, **dated, posts=few(POSTS)),
    st.builds(events.HoldingStarted, **dated, holding=HOLDINGS, person=TITLES, post=POSTS),
    st.builds(events.HoldingEnded, **dated, holding=HOLDINGS),
)
controls = st.one_of(
    st.builds(events.Corrected, **dated, target=st.integers(-1, 24), replacement=plain),
    st.builds(events.Annulled, **dated, targets=few(st.integers(-1, 24)), reason=st.just("nhầm")),
    st.builds(events.Deduplicated, **dated, keep=UNITS, duplicates=few(UNITS)),
)


@settings(max_examples=150)
@given(st.lists(st.one_of(plain, controls), min_size=1, max_size=4))
def test_an_event_is_taken_or_refused_by_a_rule(more: list[events.Event]) -> None:
    story = sound()
    for event in more:
        with contextlib.suppress(UnableToFold):
            fold(enumerate([*story, event], 1))
            story.append(event)


@settings(max_examples=100)
@given(st.one_of(plain, controls))
def test_every_refusal_can_be_said_in_both_languages(event: events.Event) -> None:
    refusal = refused(event)
    if refusal is not None:
        assert refusal.rule in RULES
        assert refusal.seq > 0
        said = {refusal.message(lang) for lang in ("vi", "en")}
        assert len(said) == 2
        assert not any("{" in text for text in said)


def refused(event: events.Event) -> UnableToFold | None:
    try:
        fold(enumerate([*sound(), event], 1))
    except UnableToFold as refusal:
        return refusal
    return None
