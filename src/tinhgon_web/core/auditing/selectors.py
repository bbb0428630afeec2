"""Reading the audit: lines by words, by person, verb, place and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from django.db.models import Q, QuerySet
from django.utils import timezone

from tinhgon import text
from tinhgon_web.core import places, role_words
from tinhgon_web.core.auditing import words
from tinhgon_web.core.models import AuditLine, User
from tinhgon_web.core.rights import Limits
from tinhgon_web.core.roles import Role

_PEOPLE = ("user", "owner", "people", "by")
"""Fields that hold the ids of accounts."""


@attrs.frozen(slots=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str


@attrs.frozen(slots=True)
class Told:
    """A line in words."""

    row: AuditLine
    who: str
    verb: str
    kind: str
    place: str
    changes: list[Change]


@attrs.frozen(slots=True, kw_only=True)
class Asked:
    """What a reader of the audit looks for; empty means anything."""

    words: str = ""
    by: int | None = None
    verb: str = ""
    place: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def lines(*, by: int | None = None) -> QuerySet[AuditLine]:
    """All lines, the latest first; of one person only."""
    rows = AuditLine.objects.select_related("by").order_by("-id")
    return rows if by is None else rows.filter(by_id=by)


def about(user: User) -> QuerySet[AuditLine]:
    """What was done with an account and with the roles given to it."""
    grants = [str(pk) for pk in user.grants.values_list("pk", flat=True)]
    return lines().filter(Q(kind="user", what=str(user.pk)) | Q(kind="grant", what__in=grants))


def found(asked: Asked, within: Limits) -> QuerySet[AuditLine]:
    """The lines that fit; whoever covers only some places sees the lines of those places."""
    rows = lines(by=asked.by).filter(within.about("place"))
    for word in text.fold(asked.words).split():
        rows = rows.filter(_about_word(word))
    if asked.verb:
        rows = rows.filter(verb=asked.verb)
    if asked.place:
        rows = rows.filter(place=asked.place)
    if asked.start:
        rows = rows.filter(at__gte=_midnight(asked.start))
    if asked.end:
        rows = rows.filter(at__lt=_midnight(asked.end + dt.timedelta(days=1)))
    return rows


def verbs() -> list[tuple[str, str]]:
    """The verbs there are, in words, in the alphabet's order."""
    held = AuditLine.objects.order_by().values_list("verb", flat=True).distinct()
    return sorted(((name, words.verb(name)) for name in held), key=lambda one: text.sort_key(one[1]))


def places_of(within: Limits) -> list[tuple[str, str]]:
    """The places that lines the reader may see are about, by name; one query, one more for the names."""
    held = (
        AuditLine.objects.filter(within.about("place")).order_by().values_list("place", flat=True).distinct()
    )
    named = places.names(place for place in held if place)
    return sorted(named.items(), key=lambda one: text.sort_key(one[1]))


def people() -> list[User]:
    """Who has written anything, by name."""
    wrote = AuditLine.objects.order_by().values("by").distinct()
    return sorted(User.objects.filter(pk__in=wrote), key=lambda one: text.sort_key(one.get_full_name()))


def told(rows: Iterable[AuditLine]) -> list[Told]:
    """Lines in words; at most one query for the names of places, and one for those of people."""
    listed = list(rows)
    people = _people_of(listed)
    named = places.names(row.place for row in listed if row.place)
    return [
        Told(
            row=row,
            who=row.by.get_full_name() if row.by else "",
            verb=words.verb(row.verb),
            kind=words.kind(row.kind),
            place=named.get(row.place, row.place),
            changes=_changes(row, people),
        )
        for row in listed
    ]


def _about_word(word: str) -> Q:
    """A word of the line itself, of its verb or thing in words, or of the name of who wrote it."""
    verbs_ = [name for name, said in verbs() if word in text.fold(said)]
    writers = [one.pk for one in people() if word in text.fold(f"{one.full_name} {one.username}")]
    return Q(folded__contains=word) | Q(verb__in=verbs_) | Q(by__in=writers)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _changes(row: AuditLine, people: Mapping[int, str]) -> list[Change]:
    old, new = (value if isinstance(value, dict) else {"": value} for value in (row.before, row.after))
    fields = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    return [
        Change(words.field(name), *(_said(row.kind, name, side.get(name), people) for side in (old, new)))
        for name in fields
    ]


def _said(kind: str, field: str, value: Any, people: Mapping[int, str]) -> str:
    if field == "role" and value in set(Role):
        return role_words.name(Role(value))
    if field in _PEOPLE:
        return ", ".join(people.get(one, str(one)) for one in _ids(value)) or words.value(kind, field, value)
    return words.value(kind, field, value)


def _ids(value: Any) -> list[int]:
    return [one for one in (value if isinstance(value, list) else [value]) if type(one) is int]


def _people_of(rows: Iterable[AuditLine]) -> dict[int, str]:
    """Account -> name, of those whom lines speak of; one query where there are any."""
    sides = (side for row in rows for side in (row.before, row.after) if isinstance(side, dict))
    wanted = {id_ for side in sides for field in _PEOPLE for id_ in _ids(side.get(field))}
    return {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=wanted)} if wanted else {}
