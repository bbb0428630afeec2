"""A made-up scheme for the demonstration: returned once, drafted anew, with variants to compare."""

from __future__ import annotations

import datetime as dt

import attrs

from tinhgon.procedure import words
from tinhgon_web.apparatus import registers
from tinhgon_web.core.models import User
from tinhgon_web.schemes import planning, services
from tinhgon_web.schemes.models import Scheme, Variant
from tinhgon_web.schemes.selectors.variants import grouping, question_of

_DAY = dt.timedelta(days=1)


def make_demo(*, place: str, on: dt.date, drafter: User) -> Scheme:
    """Make a scheme for a commune, by a day; synthetic as the register is."""
    scheme = _started(place, on - 26 * _DAY, drafter)
    _planned(scheme, drafter, "law", "Theo luật")
    _submitted_and_returned(scheme, drafter, on)
    _planned(scheme, drafter, "max-p", "Nhiều thôn đạt tiêu chuẩn nhất")
    _by_hand(scheme, drafter)
    return scheme


def _started(place: str, on: dt.date, drafter: User) -> Scheme:
    name = registers.register(registers.head()).units[place].name(on)
    title = f"Đề án sắp xếp thôn, bon {name[:1].lower()}{name[1:]}"
    return services.start_scheme(acting=drafter, kind=Scheme.Kind.VILLAGE, place=place, on=on, title=title)


def _planned(scheme: Scheme, drafter: User, form: str, title: str) -> Variant:
    head = registers.head()
    question = attrs.evolve(question_of(scheme), form=form)
    plan = planning.solve(planning.pose(registers.register(head), head, question), question)
    return services.keep_variant(acting=drafter, scheme=scheme.pk, question=question, plan=plan, title=title)


def _by_hand(scheme: Scheme, drafter: User) -> Variant:
    """The first variant with one village left out by hand, so that the distance from the best is seen."""
    unit = grouping(scheme.variants.get(number=1)).absorbed[0]
    return services.edit(
        acting=drafter, scheme=scheme.pk, number=1, change={"do": "move", "unit": unit, "to": ""}
    )


def _submitted_and_returned(scheme: Scheme, drafter: User, on: dt.date) -> None:
    papers = {"scheme": "07/ĐA-UBND"}
    services.take_step(acting=drafter, scheme=scheme.pk, step=words.DRAFT, on=on - 24 * _DAY, papers=papers)
    reason = "Thuyết minh rõ vị trí nhà văn hóa của thôn mới."
    services.send_back(acting=drafter, scheme=scheme.pk, step=words.DRAFT, on=on - 17 * _DAY, reason=reason)
