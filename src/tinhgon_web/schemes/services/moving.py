"""Taking a scheme through its procedure: a step, a return, a look at units that changed meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.procedure import Returned, Taken, words
from tinhgon.refusal import Refusal
from tinhgon.schemes import Grouping, changes_since, snapshot
from tinhgon_web.apparatus import registers
from tinhgon_web.core import asof, audit
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import rights_of
from tinhgon_web.documents.models import Document
from tinhgon_web.schemes import gates
from tinhgon_web.schemes.models import KeptVersion, Move, Scheme, Touched
from tinhgon_web.schemes.selectors.course import course_of, may_take
from tinhgon_web.schemes.selectors.scheme import stale
from tinhgon_web.schemes.selectors.variants import grouping, judge
from tinhgon_web.schemes.services.drafting import held
from tinhgon_web.schemes.services.papers import Sent, attach_all

_OPEN = (Scheme.State.DRAFTING, Scheme.State.UNDER_WAY)


class UnableToMove(Refusal, ValueError):
    """The scheme cannot go on as it is; says what is in the way."""


def take_step(
    *,
    acting: User,
    scheme: int,
    step: str,
    on: dt.date,
    papers: Mapping[str, str],
    note: str = "",
    sent: Mapping[str, Sent] | None = None,
    readable: QuerySet[Document] | None = None,
) -> Move:
    """Take a step: `papers` maps each paper the step needs to its number or name, `sent` to what is handed in of it.

    `readable` are the documents the person may read, of which one may be named in `sent`.

    Raises:
        PermissionDenied: the right to take it, or the place, is not theirs.
        UnableToTakeStep: the procedure does not allow it.
        UnableToPassGate: a check on the step does not pass.
        UnableToMove: no variant is chosen, it breaks a demand, its units changed, or another scheme has them.
        UnableToAcceptFile, UnableToAttachPaper: a paper handed in cannot be kept.
    """
    given = _given(papers, sent or {})
    with transaction.atomic():
        row = held(scheme, (*_OPEN, Scheme.State.IN_FORCE))
        _check_may(acting, row, step, on)
        _check_recordable(step, on)
        taken = Taken(step, on, str(acting.pk), tuple(given))
        course = course_of(row).take(taken)
        gates.pass_through(step, row.pk, on)
        _before(row, step)
        move = _write(row, acting, taken, dict(given), note)
        attach_all(acting=acting, move=move, sent=sent or {}, readable=readable)
        if step == words.DRAFT:
            _set_out(row)
        after = {"step": step, "on": on.isoformat(), "version": course.version}
        audit.write(acting=acting, verb="take step", what=row, after=after, place=row.place)
    return move


def _check_recordable(step: str, on: dt.date) -> None:
    if step == words.IN_FORCE:
        raise UnableToMove(
            "Bước này không ghi riêng: ban hành ở trang Quyết định thì sổ mới nhận các thay đổi.",
            "This step is not recorded by itself: put the scheme in force on the page of its decision.",
        )
    if on > asof.today():
        raise UnableToMove(
            f"Ngày {on:%d/%m/%Y} chưa đến; ghi bước khi đã thực hiện.",
            f"{on} is still to come; record a step once it is taken.",
        )


def _given(papers: Mapping[str, str], sent: Mapping[str, Sent]) -> dict[str, str]:
    """What is written of each paper; of one only handed in, what that is called."""
    handed_in = {code: one.called for code, one in sent.items() if one.called}
    return handed_in | {code: said.strip() for code, said in papers.items() if said.strip()}


def send_back(*, acting: User, scheme: int, step: str, on: dt.date, reason: str) -> Move:
    """Send a scheme back to a step it has passed; what it was is kept as a version, with the reason.

    Raises:
        PermissionDenied: whoever sends it back does not hold it.
        UnableToTakeStep: the procedure does not allow it.
    """
    with transaction.atomic():
        row = held(scheme, (Scheme.State.UNDER_WAY,))
        course = course_of(row)
        waiting = course.next_step(on)
        if waiting is not None:
            _check_may(acting, row, waiting.code, on)
        returned = Returned(step, on, str(acting.pk), reason.strip())
        course.send_back(returned)
        _keep(row, acting, returned.reason)
        move = _write(row, acting, returned, {}, returned.reason)
        fields: dict[str, object] = {"version": row.version + 1}
        if step == words.DRAFT:
            row.touched.all().delete()
            fields["state"] = Scheme.State.DRAFTING
        Scheme.objects.filter(pk=row.pk).update(**fields)
        after = {"step": step, "reason": returned.reason, "version": row.version + 1}
        audit.write(acting=acting, verb="send back", what=row, after=after, place=row.place)
    return move


def recheck(*, acting: User, scheme: int) -> None:
    """Take the units of a scheme as they are now, once somebody has seen what changed and the plan still stands.

    Raises:
        UnableToMove: units of it are gone, or the groups break a demand now.
    """
    with transaction.atomic():
        row = held(scheme, _OPEN)
        if row.chosen is None:
            raise _nothing_chosen()
        groups = grouping(row.chosen)
        register = registers.register(registers.head())
        today = max(row.on, asof.today())
        gone = [one for one in changes_since(register, row.pictures, today) if one.what == "closed"]
        if gone:
            named = ", ".join(one.name for one in gone)
            raise UnableToMove(
                f"Không còn: {named}. Trả lại đề án về bước lập để lập lại phương án.",
                f"No longer there: {named}. Have the scheme returned to its drafting and plan again.",
            )
        _check_demands(row)
        now = snapshot(register, groups.units, today)
        Scheme.objects.filter(pk=row.pk).update(pictures=now)
        audit.write(acting=acting, verb="recheck", what=row, before=row.pictures, after=now, place=row.place)


def _check_may(acting: User, scheme: Scheme, step: str, on: dt.date) -> None:
    found = course_of(scheme).procedure_on(on).find(step)
    if found is None:  # the course itself refuses it, with the steps there are
        return
    register = registers.register(registers.head())
    if not may_take(rights_of(acting, asof.today()), register, scheme, found, on):
        raise PermissionDenied(_("This step is another organ's: your role does not reach it."))


def _before(scheme: Scheme, step: str) -> None:
    """What must hold of the scheme itself before a step."""
    if scheme.chosen is None:
        raise _nothing_chosen()
    if step == words.DRAFT:
        _check_demands(scheme)
    elif step != words.OPERATING:
        check_fresh(scheme)


def check_fresh(scheme: Scheme) -> None:
    """Raise UnableToMove where units of a scheme are not as they were when it was drafted."""
    changed = stale(scheme)
    if changed:
        named = ", ".join(dict.fromkeys(one.name for one in changed))
        raise UnableToMove(
            f"Đã thay đổi từ khi lập đề án: {named}. Xem lại thay đổi rồi xác nhận trước khi đi tiếp.",
            f"Changed since the scheme was drafted: {named}. Look at the changes and confirm before going on.",
        )


def _nothing_chosen() -> UnableToMove:
    return UnableToMove(
        "Chưa chọn phương án nào; lập phương án rồi chọn một phương án để trình.",
        "No variant is chosen yet; plan, then choose the one to submit.",
    )


def _check_demands(scheme: Scheme) -> None:
    if scheme.chosen is None:
        raise _nothing_chosen()
    found = judge(scheme, scheme.chosen)
    if not found.groups.groups:
        raise UnableToMove("Phương án không nhập đơn vị nào.", "The variant joins no units.")
    wrong = [*found.faults, *((fault.text_vi, fault.text_en) for fault in found.names)]
    if wrong:
        raise UnableToMove(" ".join(vi for vi, _ in wrong), " ".join(en for _, en in wrong))


def _set_out(scheme: Scheme) -> None:
    """The scheme leaves its drafter: what its units are now is kept, and they are its own until it is over."""
    if scheme.chosen is None:
        raise _nothing_chosen()
    units = grouping(scheme.chosen).units
    claimed = dict(Touched.objects.filter(unit__in=units).values_list("unit", "scheme__title"))
    if claimed:
        raise _claimed(claimed)
    try:
        with transaction.atomic():
            Touched.objects.bulk_create(Touched(unit=unit, scheme=scheme) for unit in units)
    except IntegrityError:  # another scheme set out at this very moment
        raise _claimed({"": _("another scheme")}) from None
    register = registers.register(registers.head())
    Scheme.objects.filter(pk=scheme.pk).update(
        state=Scheme.State.UNDER_WAY, pictures=snapshot(register, units, scheme.on)
    )


def _claimed(claimed: Mapping[str, str]) -> UnableToMove:
    titles = "; ".join(dict.fromkeys(claimed.values()))
    return UnableToMove(
        f"Đơn vị trong phương án đang thuộc đề án khác đang trình: {titles}. "
        "Rút đề án kia hoặc bỏ các đơn vị đó khỏi phương án.",
        f"Units of the variant are in another scheme under way: {titles}. "
        "Withdraw that one, or leave these units out.",
    )


def _keep(scheme: Scheme, acting: User, reason: str) -> None:
    chosen = scheme.chosen
    KeptVersion.objects.create(
        scheme=scheme,
        version=scheme.version,
        groups=(grouping(chosen) if chosen is not None else Grouping()).to_json(),
        placements=scheme.placements,
        summary=chosen.summary if chosen is not None else {},
        reason=reason,
        by=acting,
        at=timezone.now(),
    )


def _write(scheme: Scheme, acting: User, move: Taken | Returned, papers: dict[str, str], note: str) -> Move:
    last = scheme.moves.order_by("-number").values_list("number", flat=True).first()
    return Move.objects.create(
        scheme=scheme,
        number=1 + (last or 0),
        version=scheme.version,
        sort=Move.Sort.TAKEN if isinstance(move, Taken) else Move.Sort.RETURNED,
        step=move.step,
        on=move.on,
        by=acting,
        papers=papers,
        reason=note,
        recorded_at=timezone.now(),
    )


write_move = _write
