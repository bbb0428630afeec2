"""A value of the law: what it is, where it holds, and the clause it was read in."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TypeAlias

import attrs

from tinhgon.citations import Citation

Value: TypeAlias = int | Fraction | str
Fact: TypeAlias = str | bool | int | float | Fraction | None

NATIONAL = "vn"


@attrs.frozen(slots=True)
class Period:
    """The days a value holds, [start, until); an open end is `None`."""

    start: dt.date
    until: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Say whether the day lies in the period."""
        return self.start <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """Say whether some day lies in both."""
        return (other.until is None or self.start < other.until) and (
            self.until is None or other.start < self.until
        )

    def __str__(self) -> str:
        return f"[{self.start}, {self.until or '…'})"


@attrs.frozen(slots=True)
class Parameter:
    """One value of the law as it stands on one day for one set of facts.

    `value` is exact: an `int`, a `Fraction`, or a word (a status, a region). `unit` says what it counts.
    `verified` is true when a source was read for the value, and for the day it began where that day matters.
    `layer` names the folder the value came from: "vn" for national law, else a local overlay.
    """

    subject: str
    value: Value
    unit: str
    citation: Citation
    verified: bool
    source: str
    period: Period
    layer: str
    note: str = ""

    @property
    def number(self) -> int | Fraction:
        """The value as a number; a word is a fault of the caller."""
        if isinstance(self.value, str):
            raise TypeError(f"{self.subject} is the word '{self.value}', not a number")
        return self.value


@attrs.frozen(slots=True)
class Condition:
    """A test on one fact: one of some words or truth values, or a number in [at_least, below)."""

    fact: str
    choices: tuple[str | bool, ...] = ()
    at_least: Fraction | None = None
    below: Fraction | None = None

    def admits(self, fact: Fact) -> bool:
        """Say whether the fact passes; an unknown fact (`None`) never does."""
        if fact is None:
            return False
        if self.choices:
            return fact in self.choices
        number = exact(fact)
        return (self.at_least is None or number >= self.at_least) and (
            self.below is None or number < self.below
        )

    def meets(self, other: Condition) -> bool:
        """Say whether some fact passes both tests."""
        if self.choices or other.choices:
            return any(choice in other.choices for choice in self.choices)
        low = max((end for end in (self.at_least, other.at_least) if end is not None), default=None)
        high = min((end for end in (self.below, other.below) if end is not None), default=None)
        return low is None or high is None or low < high

    def __str__(self) -> str:
        if self.choices:
            return f"{self.fact} = {' | '.join(_word(choice) for choice in self.choices)}"
        low = f"{self.at_least} <= " if self.at_least is not None else ""
        high = f" < {self.below}" if self.below is not None else ""
        return f"{low}{self.fact}{high}"


@attrs.frozen(slots=True)
class Cell:
    """One line of a rule file: a value and the conditions under which it holds."""

    conditions: tuple[Condition, ...]
    parameter: Parameter
    sure_from: dt.date
    sure_until: dt.date | None
    line_path: tuple[str | int, ...] = attrs.field(eq=False)

    def holds(self, on: dt.date, facts: dict[str, Fact]) -> bool:
        """Say whether the value holds that day for these facts."""
        return self.parameter.period.covers(on) and all(
            condition.admits(facts.get(condition.fact)) for condition in self.conditions
        )

    def on(self, day: dt.date) -> Parameter:
        """Give the parameter, unverified on days that lie between an unsure start or end and a sure one."""
        sure = self.sure_from <= day and (self.sure_until is None or day < self.sure_until)
        return self.parameter if sure else attrs.evolve(self.parameter, verified=False)

    def clashes(self, other: Cell) -> bool:
        """Say whether both cells, which ask the same facts, could give a value to the same question."""
        return self.parameter.period.overlaps(other.parameter.period) and all(
            mine.meets(theirs) for mine, theirs in zip(self.conditions, other.conditions, strict=True)
        )


def exact(number: Fact) -> int | Fraction:
    """Turn a number into an exact one; a float means the digits it is printed with.

    >>> exact(9.76), exact(5.0), exact("1/3")
    (Fraction(244, 25), 5, Fraction(1, 3))
    """
    if isinstance(number, bool) or number is None:
        raise TypeError(f"{number!r} is not a number")
    if isinstance(number, int):
        return number
    fraction = Fraction(repr(number) if isinstance(number, float) else number)
    return fraction.numerator if fraction.denominator == 1 else fraction


def _word(choice: str | bool) -> str:
    return str(choice).lower() if isinstance(choice, bool) else choice
