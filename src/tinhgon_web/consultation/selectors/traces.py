"""Corrections: which answers were set aside, by whom and why; what they said only where the rule has them signed."""

from __future__ import annotations

import attrs

from tinhgon_web.consultation import secrecy
from tinhgon_web.consultation.models import Answer, Ballot, Round
from tinhgon_web.consultation.selectors.results import terms


@attrs.frozen(slots=True)
class Trace:
    """A superseded answer, the one that followed, and what both said if the rule has answers signed ("" if not)."""

    answer: Answer
    followed_by: Answer | None
    was: str
    became: str


def traces(held: Round) -> list[Trace]:
    """Every correction of a round. What was said is looked up only where the law has people sign their answers.

    This is the one place that joins an answer with its ballot for a reader: the rule is asked first, and the view
    asks for the right to inspect.
    """
    answers = Answer.objects.filter(line__roll__round=held)
    gone = (
        answers.filter(standing=False)
        .select_related("line__roll", "superseded_by", "by")
        .order_by("superseded_at")
    )
    later = {(one.line_id, one.seq): one for one in answers.filter(line__in=[one.line_id for one in gone])}
    signed = terms(held).signed
    pairs = [(one, later.get((one.line_id, one.seq + 1))) for one in gone]
    said = _said([one for pair in pairs for one in pair if one]) if signed else {}
    return [
        Trace(one, then, said.get(one.pk, ""), said.get(then.pk, "") if then else "") for one, then in pairs
    ]


def _said(answers: list[Answer]) -> dict[int, str]:
    handles = {secrecy.handle_of(answer.nonce): answer.pk for answer in answers}
    cast = Ballot.objects.filter(handle__in=handles)
    return {handles[ballot.handle]: ballot.choice for ballot in cast}
