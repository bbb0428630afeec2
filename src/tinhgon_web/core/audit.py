"""One line for every write: who did what to which thing, over which place, and what it was before and after."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.utils import timezone

from tinhgon import text
from tinhgon_web.core.models import AuditLine, User


class UnableToAudit(RuntimeError):
    """A line was to be written outside the transaction of the write it tells of."""

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"the audit line '{verb}' must be written inside the transaction of the write itself"
        )
        self.verb = verb


def write(
    *,
    acting: User | None,
    verb: str,
    what: models.Model | tuple[str, object],
    before: Any = None,
    after: Any = None,
    place: str = "",
) -> AuditLine:
    """Leave the line of a write, inside its transaction.

    Args:
        acting: who did it; None: the system itself.
        verb: what was done, an English word or two ("create", "end", "annul"); `audit_words` says it in Vietnamese.
        what: the thing, as a row or as (kind, id).
        before, after: what changed, as JSON; no personal data beyond ids of users.
        place: the id of the unit the thing belongs to ("" for the whole register).

    Raises:
        UnableToAudit: no transaction is open.
    """
    if not connection.in_atomic_block:
        raise UnableToAudit(verb)
    kind, id_ = (what._meta.model_name or "", what.pk) if isinstance(what, models.Model) else what
    return AuditLine.objects.create(
        at=timezone.now(),
        by=acting,
        verb=verb,
        kind=kind,
        what=str(id_)[:200],
        place=place,
        before=before,
        after=after,
        folded=text.fold(f"{verb} {kind} {id_} {place} {_values(before)} {_values(after)}"),
    )


def _values(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_values(one) for one in value.values())
    if isinstance(value, list):
        return " ".join(map(_values, value))
    return "" if value is None else str(value)
