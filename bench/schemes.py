"""How long a province takes: all villages that must merge planned in one run and enacted as one resolution.

Usage, on an empty database, which gets the demo as it was known on the day of the review:

    DEMO=1 DB=sqlite DATABASE_NAME=new.sqlite3 PYTHONPATH=src python bench/schemes.py
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # needs the settings
from django.utils import timezone  # noqa: E402  # needs the settings

from tinhgon.consultation import Row  # noqa: E402  # as above
from tinhgon.dates import end_of_day, parse_moment  # noqa: E402  # as above
from tinhgon.procedure import Procedure  # noqa: E402  # as above
from tinhgon.registry import kinds  # noqa: E402  # as above
from tinhgon_web.apparatus import registers  # noqa: E402  # as above
from tinhgon_web.apparatus import services as apparatus  # noqa: E402  # as above
from tinhgon_web.apparatus.maps.loading import load_geometry  # noqa: E402  # as above
from tinhgon_web.consultation.models import RollLine  # noqa: E402  # as above
from tinhgon_web.consultation.services import filling, ledger, rolls, rounds  # noqa: E402  # as above
from tinhgon_web.core import asof  # noqa: E402  # as above
from tinhgon_web.core.models import Grant, User  # noqa: E402  # as above
from tinhgon_web.schemes import planning, services  # noqa: E402  # as above
from tinhgon_web.schemes.law import rulebook  # noqa: E402  # as above
from tinhgon_web.schemes.models import Scheme  # noqa: E402  # as above
from tinhgon_web.schemes.selectors.variants import judge, question_of  # noqa: E402  # as above


def main() -> None:
    load()
    head = registers.head()
    register = registers.register(head)
    on = asof.today()
    tops = (unit for unit in register.units_on(on) if unit.kind(on) in kinds.PROVINCE_KINDS)
    place = next(tops).id
    drafter, approver = person("bench-drafter", "editor"), person("bench-approver", "approver")
    scheme = services.start_scheme(acting=drafter, kind="village", place=place, on=on, title="bench")
    question = question_of(scheme)
    warm(register, head, question)

    started = perf_counter()
    posed = planning.pose(register, head, question)
    plan = planning.solve(posed, question)
    variant = services.keep_variant(acting=drafter, scheme=scheme.pk, question=question, plan=plan)
    told("plan, with certificate", perf_counter() - started)
    say(f"  {int(posed.problem.must.sum())} must merge, {len(plan.abolished)} abolished, {plan.status}, "
        f"{sum(plan.proven)} of {len(plan.proven)} parents proven, {len(plan.violations)} left below")  # fmt: skip

    started = perf_counter()
    judge(scheme, variant)
    told("judge it", perf_counter() - started)
    for step in Procedure.for_("village", on, rulebook()).steps[:-2]:
        acting = drafter if step.code in ("draft", "consultation", "submission") else approver
        papers = dict.fromkeys(step.papers, "bench")
        if step.code == "consultation":
            consult(scheme.pk, on, acting, approver)
        started = perf_counter()
        services.take_step(acting=acting, scheme=scheme.pk, step=step.code, on=on, papers=papers)
        told(f"step {step.code}", perf_counter() - started)
    signed = services.Signed("1/NQ-bench", "bench", "bench", on, on + dt.timedelta(days=30))
    started = perf_counter()
    recorded = services.enact(acting=approver, scheme=scheme.pk, signed=signed)
    told("enact", perf_counter() - started)
    say(f"  {recorded.last - recorded.first + 1} acts at {timezone.now():%H:%M}; "
        f"projection sound: {apparatus.check_apparatus() == []}")  # fmt: skip


def consult(pk: int, on: dt.date, drafter: User, approver: User) -> None:
    """Ask one household of every unit of the scheme, which agrees: without an answer the procedure does not go on."""
    scheme = Scheme.objects.get(pk=pk)
    units = list(scheme.touched.values_list("unit", flat=True))
    asked = rounds.Asked(scheme.place, "bench", "?", on, on + dt.timedelta(days=1), scheme=scheme)
    held = rounds.create_round(acting=drafter, asked=asked, units=units)
    rows = [Row(line, "", unit, f"bench-{line}", "bench", "bench") for line, unit in enumerate(units, 2)]
    upload = filling.preview_roll(acting=drafter, round_id=held.pk, units=units, name="bench", rows=rows)
    filling.confirm_roll(acting=drafter, upload_id=upload.pk)
    for roll in held.rolls.all():
        rolls.post_roll(acting=drafter, roll=roll, posted_from=on - dt.timedelta(days=60), posted_at="bench")
        rolls.approve_roll(acting=approver, roll=roll)
    rounds.open_round(acting=approver, round_id=held.pk)
    for line in RollLine.objects.filter(roll__round=held).select_related("roll__round"):
        ledger.answer_on_web(line=line, said=ledger.Said("agree"))
    rounds.close_round(acting=approver, round_id=held.pk)


def load() -> None:
    """The demo's journal up to the end of the day shown: a prefix of a chain is a chain."""
    call_command("migrate", verbosity=0)
    known = end_of_day(asof.today())
    demo = Path(__file__).parents[1] / "demo/register"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(demo, Path(folder) / "register"))
        lines = (demo / "journal.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if parse_moment(json.loads(line)["recorded_at"]) <= known]
        (copy / "journal.jsonl").write_text("".join(kept), encoding="utf-8")
        apparatus.load_register(path=copy)
        load_geometry(path=copy / "geometry.geojson")


def person(name: str, role: str) -> User:
    user, made = User.objects.get_or_create(username=name, defaults={"full_name": name})
    if made:
        Grant.objects.create(user=user, role=role, start=dt.date(2015, 1, 1))
    return user


def warm(register: object, head: registers.Head, question: planning.Question) -> None:
    """Load the planner's libraries and compiled code, as in a worker that has planned before."""
    started = perf_counter()
    planning.solve(planning.pose(register, head, question), question)  # type: ignore[arg-type]  # a Register
    told("first run in this process", perf_counter() - started)


def told(what: str, seconds: float) -> None:
    say(f"{what:<28} {seconds:7.2f} s")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
