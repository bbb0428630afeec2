"""Where a scheme is in its procedure: its course, who holds it, what is missing, and who may take the next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from tinhgon.procedure import Course, Returned, Step, Taken, Waiting, words
from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core.rights import Right, Rights
from tinhgon_web.schemes import gates
from tinhgon_web.schemes.law import procedure_on
from tinhgon_web.schemes.models import Move, Reminder, Scheme
from tinhgon_web.schemes.selectors.papers import Left, left_by, with_papers

_LEVELS = {
    "commune_committee": "commune",
    "commune_council": "commune",
    "council_board": "commune",
    "district_committee": "district",
    "district_council": "district",
    "provincial_committee": "province",
    "provincial_council": "province",
    "home_affairs": "province",
    "ministry": "nation",
    "standing_committee": "nation",
}
"""The level at which each organ stands."""
_EDITS = frozenset({words.DRAFT, words.CONSULTATION, words.SUBMISSION, words.OPERATING})
_FAMILIES = ("village", "commune", "district", "province")


def course_of(scheme: Scheme, moves: Iterable[Move] | None = None) -> Course:
    """The course of a scheme from its recorded moves."""
    rows = scheme.moves.all() if moves is None else moves
    return Course.of(procedure_on(scheme.kind), [_move(row) for row in rows])


def _move(row: Move) -> Taken | Returned:
    by = str(row.by_id)
    if row.sort == Move.Sort.RETURNED:
        return Returned(row.step, row.on, by, row.reason)
    return Taken(row.step, row.on, by, tuple(row.papers))


def right_for(step: str) -> Right:
    """What one must have the right to in order to take a step: to prepare, or to approve."""
    return Right.EDIT if step in _EDITS else Right.APPROVE


def seat_of(register: Register, scheme: Scheme, step: Step, on: dt.date) -> str:
    """The unit over which whoever takes the step must have the right; "" is the whole register.

    It is the unit at the organ's level above the scheme's place, or the place itself where that stands higher.
    """
    level = _LEVELS.get(step.actor, "nation")
    if level == "nation":
        return ""
    above = [scheme.place, *(unit.id for unit in register.ancestors(scheme.place, on))]
    for id_ in above:
        if _FAMILIES.index(kinds.FAMILY[register.units[id_].kind(on)]) >= _FAMILIES.index(level):
            return id_
    return ""


def may_take(rights: Rights, register: Register, scheme: Scheme, step: Step, on: dt.date) -> bool:
    """Whether somebody's rights reach the organ that takes a step."""
    right = right_for(step.code)
    if not rights.may(right):
        return False
    unit, places = seat_of(register, scheme, step, on), rights.places(right)
    return places is None or (bool(unit) and Scope(places, on, right).holds(unit))


def may_annul(scheme: Scheme, register: Register, on: dt.date, rights: Rights) -> bool:
    """Whether somebody's rights reach the organ that puts such a scheme in force, and so may annul it."""
    step = course_of(scheme).procedure_on(on).find(words.IN_FORCE)
    return step is not None and may_take(rights, register, scheme, step, on)


@attrs.frozen(slots=True)
class Station:
    """One step on the page: taken (by whom, when, with which papers), waiting, or still to come."""

    step: Step
    state: str
    move: Move | None
    papers: list[Left]


@attrs.frozen(slots=True)
class Standing:
    """Where a scheme is. `missing` are the papers the waiting step needs, `verdicts` what is said of it elsewhere.

    `leads` say where that work begins; there are none once a verdict leads to it.
    """

    course: Course
    stations: list[Station]
    waiting: Waiting | None
    may: bool
    is_own: bool
    verdicts: list[gates.Verdict]
    leads: list[gates.Lead]

    @property
    def missing(self) -> list[tuple[str, tuple[str, str]]]:
        """(code, names) of the papers the waiting step needs."""
        papers = self.waiting.step.papers if self.waiting else ()
        return [(paper, words.named(words.PAPERS, paper)) for paper in papers]

    @property
    def lacking(self) -> list[tuple[Station, Left]]:
        """The papers of steps taken whose files are missing."""
        return [(one, left) for one in self.stations for left in one.papers if left.lacks_file]


def standing(scheme: Scheme, register: Register, on: dt.date, rights: Rights, user: int) -> Standing:
    """Where a scheme is on a day, for somebody."""
    rows = list(with_papers(scheme.moves.all()))
    course = course_of(scheme, rows)
    taken = {one.step for one in course.taken}
    last = {row.step: row for row in rows if row.sort == Move.Sort.TAKEN}
    done = scheme.state in (Scheme.State.WITHDRAWN, Scheme.State.ANNULLED)
    waiting = None if done else course.waiting(on)
    steps = course.procedure_on(on).steps
    known = {step.code for step in steps}
    verdicts = [] if waiting is None else gates.verdicts(waiting.step.code, scheme.pk, on)
    old = [
        found for one in course.taken if one.step not in known and (found := _old(course, one)) is not None
    ]
    return Standing(
        course=course,
        stations=[
            _station(
                course, step, _state(step, taken, waiting), last[step.code] if step.code in taken else None
            )
            for step in sorted([*old, *steps], key=lambda step: step.place)
        ],
        waiting=waiting,
        may=waiting is not None and may_take(rights, register, scheme, waiting.step, on),
        is_own=waiting is not None and waiting.step.another and course.drafter == str(user),
        verdicts=verdicts,
        leads=[]
        if waiting is None or any(one.url for one in verdicts)
        else gates.leads(waiting.step.code, scheme.pk),
    )


def _station(course: Course, step: Step, state: str, move: Move | None) -> Station:
    """A step on the page; which papers it needed is for the law of the day it was taken to say."""
    if move is None:
        return Station(step, state, None, [])
    return Station(step, state, move, left_by(move, course.procedure_on(move.on).find(step.code) or step))


def reminded(scheme: Scheme) -> Reminder | None:
    """The last reminder of the step that waits, if there was one."""
    taken = scheme.moves.order_by("-number").values_list("on", flat=True).first()
    found = scheme.reminders.filter(version=scheme.version)
    return (found if taken is None else found.filter(on__gte=taken)).first()


def returned_on(scheme: Scheme) -> dict[int, dt.date]:
    """The day on which each version of a scheme was sent back."""
    returned = scheme.moves.filter(sort=Move.Sort.RETURNED)
    return dict(returned.values_list("version", "on"))


def _old(course: Course, one: Taken) -> Step | None:
    """A step taken under a procedure that asks it no more."""
    return course.procedure_on(one.on).find(one.step)


def _state(step: Step, taken: set[str], waiting: Waiting | None) -> str:
    if step.code in taken:
        return "taken"
    return "waiting" if waiting is not None and waiting.step.code == step.code else "to-come"
