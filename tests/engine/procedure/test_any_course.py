"""Whatever is tried in whatever order: the course keeps to the procedure."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.procedure import Course, Procedure, Returned, Taken, UnableToTakeStep, add_working_days
from tinhgon.procedure.deadlines import is_working_day
from tinhgon.procedure.words import PAPERS, STEPS
from tinhgon.rules import Rulebook

LAW = Rulebook.load()
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2026, 6, 30))
PEOPLE = st.sampled_from(["an", "bình", "cúc"])
TAKEN = st.builds(
    Taken,
    step=st.sampled_from(list(STEPS)),
    on=DAYS,
    by=PEOPLE,
    papers=st.sampled_from([tuple(PAPERS), tuple(PAPERS), ("scheme",), ()]),
)
RETURNED = st.builds(
    Returned, step=st.sampled_from(list(STEPS)), on=DAYS, by=PEOPLE, reason=st.sampled_from(["thiếu", ""])
)


@st.composite
def courses(draw: st.DrawFn) -> tuple[str, Course]:
    """A course after many tries, some made to fit and most not."""
    kind = draw(st.sampled_from(["village", "commune"]))
    course = Course(lambda on: Procedure.for_(kind, on, LAW))
    day = draw(st.dates(dt.date(2019, 1, 1), dt.date(2025, 12, 31)))
    for wild in draw(st.lists(st.one_of(TAKEN, RETURNED, st.none()), max_size=40)):
        try:
            if wild is None:
                day += dt.timedelta(days=draw(st.integers(0, 30)))
                step = course.next_step(day)
                if step is not None:
                    course = course.take(Taken(step.code, day, draw(PEOPLE), step.papers))
            else:
                course = course.take(wild) if isinstance(wild, Taken) else course.send_back(wild)
                day = max(day, wild.on)
        except UnableToTakeStep:
            pass
    return kind, course


@given(courses())
def test_no_order_of_tries_breaks_the_procedure(made: tuple[str, Course]) -> None:
    kind, course = made
    days = [move.on for move in course.moves]
    assert days == sorted(days)
    taken = course.taken
    places = []
    for one in taken:
        step = Procedure.for_(kind, one.on, LAW).find(one.step)
        assert step is not None
        assert set(step.papers) <= set(one.papers)
        assert not (step.another and one.by == course.drafter)
        places.append(step.place)
    assert places == sorted(set(places))


@given(courses())
def test_a_course_read_again_from_its_moves_is_the_same(made: tuple[str, Course]) -> None:
    _, course = made
    again = Course.of(course.procedure_on, course.moves)
    assert again.taken == course.taken
    assert again.version == course.version


@given(DAYS, st.integers(0, 60), st.sets(DAYS, max_size=5))
def test_a_limit_falls_on_a_working_day_with_as_many_of_them_before_it(
    day: dt.date, count: int, holidays: set[dt.date]
) -> None:
    due = add_working_days(day, count, holidays)
    between = (day + dt.timedelta(days=number) for number in range(1, (due - day).days + 1))
    assert sum(is_working_day(one, holidays) for one in between) == count
    assert count == 0 or is_working_day(due, holidays)
