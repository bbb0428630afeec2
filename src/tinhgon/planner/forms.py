"""The forms of the question, by name: what "law", "max-p", "max-p+renamed" and "target=28" ask, and who answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from tinhgon.planner.solution import Solution
from tinhgon.refusal import Refusal

Solver = Callable[..., Solution]

LAW = "law"
MAX_P = "max-p"
MAX_P_RENAMED = "max-p+renamed"  # of the plans with the most parts, one that renames the fewest residents
TARGET = "target="
_SOLVERS = {LAW: "tinhgon.planner.law", MAX_P: "tinhgon.planner.maxp", MAX_P_RENAMED: "tinhgon.planner.maxp"}
_EFFORTS = {LAW: 1000, MAX_P: 100, MAX_P_RENAMED: 100}
_OTHER_SPELLINGS = {"maxp": MAX_P, "maxp+renamed": MAX_P_RENAMED}


class UnableToReadForm(Refusal, ValueError):
    """The text names no form of the question."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"{text!r} không phải mục tiêu: hãy viết law, max-p, max-p+renamed hoặc target=N (còn N đơn vị).",
            f"{text!r} is no form of the question: write law, max-p, max-p+renamed or target=N (N units in all).",
        )


def read_form(text: str) -> str:
    """The form in its one spelling.

    >>> read_form("maxp"), read_form("target=28")
    ('max-p', 'target=28')
    """
    spelled = text.strip().lower()
    spelled = _OTHER_SPELLINGS.get(spelled, spelled)
    if spelled in _SOLVERS or target_of(spelled) is not None:
        return spelled
    raise UnableToReadForm(text)


def target_of(form: str) -> int | None:
    """The number of units asked for, None in the other forms.

    >>> target_of("target=28"), target_of("law")
    (28, None)
    """
    number = form.removeprefix(TARGET)
    return int(number) if form.startswith(TARGET) and number.isdecimal() and int(number) > 0 else None


def is_max_p(form: str) -> bool:
    """Whether the form asks for the most parts before all else."""
    return form in {MAX_P, MAX_P_RENAMED}


def usual_effort(form: str) -> int:
    """The effort taken where none is asked for; each form counts it in its own way."""
    return _EFFORTS.get(form, _EFFORTS[LAW])


def solver(form: str) -> Solver:
    """The function that answers pieces of a problem in this form, looked up late: it loads compiled code."""
    solve: Solver = import_module(_SOLVERS[form]).solve
    return partial(solve, then_fewest_renamed=True) if form == MAX_P_RENAMED else solve
