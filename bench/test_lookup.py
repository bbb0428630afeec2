"""Bulk conversion of 100,400 addresses of before July 2025, beside `vietnamadminunits` on its own data.

Both answer in one process, in processor time. Ours is right when it names exactly the new communes that hold a part of
the old one; the package is right when it names any one of them. The package asks an outside service where a street of
a divided commune lies; that is switched off here (its own fallback answers), so it is timed without the network.
Run: pytest bench/test_lookup.py --benchmark-only
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter

import pytest
from bench.addresses import Question, questions

from tinhgon.lookup import Converter, Gazetteer
from tinhgon.registry.fold import fold
from tinhgon.registry.state import Register
from tinhgon.sources import vietnam2025, vietnam2025_names

pytestmark = pytest.mark.benchmark(timer=time.process_time)
SEED = 1
AT_LEAST = 5
SAMPLE = 20_000  # of the package's, whose time per address does not depend on how many there are


@pytest.fixture(scope="module")
def reform() -> vietnam2025.Reform:
    return vietnam2025.read_reform(vietnam2025.find_data())


@pytest.fixture(scope="module")
def asked(reform: vietnam2025.Reform) -> list[Question]:
    return list(questions(reform, SEED))


@pytest.fixture(scope="module")
def register(reform: vietnam2025.Reform) -> Register:
    return fold(enumerate(vietnam2025.events_of(reform), 1))


def test_bulk_conversion(
    benchmark, reform: vietnam2025.Reform, register: Register, asked: list[Question]
) -> None:
    codes = {id_: place.code for id_, place in reform.new.items()}

    def ours() -> Counter[str]:
        gazetteer = Gazetteer(register, vietnam2025_names.former_names(vietnam2025.find_data()))
        converter = Converter(gazetteer, to=vietnam2025.EFFECTIVE, on=vietnam2025.EFFECTIVE - dt.timedelta(1))
        right: Counter[str] = Counter()
        for question in asked:
            parts = converter.convert(question.address).parts
            found = {register.units[part.unit].code(vietnam2025.EFFECTIVE) for part in parts}
            right[question.form] += found == {codes[id_] for id_ in question.right}
        return right

    start = time.process_time()
    right = benchmark.pedantic(ours, rounds=1)
    each = (time.process_time() - start) / len(asked)
    theirs, their_each = package(asked[:SAMPLE], codes)
    of_sample = Counter(question.form for question in asked[:SAMPLE])
    of_all = Counter(question.form for question in asked)
    for form in of_all:  # (ours, the package's) share of right answers
        benchmark.extra_info[form] = (right[form] / of_all[form], theirs[form] / of_sample[form])
    benchmark.extra_info |= {
        "ours right": sum(right.values()) / len(asked),
        "package right": sum(theirs.values()) / SAMPLE,
        "times faster": their_each / each,
        "microseconds each": each * 1e6,
    }
    assert sum(right.values()) / len(asked) >= sum(theirs.values()) / SAMPLE
    assert their_each / each >= AT_LEAST


def package(asked: list[Question], codes: dict[str, str]) -> tuple[Counter[str], float]:
    """The package's right answers by form, and its processor seconds per address."""
    from vietnamadminunits import convert_address
    from vietnamadminunits.converter import converter_2025

    converter_2025.get_geo_location = lambda _: None
    right: Counter[str] = Counter()
    start = time.process_time()
    answers = [convert_address(question.address).ward_code for question in asked]
    each = (time.process_time() - start) / len(asked)
    for question, answer in zip(asked, answers, strict=True):
        right[question.form] += answer in {codes[id_] for id_ in question.right}
    return right, each
