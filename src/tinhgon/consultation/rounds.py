"""Asking again: only where the first answer fell short, and only as often as the law allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tinhgon.consultation.results import Result
from tinhgon.consultation.terms import Terms
from tinhgon.refusal import Refusal


class UnableToAskAgain(Refusal, ValueError):
    """No further round is allowed, or there is no place that needs one."""

    def __init__(self, held: int, allowed: int) -> None:
        spent = held >= allowed
        super().__init__(
            f"Đã lấy ý kiến {held} lần, quy định cho tối đa {allowed} lần: báo cáo kết quả và dừng đề án"
            if spent
            else "Mọi nơi đã đạt tỷ lệ tán thành: không lấy ý kiến lại",
            f"{held} rounds were held and the rule allows {allowed}: report the result and stop the scheme"
            if spent
            else "every place has reached the share: nobody is asked again",
        )
        self.held, self.allowed = held, allowed


def units_to_ask_again(results: Mapping[str, Result], terms: Terms, held: int) -> tuple[str, ...]:
    """The units that failed and may be asked once more, after `held` rounds, in the order given.

    Raises:
        UnableToAskAgain: the law allows no further round, or every unit passed.
    """
    failed = tuple(unit for unit, result in results.items() if not result.passed)
    if held >= terms.rounds or not failed:
        raise UnableToAskAgain(held, terms.rounds)
    return failed


def last_results(rounds: Sequence[Mapping[str, Result]]) -> dict[str, Result]:
    """The result that stands for each unit: the one of the last round it was asked in."""
    standing: dict[str, Result] = {}
    for results in rounds:
        standing.update(results)
    return standing
