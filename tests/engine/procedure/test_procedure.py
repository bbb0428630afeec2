"""The procedure of a day and the way of a scheme through it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tinhgon.procedure import (
    Course,
    Procedure,
    Returned,
    Taken,
    UnableToFindProcedure,
    UnableToTakeStep,
    add_working_days,
)
from tinhgon.rules import Rulebook

LAW = Rulebook.load()
THREE, TWO = dt.date(2019, 4, 1), dt.date(2025, 8, 4)
CHAIN = {
    ("village", THREE): (
        "draft consultation commune_council submission district appraisal deciding_council decision in_force operating"
    ),
    ("village", TWO): "draft consultation appraisal deciding_council decision in_force operating",
    ("commune", THREE): (
        "draft consultation commune_council district provincial_council appraisal deciding_council decision"
        " in_force operating"
    ),
    ("commune", TWO): (
        "draft consultation commune_council provincial_council appraisal deciding_council decision in_force operating"
    ),
}
DECIDES = {
    ("village", THREE): "provincial_council",
    ("village", TWO): "commune_council",
    ("commune", THREE): "standing_committee",
    ("commune", TWO): "standing_committee",
}


def begun(kind: str = "village", law: Rulebook = LAW) -> Course:
    return Course(lambda on: Procedure.for_(kind, on, law))


def through(course: Course, steps: int, start: dt.date, by: str = "ai-do") -> Course:
    """The course after so many steps, one a day, each with its papers; the drafter drafts only."""
    for number in range(steps):
        on = start + dt.timedelta(days=number)
        step = course.next_step(on)
        assert step is not None
        course = course.take(Taken(step.code, on, "người lập" if number == 0 else by, step.papers))
    return course


@pytest.mark.parametrize(("kind", "on"), CHAIN)
def test_the_steps_of_a_day_in_their_order(kind: str, on: dt.date) -> None:
    procedure = Procedure.for_(kind, on, LAW)
    assert " ".join(step.code for step in procedure.steps) == CHAIN[kind, on]
    deciding = procedure.find("deciding_council")
    assert deciding is not None
    assert deciding.actor == DECIDES[kind, on]


@pytest.mark.parametrize(("kind", "on"), CHAIN)
def test_every_step_cites_a_document_and_says_whether_it_was_read(kind: str, on: dt.date) -> None:
    for step in Procedure.for_(kind, on, LAW).steps:
        assert all(term.citation.document and term.source for term in step.terms)
        assert step.verified == all(term.source != "memory" for term in step.terms)


def test_the_district_level_ends_with_the_first_of_july_2025() -> None:
    last, first = (Procedure.for_("village", dt.date(2025, *day), LAW) for day in ((6, 30), (7, 1)))
    assert last.find("district") is not None
    assert first.find("district") is None


def test_where_no_procedure_is_known_it_says_so() -> None:
    with pytest.raises(UnableToFindProcedure, match="No procedure"):
        Procedure.for_("village", dt.date(2011, 1, 1), LAW)


def test_a_local_rule_goes_before_the_nation_s() -> None:
    law = Rulebook.load(Path(__file__).parent / "overlays" / "quang-ninh-mau")
    procedure = Procedure.for_("village", THREE, law)
    assert procedure.find("submission") is None
    appraisal = procedure.find("appraisal")
    assert appraisal is not None
    assert (appraisal.working_days, appraisal.layer) == (10, "quang-ninh-mau")
    assert appraisal.cite("procedure_working_days")[0].document == "99/QĐ-UBND (hư cấu)"


@pytest.mark.parametrize(("kind", "on"), CHAIN)
def test_a_scheme_goes_through_every_step_and_then_none_waits(kind: str, on: dt.date) -> None:
    count = len(Procedure.for_(kind, on, LAW).steps)
    done = through(begun(kind), count, on)
    assert done.next_step(on) is None
    assert done.waiting(on) is None
    assert [one.step for one in done.taken] == CHAIN[kind, on].split()


REFUSED = [
    ("unknown-step", 3, Taken("feast", THREE, "b")),
    ("out-of-order", 2, Taken("decision", THREE + dt.timedelta(days=9), "b", ("resolution",))),
    ("taken-already", 2, Taken("draft", THREE + dt.timedelta(days=9), "b", ("scheme",))),
    ("date-before-cause", 2, Taken("commune_council", THREE, "b", ("council_resolution",))),
    ("before-session", 7, Taken("decision", THREE + dt.timedelta(days=5), "b", ("resolution",))),
    ("missing-paper", 1, Taken("consultation", THREE + dt.timedelta(days=9), "b", ("opinion_summary",))),
    (
        "own-scheme",
        2,
        Taken("commune_council", THREE + dt.timedelta(days=9), "người lập", ("council_resolution",)),
    ),
]


@pytest.mark.parametrize(("rule", "done", "move"), REFUSED, ids=[rule for rule, _, _ in REFUSED])
def test_what_the_procedure_does_not_allow_is_refused_with_its_rule(
    rule: str, done: int, move: Taken
) -> None:
    course = through(begun(), done, THREE)
    with pytest.raises(UnableToTakeStep) as refused:
        course.take(move)
    assert refused.value.rule == rule
    assert refused.value.citation is not None
    assert refused.value.citation.document in refused.value.vi
    assert refused.value.citation.document in refused.value.en


def test_a_missing_paper_is_named() -> None:
    course = through(begun(), 1, THREE)
    with pytest.raises(UnableToTakeStep, match="minutes of the consultation, summary") as refused:
        course.take(Taken("consultation", THREE, "b"))
    assert "biên bản lấy ý kiến cử tri, tổng hợp ý kiến cử tri" in refused.value.vi


def test_a_returned_scheme_keeps_what_was_done_before_and_counts_a_version() -> None:
    course = through(begun(), 6, THREE)
    back = course.send_back(
        Returned("consultation", THREE + dt.timedelta(days=20), "b", "Thiếu biên bản Thôn 3")
    )
    assert [one.step for one in back.taken] == ["draft"]
    assert (course.version, back.version) == (1, 2)
    again = through(back, 2, THREE + dt.timedelta(days=30))
    assert [one.step for one in again.taken] == ["draft", "consultation", "commune_council"]


@pytest.mark.parametrize(
    ("rule", "done", "step", "reason"),
    [
        ("return-forward", 2, "decision", "vì"),
        ("return-reason", 3, "draft", "  "),
        ("return-enacted", 9, "draft", "vì"),
    ],
)
def test_a_return_the_procedure_does_not_allow_is_refused(
    rule: str, done: int, step: str, reason: str
) -> None:
    with pytest.raises(UnableToTakeStep) as refused:
        through(begun(), done, THREE).send_back(Returned(step, THREE + dt.timedelta(days=40), "b", reason))
    assert refused.value.rule == rule


def test_a_scheme_under_way_when_the_law_changes_goes_on_by_the_new_one() -> None:
    course = through(begun(), 5, dt.date(2025, 6, 2))
    assert course.taken[-1].step == "district"
    old, new = course.next_step(dt.date(2025, 6, 30)), course.next_step(dt.date(2025, 7, 1))
    assert old is not None
    assert new is not None
    assert (old.actor, new.actor) == ("home_affairs", "council_board")


def test_a_waiting_step_says_who_holds_it_since_when_and_until_when() -> None:
    course = through(begun(), 3, dt.date(2019, 4, 1))
    waiting = course.waiting(dt.date(2019, 4, 10))
    assert waiting is not None
    assert (waiting.step.code, waiting.step.actor) == ("submission", "commune_committee")
    assert (waiting.since, waiting.due) == (dt.date(2019, 4, 3), dt.date(2019, 4, 17))
    assert waiting.days(dt.date(2019, 4, 10)) == 7
    assert not waiting.is_overdue(dt.date(2019, 4, 17))
    assert waiting.is_overdue(dt.date(2019, 4, 18))
    assert waiting.days_left(dt.date(2019, 4, 20)) == -3


def test_holidays_lengthen_a_limit() -> None:
    friday = dt.date(2019, 4, 26)
    off = {dt.date(2019, 4, 29), dt.date(2019, 4, 30), dt.date(2019, 5, 1)}
    assert add_working_days(friday, 1, off) == dt.date(2019, 5, 2)
