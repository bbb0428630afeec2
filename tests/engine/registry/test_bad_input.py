"""Whatever is wrong with a register's files is refused with file, line and rule, and nothing is changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import attrs
import pytest
from registers import (
    ACT,
    BASE,
    CITED,
    RECORDED,
    act,
    counted,
    ended,
    files,
    held,
    journal_of,
    measured,
    merged,
    moved,
    opened,
    posted,
    sound,
    written,
)

from tinhgon.registry import events, refusals
from tinhgon.registry.folder import UnableToOpenRegister, open_folder
from tinhgon.registry.refusals import UnableToFold

DAY = dt.timedelta(1)
V5 = events.Output("v5", "village", "Thôn 5")
SPLIT = (events.Output("v5", "village", "Thôn 5"), events.Output("v6", "village", "Thôn 6"))


def proposed(*inputs: str) -> events.Proposed:
    return events.Proposed(
        effective_on=BASE, citation=CITED, proposal="x1", scheme="s1", reorganisation=merged(inputs=inputs)
    )


def changed(fact: str) -> events.FactChanged:
    return events.FactChanged(effective_on=ACT, citation=CITED, unit="c1", fact=fact, value="x")


def annulled(target: int) -> events.Annulled:
    return events.Annulled(effective_on=ACT, citation=CITED, targets=(target,), reason="nhầm")


def corrected(target: int, replacement: events.Event) -> events.Corrected:
    return events.Corrected(effective_on=ACT, citation=CITED, target=target, replacement=replacement)


def absorbed(*headcounts: events.HeadcountPlacement) -> events.Reorganised:
    return act("absorb", ["c1", "c2"], [events.Output("c1")], headcounts=headcounts)


def split_by_amounts(amounts: dict[str, events.Number]) -> events.Reorganised:
    """A part of v3 becomes v5; how much, the act says for that part only."""
    stays = events.Output("v3")
    gone = events.Output("v5", "village", "Thôn 5", parents={"administrative": "c1"})
    return act(
        "split",
        ["v3"],
        [stays, gone],
        flows=(events.Flow("v3", "v3", 0.9), events.Flow("v3", "v5", 0.1, amounts)),
    )


def closed_post(post: str) -> events.PostsClosed:
    return events.PostsClosed(effective_on=ACT, citation=CITED, posts=(post,))


def same(keep: str, *duplicates: str) -> events.Deduplicated:
    return events.Deduplicated(effective_on=ACT, citation=CITED, keep=keep, duplicates=duplicates)


def claim(start: dt.date, end: dt.date) -> events.ClaimMade:
    return events.ClaimMade(
        effective_on=ACT, citation=CITED, indicator="divisions", value=-81, start=start, end=end
    )


def flows(*shares: tuple[str, str, float]) -> dict[str, Any]:
    return {"flows": tuple(events.Flow(*share) for share in shares), "new_posts": (), "holders": ()}


HALVES = flows(("v1", "v5", 0.5), ("v1", "v6", 0.5))

# Rule -> events after the sound ones; the last of them is refused.
CONTRADICTIONS: list[tuple[str, list[events.Event]]] = [
    ("unknown-unit", [measured("v9", households=1)]),
    ("unknown-unit", [opened("v9", "village", "c9")]),
    ("unknown-unit", [merged(inputs=("v1", "v9"))]),
    ("closed-unit", [merged(), measured("v1", ACT, households=1)]),
    ("closed-unit", [merged(), merged(effective_on=ACT + DAY)]),
    ("closed-unit", [merged(), opened("v9", "village", "v1", ACT + DAY)]),
    ("not-yet-open", [opened("c3", "commune", "d", ACT), moved("v1", "c3", ACT - DAY)]),
    ("overlap-unit", [opened("v1", "village", "c2")]),
    ("overlap-unit", [merged(outputs=(events.Output("v3", "village", "Thôn 5"),))]),
    ("overlap-code", [opened("c3", "commune", "d", code="00001")]),
    ("overlap-post", [posted("p1", "v2")]),
    ("overlap-holding", [held("h9", "person-9", "p1")]),
    ("overlap-holding-id", [posted("p9", "c1"), held("h1", "person-9", "p9")]),
    ("unknown-post", [held("h9", "person-9", "p9")]),
    ("unknown-post", [closed_post("p1"), closed_post("p1")]),
    ("unknown-post", [merged(posts_moved={"p4": "v5"})]),
    ("unknown-holding", [ended("h9")]),
    ("unknown-holding", [ended("h1"), ended("h1")]),
    ("unknown-holding", [merged(holders=(events.Placement("h3", "p5", "h5"),))]),
    ("unknown-kind", [opened("x", "kingdom")]),
    ("unknown-kind", [merged(outputs=(events.Output("v5", "kingdom", "Thôn 5"),))]),
    ("unknown-role", [posted("p9", "v1", "king")]),
    ("unknown-measure", [measured("v1", happiness=1)]),
    ("unknown-measure", [measured("v1", households=-1)]),
    ("unknown-measure", [counted("c1", "civil_servant", -1)]),
    ("unknown-measure", [counted("c1", "wizard", 1)]),
    ("unknown-act", [act("conquer", ["v3"], [])]),
    ("unknown-hierarchy", [moved("v1", "c2", hierarchy="feudal")]),
    ("reserved-fact", [changed("name")]),
    ("reserved-fact", [changed("parent:party")]),
    ("misplaced", [opened("d9", "district", "c1")]),
    ("misplaced", [moved("v1", "v2")]),
    ("cycle", [moved("c1", "v1")]),
    ("cycle", [moved("d", "d")]),
    ("date-before-cause", [merged(signed_on=ACT + DAY)]),
    ("date-before-cause", [merged(operating_on=ACT - DAY)]),
    ("date-before-cause", [claim(ACT, BASE)]),
    ("unsigned", [merged(signed_on=None)]),
    ("cardinality", [merged(inputs=("v1",))]),
    ("cardinality", [merged(inputs=("v1", "v1"))]),
    ("cardinality", [merged(outputs=SPLIT)]),
    ("cardinality", [act("absorb", ["v1", "v2"], [V5])]),
    ("cardinality", [act("dissolve", ["v3"], [V5])]),
    ("cardinality", [act("rename", ["v3"], [V5])]),
    ("families", [act("merge", ["v1", "c2"], [V5])]),
    ("families", [merged(outputs=(events.Output("v5", "division", "Phòng 5"),))]),
    ("unbalanced-shares", [merged(**flows(("v1", "v5", 1.0)))]),
    ("unbalanced-shares", [merged(**flows(("v1", "v5", 0.7), ("v2", "v5", 1.0)))]),
    ("unbalanced-shares", [act("split", ["v1"], SPLIT, **flows(("v1", "v5", 0.5), ("v1", "v6", 0.6)))]),
    ("unbalanced-shares", [act("split", ["v1"], SPLIT, **flows(("v1", "v5", 2.0), ("v1", "v6", -1.0)))]),
    ("overlap-flow", [merged(**flows(("v1", "v5", 0.5), ("v1", "v5", 0.5), ("v2", "v5", 1.0)))]),
    ("foreign-unit", [act("dissolve", ["v3"], [], flows=(events.Flow("v3", "v4"),))]),
    ("foreign-unit", [absorbed(events.HeadcountPlacement("v4", "civil_servant", 20))]),
    ("unknown-measure", [absorbed(events.HeadcountPlacement("c1", "wizard", 0))]),
    (
        "unknown-measure",
        [
            absorbed(
                events.HeadcountPlacement("c1", "civil_servant", 21),
                events.HeadcountPlacement("", "civil_servant", -1),
            )
        ],
    ),
    ("unknown-measure", [merged(outputs=(attrs.evolve(V5, measures={"happiness": 1}),))]),
    ("unknown-measure", [split_by_amounts({"area_km2": -1.0})]),
    ("unbalanced-measure", [split_by_amounts({"households": 121})]),
    ("unknown-entry", [corrected(1, annulled(2))]),
    ("unknown-entry", [corrected(99, sound()[0])]),
    ("missing-detail", [opened("", "village", "c1")]),
    ("cardinality", [act("transfer", ["v1", "v2"], [events.Output("v1"), events.Output("v1")])]),
    ("nothing-flows-in", [act("split", ["v1"], SPLIT, **flows(("v1", "v5", 1.0)))]),
    (
        "nothing-flows-in",
        [
            act(
                "transfer",
                ["v1", "v2"],
                [events.Output("v1"), events.Output("v2")],
                **flows(("v1", "v1", 1.0), ("v2", "v1", 1.0)),
            )
        ],
    ),
    ("unbalanced-measure", [merged(outputs=(attrs.evolve(V5, measures={"households": 121}),))]),
    ("unbalanced-measure", [merged(outputs=(attrs.evolve(V5, measures={"area_km2": 3.8}),))]),
    (
        "unbalanced-measure",
        [
            act(
                "split",
                ["v3"],
                SPLIT,
                flows=(
                    events.Flow("v3", "v5", 0.5, {"households": 60}),
                    events.Flow("v3", "v6", 0.5, {"households": 61}),
                ),
            )
        ],
    ),
    (
        "unbalanced-headcount",
        [
            act(
                "absorb",
                ["c1", "c2"],
                [events.Output("c1")],
                headcounts=(events.HeadcountPlacement("c1", "civil_servant", 19),),
            )
        ],
    ),
    ("left-hanging", [act("dissolve", ["c2"], [])]),
    (
        "left-hanging",
        [
            counted("v1", "part_time", 3),
            act("split", ["v1"], SPLIT, **HALVES),
        ],
    ),
    ("unknown-proposal", [merged(carries_out=("x1",))]),
    ("overlap-proposal", [proposed("v1", "v2"), proposed("v1", "v2")]),
    ("unknown-entry", [annulled(99)]),
    ("unknown-entry", [annulled(21)]),
    ("foreign-unit", [merged(**flows(("v1", "v5", 1.0), ("v3", "v5", 1.0)))]),
    ("foreign-unit", [merged(children={"v4": "v5"})]),
    ("missing-detail", [merged(outputs=(events.Output("v5", "village"),))]),
    ("overlap-flow", [merged(**flows(("v1", "v5", 0.5), ("v1", "v5", 0.5), ("v2", "v5", 1.0)))]),
    ("nothing-changes", [act("rename", ["v3"], [events.Output("v3", title="v3")])]),
    ("nothing-changes", [act("convert", ["v3"], [events.Output("v3", title="Thôn 3")])]),
    ("duplicate-of-itself", [same("v1", "v1")]),
    ("duplicate-of-itself", [same("v1", "v2"), same("v2", "v3")]),
]


def test_every_rule_of_the_register_has_a_case() -> None:
    assert {rule for rule, _ in CONTRADICTIONS} == set(refusals.RULES)


@pytest.mark.parametrize(
    ("rule", "more"),
    CONTRADICTIONS,
    ids=[f"{rule}-{number}" for number, (rule, _) in enumerate(CONTRADICTIONS)],
)
def test_a_contradiction_is_refused_by_file_line_and_rule(
    tmp_path: Path, rule: str, more: list[events.Event]
) -> None:
    """The journal is sound as a chain; what its last line says cannot be."""
    folder = tmp_path / "register"
    before_last = [*sound(), *more[:-1]]
    if rule not in ("unknown-entry", "duplicate-of-itself"):
        journal_of(*before_last).fold()
    found = written(folder, *before_last, more[-1])
    before = files(folder)
    with pytest.raises(UnableToOpenRegister) as caught:
        open_folder(folder).register()
    line = len(found.journal)
    assert f"journal.jsonl, line {line}: entry {line} (" in str(caught.value)
    assert str(caught.value).endswith(f"[{rule}]")
    assert f"journal.jsonl, dòng {line}: " in caught.value.reason_vi
    assert caught.value.reason_vi != str(caught.value)
    assert files(folder) == before


@pytest.mark.parametrize(
    ("rule", "more"),
    [case for case in CONTRADICTIONS if len(case[1]) == 1],
    ids=[f"{case[0]}-{number}" for number, case in enumerate(CONTRADICTIONS) if len(case[1]) == 1],
)
def test_appending_a_contradiction_changes_nothing(
    tmp_path: Path, rule: str, more: list[events.Event]
) -> None:
    folder = tmp_path / "register"
    found = written(folder, *sound())
    before = files(folder)
    with pytest.raises(UnableToFold) as caught:
        found.append(more, recorded_at=RECORDED, by="tester")
    assert caught.value.rule == rule
    assert files(folder) == before
    assert len(found.append([merged()], recorded_at=RECORDED, by="tester").journal) == len(sound()) + 1
