"""The story in demo/: its ten figures, what each rests on, and that the generator writes it again byte for byte."""

from __future__ import annotations

import datetime as dt
import doctest
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tinhgon import dates
from tinhgon.figures.catalogue import figures
from tinhgon.figures.figure import Figure
from tinhgon.registry import events, kinds
from tinhgon.registry.fold import fold
from tinhgon.registry.folder import RegisterFolder, open_folder
from tinhgon.registry.journal import Journal
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook

FROM, TO = dt.date(2018, 3, 8), dt.date(2019, 10, 9)
ARTICLE = {
    "provincial_focal_points": -3,
    "divisions": -81,
    "division_leaders": -118,
    "villages_obliged": 171,
    "villages_forecast": -76,
    "commune_part_time": -301,
    "village_part_time": -1875,
    "public_service_units": -60,
    "public_service_heads": -60,
    "districts_service_units_done": 8,
}


@pytest.fixture(scope="module")
def story(root: Path) -> RegisterFolder:
    return open_folder(root / "demo/register")


@pytest.fixture(scope="module")
def register(story: RegisterFolder) -> Register:
    return story.register()


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def review(register: Register, rulebook: Rulebook) -> dict[str, Figure]:
    return {figure.code: figure for figure in figures(register, rulebook, FROM, TO)}


def values(register: Register, rulebook: Rulebook) -> dict[str, object]:
    return {figure.code: figure.value for figure in figures(register, rulebook, FROM, TO)}


def test_the_ten_numbers_of_the_article_are_computed(review: dict[str, Figure]) -> None:
    assert {code: figure.value for code, figure in review.items()} == ARTICLE


def test_only_the_leaders_are_approximate(review: dict[str, Figure]) -> None:
    assert [code for code, figure in review.items() if figure.approximate] == ["division_leaders"]


def counted(review: dict[str, Figure]) -> dict[int, set[str]]:
    """Entry -> the figures that count it."""
    found: dict[int, set[str]] = {}
    for code, figure in review.items():
        for one in figure.trace:
            found.setdefault(one.seq, set()).add(code)
    return found


def sample(review: dict[str, Figure]) -> Iterator[int]:
    """First and last counted entry of each figure, each once; all of them with STORY_IN_FULL=1."""
    chosen: dict[int, None] = {}
    for figure in review.values():
        seqs = [one.seq for one in figure.trace]
        if not os.environ.get("STORY_IN_FULL"):
            seqs = [seqs[0], seqs[-1]]
        chosen |= dict.fromkeys(seqs)
    yield from chosen


def test_each_figure_rests_on_the_events_it_counts(
    story: RegisterFolder, review: dict[str, Figure], rulebook: Rulebook
) -> None:
    counting = counted(review)
    for seq in sample(review):
        now = values(without(story, seq), rulebook)
        changed = {code for code, value in now.items() if value != ARTICLE[code]}
        assert changed == counting[seq], f"entry {seq}"


def without(story: RegisterFolder, seq: int) -> Register:
    """`journal.without([seq]).fold()`, but the other entries keep their numbers and nothing is hashed anew."""
    return fold((entry.seq, entry.event) for entry in story.journal.entries if entry.seq != seq)


def test_leaving_an_entry_out_is_what_the_journal_does_without_it(
    story: RegisterFolder, review: dict[str, Figure], rulebook: Rulebook
) -> None:
    seq = review["divisions"].trace[0].seq
    assert values(story.journal.without([seq]).fold(), rulebook) == values(without(story, seq), rulebook)


def test_what_was_known_at_the_review_differed(story: RegisterFolder, rulebook: Rulebook) -> None:
    then = values(story.register(known_at=dates.end_of_day(TO)), rulebook)
    assert {code for code, value in then.items() if value != ARTICLE[code]} == {
        "divisions",
        "division_leaders",
        "villages_obliged",
    }


def test_the_territory_is_that_of_2019(register: Register) -> None:
    communes = [unit.kind(TO) for unit in register.units_on(TO, kinds.COMMUNE_KINDS)]
    assert [communes.count(kind) for kind in ("commune", "ward", "township")] == [61, 5, 5]
    assert len(list(register.units_on(TO, kinds.DISTRICT_KINDS))) == 8
    for day in (FROM, TO):
        assert len(list(register.units_on(day, kinds.VILLAGE_KINDS))) == 789


def test_village_names_are_unique_in_the_commune(register: Register) -> None:
    for commune in register.units_on(TO, kinds.COMMUNE_KINDS):
        names = [
            unit.name(TO)
            for unit in register.children(commune.id, TO)
            if unit.kind(TO) in kinds.VILLAGE_KINDS
        ]
        assert len(names) == len(set(names)), commune.name(TO)


def test_every_event_cites_a_document_of_the_list(story: RegisterFolder) -> None:
    assert {entry.event.citation.document for entry in story.journal.entries} <= story.documents.keys()


def test_invented_documents_say_so(story: RegisterFolder) -> None:
    marked = [document.title.startswith("[Giả lập]") for document in story.documents.values()]
    assert marked == [document.synthetic for document in story.documents.values()]
    assert any(marked)


def test_the_review_s_claims_hold_and_others_do_not(register: Register, review: dict[str, Figure]) -> None:
    wrong = [
        claim.indicator for claim in register.claims.values() if claim.value != review[claim.indicator].value
    ]
    assert len(register.claims) - len(wrong) == len(ARTICLE)
    assert wrong == ["divisions", "villages_obliged", "village_part_time"]


def test_the_story_has_every_kind_of_event(story: RegisterFolder) -> None:
    told = {entry.event.name for entry in story.journal.entries}
    assert told == events.EVENTS.keys()


def test_part_time_posts_keep_within_the_decree(register: Register) -> None:
    caps = {"I": 14, "II": 12, "III": 10}
    for commune in register.units_on(TO, kinds.COMMUNE_KINDS):
        posts = [post for post in register.posts_on(commune.id, TO) if post.role == kinds.PART_TIME]
        assert len(posts) <= caps[str(commune.fact("class", TO))], commune.name(TO)


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_generator_writes_the_story_again(root: Path, tmp_path: Path, hash_seed: str) -> None:
    subprocess.run(
        [sys.executable, root / "demo/generate.py", tmp_path / "register"],
        env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONHASHSEED": hash_seed},
        check=True,
    )
    for file in (
        "register/journal.jsonl",
        "register/documents.yaml",
        "register/geometry.geojson",
        "people.csv",
    ):
        assert (tmp_path / file).read_bytes() == (root / "demo" / file).read_bytes(), file


def test_the_generator_s_examples_hold(root: Path) -> None:
    wording = runpy.run_path(str(root / "demo/story/wording.py"))
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    for name in ("posts_of", "inside", "join"):
        for example in finder.find(wording[name], name, module=False, globs=wording):
            runner.run(example)
    assert runner.summarize() == (0, 3)


def test_the_journal_is_not_large(story: RegisterFolder) -> None:
    assert isinstance(story.journal, Journal)
    assert (story.path / "journal.jsonl").stat().st_size < 8_000_000
