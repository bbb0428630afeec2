"""The procedure in force on a day: its steps, read from the rulebook, local rules before the nation's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from tinhgon.citations import Citation
from tinhgon.procedure import words
from tinhgon.procedure.refusals import UnableToFindProcedure
from tinhgon.rules.parameters import Parameter
from tinhgon.rules.rulebook import Rulebook

KINDS = ("village", "commune")
_NEEDED, _ANOTHER = "needed", "another"


@attrs.frozen(slots=True)
class Step:
    """One step: its place, who takes it, within how many working days (None: not known), which papers it needs.

    `another` says that whoever drafted the scheme may not take it. `terms` are the values of the law it is made of.
    """

    code: str
    place: int
    actor: str
    working_days: int | None
    papers: tuple[str, ...]
    another: bool
    terms: tuple[Parameter, ...]

    @property
    def citation(self) -> Citation:
        """The clause that asks this step."""
        return self.terms[0].citation

    @property
    def verified(self) -> bool:
        """Whether every value it is made of was read in a source."""
        return all(term.verified for term in self.terms)

    @property
    def layer(self) -> str:
        """The local folder that changes something here, or "vn"."""
        return next((term.layer for term in self.terms if term.layer != "vn"), "vn")

    @property
    def name(self) -> tuple[str, str]:
        """The step in Vietnamese and English."""
        return words.named(words.STEPS, self.code)

    @property
    def actor_name(self) -> tuple[str, str]:
        """Who takes it, in Vietnamese and English."""
        return words.named(words.ACTORS, self.actor)

    def cite(self, subject: str) -> tuple[Citation, bool]:
        """The clause behind one side of the step and whether it was read; that of the step where there is none."""
        term = next((term for term in self.terms if term.subject == subject), self.terms[0])
        return term.citation, term.verified


@attrs.frozen(slots=True)
class Procedure:
    """The steps of schemes of one kind ("village" or "commune") in the order of the law of a day."""

    kind: str
    on: dt.date
    steps: tuple[Step, ...]

    @classmethod
    def for_(cls, kind: str, on: dt.date, rulebook: Rulebook) -> Procedure:
        """The procedure of a day.

        Raises:
            UnableToFindProcedure: the rulebook has none for it.
        """
        steps = tuple(sorted(_steps(kind, on, rulebook), key=lambda step: step.place))
        if not steps:
            raise UnableToFindProcedure(kind, on)
        return cls(kind, on, steps)

    def find(self, code: str) -> Step | None:
        """The step with a code."""
        return next((step for step in self.steps if step.code == code), None)

    def before(self, code: str) -> tuple[Step, ...]:
        """The steps that come before one."""
        place = next((step.place for step in self.steps if step.code == code), 0)
        return tuple(step for step in self.steps if step.place < place)


def _steps(kind: str, on: dt.date, law: Rulebook) -> Iterator[Step]:
    for code in _asked(law, "procedure_order", "step"):
        order = law.find("procedure_order", on, kind=kind, step=code)
        actor = law.find("procedure_actors", on, kind=kind, step=code)
        if order is None or not order.number or actor is None:
            continue
        days = law.find("procedure_working_days", on, kind=kind, step=code)
        other = law.find("procedure_separation", on, kind=kind, step=code)
        papers = dict(_papers(kind, on, code, law))
        terms = [order, actor, *(term for term in (days, other) if term is not None), *papers.values()]
        yield Step(
            code=code,
            place=int(order.number),
            actor=str(actor.value),
            working_days=None if days is None else int(days.number),
            papers=tuple(papers),
            another=other is not None and other.value == _ANOTHER,
            terms=tuple(terms),
        )


def _papers(kind: str, on: dt.date, code: str, law: Rulebook) -> Iterator[tuple[str, Parameter]]:
    for paper in _asked(law, "procedure_papers", "paper"):
        duty = law.find("procedure_papers", on, kind=kind, step=code, paper=paper)
        if duty is not None and duty.value == _NEEDED:
            yield paper, duty


def _asked(law: Rulebook, subject: str, fact: str) -> tuple[str, ...]:
    words_ = law.subjects[subject].facts[fact]
    return words_ if isinstance(words_, tuple) else ()
