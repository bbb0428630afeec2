"""What is kept in memory is bounded, and made once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tinhgon_web.apparatus.registers import Kept


def test_only_the_last_few_are_kept() -> None:
    kept: Kept[int] = Kept(2)
    made: list[int] = []

    def make(number: int) -> int:
        return kept.get(number, lambda: made.append(number) or number)

    assert [make(number) for number in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2], "asking for 1 kept it; 2 had to be made again"


def test_threads_make_one_value_once() -> None:
    kept: Kept[int] = Kept(2)
    made = []
    start = threading.Barrier(8)

    def ask(_: int) -> int:
        start.wait()
        return kept.get("one", lambda: made.append(1) or 7)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(8))) == [7] * 8
    assert made == [1]


def test_what_cannot_be_made_is_not_kept() -> None:
    kept: Kept[int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("one", lambda: 1 // 0)
    assert kept.get("one", lambda: 7) == 7
