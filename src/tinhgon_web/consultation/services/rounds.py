"""A round's life: prepared, opened, closed, asked again where it failed, published."""

from __future__ import annotations

import datetime as dt

import attrs
from django.db import transaction

from tinhgon.consultation import check_calendar, units_to_ask_again
from tinhgon.refusal import Refusal
from tinhgon_web.consultation import moments
from tinhgon_web.consultation.models import Answer, Ballot, Batch, Roll, RollLine, Round
from tinhgon_web.consultation.selectors.results import results, terms
from tinhgon_web.consultation.services.about import check_about
from tinhgon_web.core import audit
from tinhgon_web.core.asof import today
from tinhgon_web.core.models import User
from tinhgon_web.schemes.models import Scheme


class UnableToChangeRound(Refusal):
    """The round is not ready for this step; says what is missing."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)


@attrs.frozen(slots=True)
class Asked:
    """What a new round asks: about which scheme, where, whom, in which words, on the days [opens, closes)."""

    place: str
    title: str
    question: str
    opens: dt.date
    closes: dt.date
    kind: str = Round.Kind.VILLAGE
    base: str = "household_representatives"
    scheme: Scheme | None = None
    synthetic: bool = False


def create_round(*, acting: User, asked: Asked, units: list[str]) -> Round:
    """Prepare a round over some units, each with an empty roll.

    Raises:
        UnableToConsult: the law of the first day does not let these people be asked.
        UnableToConsultSoLong: the days do not fit the law.
        UnableToChangeRound: no unit is named.
        UnableToAskAboutScheme: the scheme is not ready to be asked about, or the round would leave units of it out.
    """
    if not units:
        raise UnableToChangeRound("Chọn ít nhất một thôn, tổ dân phố", "choose at least one unit")
    with transaction.atomic():
        fields = attrs.asdict(asked, recurse=False)
        made = Round(**fields, law_on=asked.opens, created_by=acting)
        if asked.scheme is not None:
            made.version = _locked(asked.scheme).version
            check_about(asked.scheme, kind=asked.kind, units=units, on=asked.opens)
        check_calendar(opens=asked.opens, closes=asked.closes, posted_from=None, terms=terms(made))
        made.save()
        Roll.objects.bulk_create(Roll(round=made, unit=unit) for unit in dict.fromkeys(units))
        _line(acting, "create", made)
    return made


def open_round(*, acting: User, round_id: int) -> Round:
    """Open a round once every roll is filled, posted and approved.

    Raises:
        UnableToChangeRound: it is open already, or a roll is not ready.
        UnableToCloseSoEarly: the rolls will not have hung for the days the rule asks.
    """
    with transaction.atomic():
        held = _in_state(round_id, Round.State.DRAFT)
        rolls = list(held.rolls.all())
        if waiting := [roll.unit for roll in rolls if roll.approved_at is None]:
            raise UnableToChangeRound(
                f"Còn {len(waiting)} danh sách chưa được duyệt", f"{len(waiting)} rolls are not approved yet"
            )
        posted = max(roll.posted_from for roll in rolls if roll.posted_from)
        check_calendar(opens=held.opens, closes=held.closes, posted_from=posted, terms=terms(held))
        held.state = Round.State.OPEN
        held.save(update_fields=["state"])
        held.uploads.all().delete()  # they hold names and can fill nothing any more
        _line(acting, "open", held)
    return held


def close_round(*, acting: User, round_id: int) -> Round:
    """Close a round for good: the database then refuses every further answer and change.

    The ballots are written anew in the order of their digests, so that not even where they lie on the disk tells
    in which order they came.

    Raises:
        UnableToChangeRound: its last day is not over and somebody may still answer, a batch is still being keyed,
            or answers and ballots do not match.
    """
    with transaction.atomic():
        held = _in_state(round_id, Round.State.OPEN)
        _check_it_may_close(held)
        _shuffle(held)
        held.state, held.closed_at, held.closed_by = Round.State.CLOSED, moments.now(), acting
        held.save(update_fields=["state", "closed_at", "closed_by"])
        _line(acting, "close", held)
    return held


def ask_again(*, acting: User, round_id: int, opens: dt.date, closes: dt.date) -> Round:
    """Prepare the next round over the units that failed, with their rolls as they were, to be posted anew.

    Raises:
        UnableToAskAgain: the law allows no further round, or every unit passed.
        UnableToChangeRound: the round is not closed, has been asked again already, or the days overlap it.
    """
    with transaction.atomic():
        held = _in_state(round_id, Round.State.CLOSED)
        units = units_to_ask_again(results(held), terms(held), held.number)
        if Round.objects.filter(after=held).exists():
            raise UnableToChangeRound("Đã mở lần lấy ý kiến tiếp theo", "the next round is there already")
        if opens < held.closes:
            raise UnableToChangeRound(
                "Lần sau phải bắt đầu sau khi lần trước kết thúc",
                "the next round must begin after this one ended",
            )
        made = _copy(held, acting, opens, closes)
        check_calendar(opens=opens, closes=closes, posted_from=None, terms=terms(made))
        made.save()
        for roll in held.rolls.filter(unit__in=units):
            _copy_roll(roll, made)
        _line(acting, "ask again", made)
    return made


def publish(*, acting: User, round_id: int) -> Round:
    """Publish the results and the answers to opinions.

    Raises:
        UnableToChangeRound: the round is not closed, or a group of opinions has no answer yet.
    """
    with transaction.atomic():
        held = _in_state(round_id, Round.State.CLOSED)
        if held.groups.filter(answer="").exists():
            raise UnableToChangeRound(
                "Còn nhóm ý kiến chưa có trả lời: trả lời hết rồi mới công bố",
                "a group of opinions has no answer yet: opinions are published with their answers",
            )
        held.published_at = moments.now()
        held.save(update_fields=["published_at"])
        _line(acting, "publish", held)
    return held


def _locked(scheme: Scheme) -> Scheme:
    """The scheme, held so that it is neither sent back nor asked about by another meanwhile."""
    Scheme.objects.select_for_update().select_related(None).get(pk=scheme.pk)
    scheme.refresh_from_db(fields=["state", "version", "kind"])
    return scheme


_STATES_VI = {"draft": "đang chuẩn bị", "open": "đang mở", "closed": "đã kết thúc"}


def _in_state(round_id: int, state: str) -> Round:
    held = Round.objects.select_for_update().get(pk=round_id)
    if held.state != state:
        raise UnableToChangeRound(
            f"Đợt lấy ý kiến {_STATES_VI[held.state]}: bước này cần đợt {_STATES_VI[state]}",
            f"the round is {held.state}; this step needs one that is {state}",
        )
    return held


def _check_it_may_close(held: Round) -> None:
    answered = Answer.objects.filter(line__roll__round=held, standing=True).count()
    if today() < held.closes and answered < RollLine.objects.filter(roll__round=held).count():
        last = held.closes - dt.timedelta(days=1)
        raise UnableToChangeRound(
            f"Đợt lấy ý kiến mở đến hết {last:%d/%m/%Y} và còn hộ chưa trả lời",
            f"the round is open until {last} and somebody may still answer",
        )
    if Batch.objects.filter(roll__round=held, state=Batch.State.KEYING).exists():
        raise UnableToChangeRound(
            "Còn tập phiếu giấy chưa nhập xong: ghi vào sổ hoặc bỏ ra trước khi kết thúc",
            "a batch of forms is still being keyed: post it or set it aside first",
        )
    if answered != Ballot.objects.filter(roll__round=held, standing=True).count():
        raise UnableToChangeRound(
            "Số hộ đã trả lời khác số phiếu: sổ bị sửa ngoài hệ thống, phải kiểm tra trước khi kết thúc",
            "answers and ballots do not match: the ledger was changed from outside and must be looked into",
        )


def _shuffle(held: Round) -> None:
    ballots = Ballot.objects.filter(roll__round=held).order_by("handle")
    rows = list(ballots)
    ballots.delete()
    Ballot.objects.bulk_create(rows, batch_size=1000)


def _copy(held: Round, acting: User, opens: dt.date, closes: dt.date) -> Round:
    kept = ("scheme_id", "version", "place", "kind", "base", "title", "question", "law_on", "synthetic")
    fields = {name: getattr(held, name) for name in kept}
    return Round(**fields, number=held.number + 1, after=held, opens=opens, closes=closes, created_by=acting)


def _copy_roll(roll: Roll, made: Round) -> None:
    copy = Roll.objects.create(round=made, unit=roll.unit)
    fields = ("number", "household", "head", "address", "erased_at")
    RollLine.objects.bulk_create(
        (
            RollLine(roll=copy, **dict(zip(fields, line, strict=True)))
            for line in roll.lines.values_list(*fields)
        ),
        batch_size=1000,
    )


def _line(acting: User, verb: str, held: Round) -> None:
    after = {"number": held.number, "state": held.state, "opens": str(held.opens), "closes": str(held.closes)}
    audit.write(acting=acting, verb=verb, what=held, after=after, place=held.place)
