"""Opinions in people's own words: gathered into groups, each group answered, all published with the results."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from tinhgon_web.consultation.models import Ballot, OpinionGroup, Round
from tinhgon_web.consultation.services.rounds import UnableToChangeRound
from tinhgon_web.core import audit
from tinhgon_web.core.models import User


def group_opinions(
    *, acting: User, round_id: int, title: str, handles: Iterable[str], group_id: int | None = None
) -> OpinionGroup:
    """Put opinions of a closed round into a group, a new one unless `group_id` names it.

    Raises:
        UnableToChangeRound: the round is not closed, or a new group has no title.
    """
    with transaction.atomic():
        held = _closed(round_id)
        if group_id is None and not title.strip():
            raise UnableToChangeRound("Ghi tên nhóm ý kiến", "name the group of opinions")
        group = (
            OpinionGroup.objects.create(round=held, title=title.strip())
            if group_id is None
            else held.groups.get(pk=group_id)
        )
        count = Ballot.objects.filter(roll__round=held, handle__in=list(handles)).update(group=group)
        audit.write(
            acting=acting, verb="group opinions", what=group, after={"count": count}, place=held.place
        )
    return group


def answer_group(*, acting: User, group: OpinionGroup, answer: str) -> OpinionGroup:
    """Answer a group of opinions; until the round is published the answer can be written anew.

    Raises:
        UnableToChangeRound: the round is published, or the answer is empty.
    """
    with transaction.atomic():
        held = _closed(group.round_id)
        if held.published_at is not None or not answer.strip():
            raise UnableToChangeRound(
                "Trả lời không được để trống và không sửa được sau khi công bố",
                "an answer has words, and stays as it is once published",
            )
        group.answer, group.answered_by = answer.strip(), acting
        group.save(update_fields=["answer", "answered_by"])
        audit.write(acting=acting, verb="answer opinions", what=group, place=held.place)
    return group


def _closed(round_id: int) -> Round:
    held = Round.objects.select_for_update().get(pk=round_id)
    if held.state != Round.State.CLOSED:
        raise UnableToChangeRound(
            "Ý kiến chỉ xem và trả lời sau khi đợt kết thúc", "opinions are read once the round is closed"
        )
    return held
