"""Enacting: the decision turns a scheme into one set of signed events, all or nothing; annulling takes it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs
from django.db import transaction
from django.utils import timezone

from tinhgon.citations import Citation
from tinhgon.procedure import Taken, words
from tinhgon.refusal import Refusal
from tinhgon.registry import events
from tinhgon.registry.documents import Document as Cited
from tinhgon.registry.refusals import UnableToFold
from tinhgon.schemes import Decision, Placements, acts_of
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus import services as apparatus
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents.selectors import as_read
from tinhgon_web.documents.services import put_document
from tinhgon_web.schemes.models import LeftOver, Scheme
from tinhgon_web.schemes.selectors.course import course_of
from tinhgon_web.schemes.selectors.enactment import placed
from tinhgon_web.schemes.selectors.variants import grouping, placements_of
from tinhgon_web.schemes.services.drafting import UnableToChange, held
from tinhgon_web.schemes.services.moving import UnableToMove, _check_may, check_fresh, write_move
from tinhgon_web.schemes.services.papers import decision_id, resolution_of


class UnableToEnact(Refusal, ValueError):
    """The decision does not fit the procedure or the register; says why."""


@attrs.frozen(slots=True)
class Signed:
    """The decision as printed."""

    number: str
    issuer: str
    title: str
    signed_on: dt.date
    effective_on: dt.date
    operating_on: dt.date | None = None


def place(*, acting: User, scheme: int, placements: Mapping[str, Mapping[str, str]]) -> None:
    """Keep where people, posts and organs go, for what differs from the defaults.

    Raises:
        UnableToChange: the scheme is decided, in force or given up.
    """
    with transaction.atomic():
        row = held(scheme, (Scheme.State.DRAFTING, Scheme.State.UNDER_WAY))
        if any(one.step == words.DECIDING_COUNCIL for one in course_of(row).taken):
            raise UnableToChange(row)
        chosen = Placements.from_json(placements).to_json()
        Scheme.objects.filter(pk=row.pk).update(placements=chosen)
        audit.write(
            acting=acting, verb="place", what=row, before=row.placements, after=chosen, place=row.place
        )


def drafts(scheme: Scheme, decision: Decision) -> list[events.Reorganised]:
    """The acts of the chosen variant, as things stand."""
    if scheme.chosen is None:
        raise UnableToMove("Chưa chọn phương án nào.", "No variant is chosen yet.")
    register = registers.register(registers.head())
    groups = grouping(scheme.chosen)
    placements = placements_of(scheme, register, groups, decision.effective_on)
    return acts_of(register, groups, placements, decision, mark=f"s{scheme.pk}-")


def enact(*, acting: User, scheme: int, signed: Signed, once: str = "") -> apparatus.Recorded:
    """Put a scheme in force: the document, the events, the leftovers and the step in one transaction.

    Raises:
        PermissionDenied: the right to approve at the level that decides is not theirs.
        UnableToTakeStep: the procedure does not allow it yet, or a date is before its cause.
        UnableToMove: units changed since the scheme was drafted.
        UnableToEnact: the register refuses an act, or the dates are out of order.
    """
    with transaction.atomic():
        row = held(scheme, (Scheme.State.UNDER_WAY,))
        _check_may(acting, row, words.IN_FORCE, signed.effective_on)
        _check_dates(row, signed)
        taken = Taken(words.IN_FORCE, signed.effective_on, str(acting.pk))
        course_of(row).take(taken)
        check_fresh(row)
        document = _document(row, signed)
        decision = Decision(document.id, signed.effective_on, signed.signed_on, signed.operating_on)
        _leave_over(row, signed.effective_on)
        recorded = _record(row, acting, drafts(row, decision), once)
        row.touched.all().delete()
        write_move(row, acting, taken, {}, "")
        Scheme.objects.filter(pk=row.pk).update(
            state=Scheme.State.IN_FORCE,
            decision_id=document.id,
            effective_on=signed.effective_on,
            operating_on=signed.operating_on,
            first_entry=recorded.first,
            last_entry=recorded.last,
        )
        after = {"decision": signed.number, "entries": [recorded.first, recorded.last]}
        audit.write(acting=acting, verb="enact", what=row, after=after, place=row.place)
    return recorded


def annul(*, acting: User, scheme: int, document: str, clause: str, on: dt.date, reason: str) -> None:
    """Annul a scheme in force as a whole: every entry of it, by one entry that names them all.

    Raises:
        PermissionDenied: the right to approve at the level that decides is not theirs.
        UnableToEnact: the register refuses, because later entries build on the scheme, or no reason is given.
    """
    if not reason.strip():
        raise UnableToEnact("Hủy nghị quyết phải ghi lý do.", "A decision is annulled with a reason.")
    with transaction.atomic():
        row = held(scheme, (Scheme.State.IN_FORCE,))
        _check_may(acting, row, words.IN_FORCE, on)
        event = events.Annulled(
            effective_on=on,
            citation=Citation(document, clause),
            targets=tuple(range(row.first_entry or 0, (row.last_entry or 0) + 1)),
            reason=reason.strip(),
        )
        recorded = _record(row, acting, [event], "")
        row.left_over.all().delete()
        Scheme.objects.filter(pk=row.pk).update(state=Scheme.State.ANNULLED, annulled_by=recorded.first)
        audit.write(acting=acting, verb="annul", what=row, after={"entry": recorded.first}, place=row.place)


def _check_dates(scheme: Scheme, signed: Signed) -> None:
    """Session, signature, force, operation: in that order."""
    taken = {one.step: one.on for one in course_of(scheme).taken}
    decided = taken.get(words.DECIDING_COUNCIL)
    if decided is not None and signed.signed_on < decided:
        raise UnableToEnact(
            f"Nghị quyết ký ngày {signed.signed_on:%d/%m/%Y}, trước kỳ họp ngày {decided:%d/%m/%Y}; sửa lại ngày ký.",
            f"The decision is signed on {signed.signed_on}, before the session on {decided}; correct the date.",
        )
    if signed.effective_on < signed.signed_on:
        raise UnableToEnact(
            "Ngày có hiệu lực trước ngày ký; sửa lại.",
            "It would be in force before it is signed; correct the days.",
        )
    if signed.operating_on is not None and signed.operating_on < signed.effective_on:
        raise UnableToEnact(
            "Ngày hoạt động trước ngày có hiệu lực; sửa lại.",
            "It would operate before it is in force; correct the days.",
        )


def _document(scheme: Scheme, signed: Signed) -> Cited:
    if not signed.number.strip():
        raise UnableToEnact("Chưa ghi số của nghị quyết.", "The decision has no number yet.")
    on_file = resolution_of(scheme)
    if on_file is not None and on_file.number == signed.number.strip():
        return as_read(on_file)
    document = Cited(
        id=decision_id(scheme.pk, scheme.version),
        number=signed.number.strip(),
        type="nghị quyết",
        issuer=signed.issuer.strip(),
        title=signed.title.strip() or scheme.title,
        signed_on=signed.signed_on,
        effective_on=signed.effective_on,
        synthetic=scheme.synthetic,
    )
    put_document(read=document)
    return document


def _record(
    scheme: Scheme, acting: User, made: list[events.Reorganised] | list[events.Annulled], once: str
) -> apparatus.Recorded:
    try:
        return apparatus.record(
            acting=acting, events=made, recorded_at=timezone.now(), note=scheme.title, once=once
        )
    except UnableToFold as refusal:
        raise UnableToEnact(
            f"Sổ không nhận: {refusal.message('vi')}", f"The register refuses: {refusal.message('en')}"
        ) from refusal


def _leave_over(scheme: Scheme, on: dt.date) -> None:
    """List what nobody placed, as the register is before the acts."""
    found = placed(scheme, on)
    LeftOver.objects.bulk_create(
        LeftOver(
            scheme=scheme,
            sort=one.sort,
            what=one.what,
            unit=one.unit,
            name=one.name,
            role=one.role,
            person=one.person,
        )
        for one in (found.effects.leftovers if found is not None else ())
    )
