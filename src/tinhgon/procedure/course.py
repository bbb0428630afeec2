"""The way of one scheme through its procedure: what was taken, what was returned, what comes next.

Each step is judged by the procedure of its own day, so that a scheme under way when the law changes goes on by the
new one: what it has behind it stays behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Set

import attrs

from tinhgon.procedure import words
from tinhgon.procedure.deadlines import Waiting, waiting
from tinhgon.procedure.procedure import Procedure, Step
from tinhgon.procedure.refusals import UnableToTakeStep

ProcedureOn = Callable[[dt.date], Procedure]
"""The procedure of a day: `lambda on: Procedure.for_("village", on, law)`."""


@attrs.frozen(slots=True)
class Taken:
    """A step taken on a day by somebody, with the papers it left."""

    step: str
    on: dt.date
    by: str
    papers: tuple[str, ...] = ()


@attrs.frozen(slots=True)
class Returned:
    """The scheme is sent back: what was taken from `step` on counts no more."""

    step: str
    on: dt.date
    by: str
    reason: str


Move = Taken | Returned


@attrs.frozen(slots=True)
class Course:
    """The moves of a scheme so far, in order, all of them allowed."""

    procedure_on: ProcedureOn
    moves: tuple[Move, ...] = ()

    @classmethod
    def of(cls, procedure_on: ProcedureOn, moves: Iterable[Move]) -> Course:
        """The course of moves that were allowed when they were made; they are not judged again."""
        return cls(procedure_on, tuple(moves))

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The steps that count: those no return has undone."""
        standing: list[Taken] = []
        for move in self.moves:
            if isinstance(move, Taken):
                standing.append(move)
            else:
                codes = [one.step for one in standing]
                del standing[codes.index(move.step) if move.step in codes else len(codes) :]
        return tuple(standing)

    @property
    def version(self) -> int:
        """1, and one more with every return."""
        return 1 + sum(isinstance(move, Returned) for move in self.moves)

    @property
    def drafter(self) -> str:
        """Who drafted the scheme as it stands, "" before anybody did."""
        return next((one.by for one in self.taken if one.step == words.DRAFT), "")

    def next_step(self, on: dt.date) -> Step | None:
        """The step that waits on a day, by the procedure of that day; None when all are taken."""
        done = {one.step for one in self.taken}
        steps = self.procedure_on(on).steps
        last = max((index for index, step in enumerate(steps) if step.code in done), default=-1)
        return next((step for step in steps[last + 1 :]), None)

    def waiting(self, on: dt.date, holidays: Set[dt.date] = frozenset()) -> Waiting | None:
        """Who holds the next step, since when, and until when; None when all are taken."""
        step = self.next_step(on)
        since = self.moves[-1].on if self.moves else None
        return None if step is None else waiting(step, since, holidays)

    def take(self, move: Taken) -> Course:
        """The course with one step more.

        Raises:
            UnableToTakeStep: names the rule it breaks and its clause.
        """
        step = self._known(move.step, move.on)
        self._check_order(step, move)
        self._check_date(step, move)
        self._check_separation(step, move)
        self._check_papers(step, move)
        return attrs.evolve(self, moves=(*self.moves, move))

    def send_back(self, move: Returned) -> Course:
        """The course returned to a step it has passed, with a reason.

        Raises:
            UnableToTakeStep: names the rule it breaks.
        """
        step = self._known(move.step, move.on)
        found = {one.step: one for one in self.taken}
        if not move.reason.strip():
            raise _refused("return-reason", step)
        if words.IN_FORCE in found:
            raise _refused("return-enacted", step)
        if move.step not in found:
            raise _refused("return-forward", step)
        last = self.moves[-1]
        if move.on < last.on:
            raise _early(step, move.on, last)
        return attrs.evolve(self, moves=(*self.moves, move))

    def _known(self, code: str, on: dt.date) -> Step:
        procedure = self.procedure_on(on)
        step = procedure.find(code)
        if step is None:
            steps = tuple(", ".join(one.name[lang] for one in procedure.steps) for lang in (0, 1))
            raise UnableToTakeStep(
                "unknown-step",
                procedure.steps[0].citation,
                procedure.steps[0].verified,
                step=words.named(words.STEPS, code),
                on=on,
                steps=steps,
            )
        return step

    def _check_order(self, step: Step, move: Taken) -> None:
        for one in self.taken:
            if one.step == step.code:
                raise _refused("taken-already", step, since=one.on)
        due = self.next_step(move.on)
        if due is not None and due.code != step.code:
            raise _refused("out-of-order", step, before=due.name)

    def _check_date(self, step: Step, move: Taken) -> None:
        for one in self.moves[-1:]:
            if move.on < one.on:
                raise _early(step, move.on, one)

    def _check_separation(self, step: Step, move: Taken) -> None:
        if step.another and move.by and move.by == self.drafter:
            raise _refused("own-scheme", step, "procedure_separation")

    def _check_papers(self, step: Step, move: Taken) -> None:
        missing = [words.named(words.PAPERS, paper) for paper in step.papers if paper not in move.papers]
        if missing:
            named = tuple(", ".join(one[lang] for one in missing) for lang in (0, 1))
            raise _refused("missing-paper", step, "procedure_papers", missing=named)


def _early(step: Step, on: dt.date, last: Move) -> UnableToTakeStep:
    session = step.code == words.DECISION and last.step == words.DECIDING_COUNCIL
    rule = "before-session" if session else "date-before-cause"
    return _refused(rule, step, on=on, since=last.on, before=words.named(words.STEPS, last.step))


def _refused(rule: str, step: Step, subject: str = "procedure_order", **data: object) -> UnableToTakeStep:
    citation, verified = step.cite(subject)
    return UnableToTakeStep(rule, citation, verified, step=step.name, **data)
