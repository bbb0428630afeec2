"""Counts of one place, or of many: exact, never more answers than people on the roll."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from tinhgon.refusal import Refusal

_COUNTS = ("agree", "disagree", "other", "invalid")


class UnableToTally(Refusal, ValueError):
    """More answers are counted than there are people on the roll, or fewer than none."""

    def __init__(self, on_roll: int, answers: int) -> None:
        super().__init__(
            f"Số phiếu {answers:,} lớn hơn số trong danh sách {on_roll:,}: đối chiếu lại danh sách và phiếu".replace(
                ",", "."
            )
            if answers > on_roll
            else "Số phiếu không được âm",
            f"{answers:,} answers, but only {on_roll:,} on the roll: compare the roll with the forms"
            if answers > on_roll
            else "a count cannot be below zero",
        )
        self.on_roll, self.answers = on_roll, answers


@attrs.frozen(slots=True)
class Tally:
    """How many are on the roll, and how many agreed, disagreed, said something else, or handed in a void form."""

    on_roll: int
    agree: int = 0
    disagree: int = 0
    other: int = 0
    invalid: int = 0

    def __attrs_post_init__(self) -> None:
        counts = [getattr(self, name) for name in _COUNTS]
        if min(self.on_roll, *counts) < 0 or sum(counts) > self.on_roll:
            raise UnableToTally(self.on_roll, sum(counts))

    @property
    def taking_part(self) -> int:
        """How many answered, void forms included."""
        return self.agree + self.disagree + self.other + self.invalid

    @property
    def silent(self) -> int:
        """How many on the roll did not answer."""
        return self.on_roll - self.taking_part

    @property
    def of_all(self) -> Fraction | None:
        """The exact share of everybody on the roll that agrees; None where nobody is on it."""
        return Fraction(self.agree, self.on_roll) if self.on_roll else None

    @property
    def of_taking_part(self) -> Fraction | None:
        """The exact share of those who took part that agrees; None where nobody did."""
        return Fraction(self.agree, self.taking_part) if self.taking_part else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            *(getattr(self, field.name) + getattr(other, field.name) for field in attrs.fields(Tally))
        )

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """The sum of some tallies; of none, the empty one."""
        return sum(tallies, cls(0))
