"""A commune with villages that fall short, people of every organ, and a scheme at any stage."""

from __future__ import annotations

import datetime as dt
from typing import Any

import asking
import story
from django.test import override_settings

from tinhgon.citations import Citation
from tinhgon.procedure import Procedure
from tinhgon.registry import events
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus import services as apparatus
from tinhgon_web.apparatus.models import Geometry
from tinhgon_web.consultation.models import RollLine, Round
from tinhgon_web.consultation.services import ledger, rounds
from tinhgon_web.consultation.services.ledger import Said
from tinhgon_web.core.models import Grant, User
from tinhgon_web.schemes import planning, services
from tinhgon_web.schemes.law import rulebook
from tinhgon_web.schemes.models import Scheme, Variant
from tinhgon_web.schemes.selectors.course import course_of
from tinhgon_web.schemes.selectors.variants import question_of

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
START = dt.date(2019, 9, 20)
PLACE, PEOPLE = "x2", ("x2v1-0", "x2v2-0", "x2v2-1", "x2v3-0")


def person(name: str, role: str, place: str = "") -> User:
    user, made = User.objects.get_or_create(username=name, defaults={"full_name": name})
    if made:
        Grant.objects.create(user=user, role=role, place=place, start=story.BASE)
    return user


def drafter() -> User:
    return person("công-chức-xã", "editor", PLACE)


def approver() -> User:
    return person("lãnh-đạo-tỉnh", "approver")


def set_the_scene() -> None:
    """Villages of x2 in a row; the first has 40 households of the 100 a border commune's need; four people in posts."""
    record(
        story.counted("x2v1", "2019-08-01", 40),
        story.counted("x2v4", "2019-08-01", 110),
        *(
            events.HoldingStarted(
                effective_on=dt.date(2019, 8, 1),
                citation=Citation("qd2"),
                holding=f"g-{post}",
                person=f"người-{post}",
                post=post,
            )
            for post in PEOPLE
        ),
    )
    for x in (1, 2):
        for v in range(1, 5):
            ring = [
                [107 + v, 12 + x],
                [108 + v, 12 + x],
                [108 + v, 13 + x],
                [107 + v, 13 + x],
                [107 + v, 12 + x],
            ]
            shape = {"type": "Polygon", "coordinates": [ring]}
            Geometry.objects.create(unit=f"x{x}v{v}", since=story.BASE, shape=shape)


def record(*new: events.Event) -> None:
    apparatus.record(acting=drafter(), events=list(new), recorded_at=NOW)


def started(place: str = PLACE, on: dt.date = START) -> Scheme:
    return services.start_scheme(acting=drafter(), kind="village", place=place, on=on, title="Đề án thử")


def planned(scheme: Scheme, **wishes: Any) -> Variant:
    """The scheme with a variant of the planner."""
    import attrs

    question = attrs.evolve(question_of(scheme), **wishes)
    head = registers.head()
    plan = planning.solve(planning.pose(registers.register(head), head, question), question)
    return services.keep_variant(acting=drafter(), scheme=scheme.pk, question=question, plan=plan)


def consulted(scheme: Scheme, on: dt.date, agree: int = 3) -> Round:
    """Ask three households of each unit about a scheme on one day; `agree` of them say yes, the rest no."""
    units = list(scheme.touched.values_list("unit", flat=True))
    days = {"opens": on, "closes": on + asking.DAY}
    with override_settings(TODAY=on):
        held = asking.posted(
            asking.filled(asking.drafted(units, scheme=scheme, place=scheme.place, **days), 3)
        )
        rounds.open_round(acting=approver(), round_id=held.pk)
        for line in RollLine.objects.filter(roll__round=held).select_related("roll__round"):
            ledger.answer_on_web(line=line, said=Said("agree" if line.number <= agree else "disagree"))
        return rounds.close_round(acting=approver(), round_id=held.pk)


def through(scheme: Scheme, last: str, start: dt.date = START) -> dt.date:
    """Take a scheme through its steps up to and with one, a day each; returns the day of the last."""
    return go_on(scheme, last, start)


def go_on(scheme: Scheme, last: str, start: dt.date) -> dt.date:
    """Take a scheme on from where it is, as `through` does."""
    procedure = Procedure.for_(scheme.kind, start, rulebook())
    on, done = start, {one.step for one in course_of(scheme).taken}
    for step in procedure.steps:
        if step.code in done:
            continue
        acting = approver() if step.code not in ("draft", "consultation", "submission") else drafter()
        papers = {paper: f"số {paper}" for paper in step.papers}
        if step.code == "consultation":
            consulted(scheme, on)
        services.take_step(acting=acting, scheme=scheme.pk, step=step.code, on=on, papers=papers)
        if step.code == last:
            return on
        on += dt.timedelta(days=1)
    raise AssertionError(f"no step {last}")


def signed(on: dt.date, effective_on: dt.date = dt.date(2019, 10, 1), **more: Any) -> services.Signed:
    return services.Signed("55/NQ-HĐND", "Hội đồng nhân dân tỉnh", "Sắp xếp thôn", on, effective_on, **more)


def enacted() -> Scheme:
    """A scheme in force, from the first day on."""
    scheme = started()
    planned(scheme)
    on = through(scheme, "decision")
    services.enact(acting=approver(), scheme=scheme.pk, signed=signed(on))
    scheme.refresh_from_db()
    return scheme
