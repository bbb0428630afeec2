"""Starting a scheme, keeping its variants, its exceptions and the variant chosen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import filetype
from django.db import transaction
from django.utils import timezone

from tinhgon.refusal import Refusal
from tinhgon.text import clean
from tinhgon_web.apparatus import registers
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.schemes import planning
from tinhgon_web.schemes.models import Scheme, SpecificFactor, Variant

if TYPE_CHECKING:
    from tinhgon.planner.plan import Plan

LARGEST_EVIDENCE = 10_000_000
EVIDENCE = ("application/pdf", "image/jpeg", "image/png")


class UnableToStart(Refusal, ValueError):
    """The place has nothing to reorganise that day, or the title is missing."""


class UnableToChange(Refusal, ValueError):
    """The scheme is no longer with its drafter."""

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(
            "Đề án đang ở bước sau hoặc đã xong nên không sửa được; muốn sửa thì trả lại đề án về bước lập.",
            "The scheme has gone on or is finished and cannot be changed; have it returned to its drafting first.",
        )
        self.scheme = scheme


class UnableToTakeEvidence(Refusal, ValueError):
    """The evidence of an exception is missing, too large, or no PDF or picture."""


def start_scheme(*, acting: User, kind: str, place: str, on: dt.date, title: str) -> Scheme:
    """Start a scheme for a place, on the register and the law of a day.

    Raises:
        UnableToStart: there is nothing to reorganise, or no title.
    """
    register = registers.register(registers.head())
    title = clean(title)
    if not title:
        raise UnableToStart("Chưa ghi tên đề án.", "The scheme has no title yet.")
    unit = register.units.get(place)
    if unit is None or len(planning.units_in(register, kind, place, on)) < 2:
        raise UnableToStart(
            "Nơi được chọn không có từ hai đơn vị trở lên để sắp xếp vào ngày này.",
            "The place chosen has no two units to reorganise on that day.",
        )
    with transaction.atomic():
        scheme = Scheme.objects.create(
            kind=kind,
            place=place,
            on=on,
            title=title,
            created_by=acting,
            created_at=timezone.now(),
            synthetic=_is_synthetic(register, place, on),
        )
        audit.write(acting=acting, verb="create", what=scheme, after={"title": title}, place=place)
    return scheme


def _is_synthetic(register: Any, place: str, on: dt.date) -> bool:
    holders = (register.units[place], *register.ancestors(place, on))
    return any(unit.fact("synthetic", on) == "yes" for unit in holders)


def held(scheme: int, states: tuple[str, ...] = (Scheme.State.DRAFTING,)) -> Scheme:
    """The scheme, locked until the transaction ends.

    Raises:
        UnableToChange: it is in none of these states.
    """
    found = Scheme.objects.select_for_update().select_related(None).get(pk=scheme)
    if found.state not in states:
        raise UnableToChange(found)
    return found


def next_number(scheme: Scheme) -> int:
    """The number of the scheme's next variant; the scheme must be locked."""
    last = scheme.variants.order_by("-number").values_list("number", flat=True).first()
    return 1 + (last or 0)


def keep_variant(
    *, acting: User, scheme: int, question: planning.Question, plan: Plan, title: str = ""
) -> Variant:
    """Keep a plan as a variant of a scheme, with its certificate; the first one kept is chosen.

    Raises:
        UnableToChange: the scheme has gone on.
    """
    with transaction.atomic():
        row = held(scheme)
        variant = Variant.objects.create(
            scheme=row,
            number=next_number(row),
            title=clean(title),
            origin=Variant.Origin.PLANNED,
            head=registers.head()[0],
            created_by=acting,
            created_at=timezone.now(),
            **_answered(question, plan),
        )
        if row.chosen_id is None:
            Scheme.objects.filter(pk=row.pk).update(chosen=variant)
        after = {"variant": variant.number, "form": variant.form}
        audit.write(acting=acting, verb="plan", what=row, after=after, place=row.place)
    return variant


def _answered(question: planning.Question, plan: Plan) -> dict[str, Any]:
    """What is kept of a plan: the question, the groups, the figures, who stays below, the proof."""
    from tinhgon.planner.outputs.certificate import certificate_of

    problem = plan.posed.problem
    return {
        "form": question.form,
        "seed": question.seed,
        "effort": plan.solution.effort,
        "wishes": {
            "forced": [list(pair) for pair in question.forced],
            "forbidden": [list(pair) for pair in question.forbidden],
            "alone": list(question.alone),
        },
        "groups": planning.grouping_of(plan).to_json(),
        "summary": {**plan.summary(), "proven": list(plan.proven)},
        "violations": [
            {"unit": problem.ids[one.unit], "reason": one.reason, "vi": one.text_vi, "en": one.text_en}
            for one in plan.violations
        ],
        "certificate": certificate_of(plan),
    }


def choose(*, acting: User, scheme: int, number: int) -> None:
    """Choose the variant that goes through the procedure.

    Raises:
        UnableToChange: the scheme has gone on.
    """
    with transaction.atomic():
        row = held(scheme)
        variant = row.variants.get(number=number)
        Scheme.objects.filter(pk=row.pk).update(chosen=variant, placements={})
        audit.write(acting=acting, verb="choose", what=row, after={"variant": number}, place=row.place)


def add_factor(
    *, acting: User, scheme: int, unit: str, reason: str, note: str, evidence: bytes, name: str
) -> SpecificFactor:
    """Record why a unit is to be left as it is, with the evidence.

    Raises:
        UnableToChange: the scheme has gone on.
        UnableToTakeEvidence: the file is missing, too large, or no PDF or picture.
    """
    guessed = filetype.guess(evidence[:512]) if evidence else None
    if guessed is None or guessed.mime not in EVIDENCE or len(evidence) > LARGEST_EVIDENCE:
        raise UnableToTakeEvidence(
            "Mỗi yếu tố đặc thù cần tệp chứng minh: PDF hoặc ảnh JPEG, PNG, không quá 10 MB.",
            "Each specific factor needs its evidence: a PDF or a JPEG or PNG picture of at most 10 MB.",
        )
    with transaction.atomic():
        row = held(scheme)
        factor, _made = SpecificFactor.objects.update_or_create(
            scheme=row,
            unit=unit,
            defaults={
                "reason": SpecificFactor.Reason(reason),
                "note": clean(note),
                "evidence": evidence,
                "evidence_name": name[-200:],
                "evidence_type": guessed.mime,
                "by": acting,
                "at": timezone.now(),
            },
        )
        audit.write(
            acting=acting, verb="except", what=row, after={"unit": unit, "reason": reason}, place=row.place
        )
    return factor


def remove_factor(*, acting: User, scheme: int, unit: str) -> None:
    """Take an exception back.

    Raises:
        UnableToChange: the scheme has gone on.
    """
    with transaction.atomic():
        row = held(scheme)
        row.factors.filter(unit=unit).delete()
        audit.write(acting=acting, verb="take back", what=row, before={"unit": unit}, place=row.place)


def withdraw(*, acting: User, scheme: int, reason: str) -> None:
    """Give a scheme up; its units are free for another.

    Raises:
        UnableToChange: it is in force, or given up already.
    """
    with transaction.atomic():
        row = held(scheme, (Scheme.State.DRAFTING, Scheme.State.UNDER_WAY))
        row.touched.all().delete()
        Scheme.objects.filter(pk=row.pk).update(state=Scheme.State.WITHDRAWN)
        audit.write(
            acting=acting, verb="withdraw", what=row, after={"reason": clean(reason)}, place=row.place
        )
