"""Recording events from the web: checked, chained and projected in one transaction, or refused as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
from django.db import transaction

from tinhgon.registry import codec, events
from tinhgon.registry.fold import fold_onto, overlay
from tinhgon.registry.journal import Entry, chain
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import recorded, registers
from tinhgon_web.apparatus.changes import Changed, changed
from tinhgon_web.apparatus.mentions import named
from tinhgon_web.apparatus.models import Mention, Submission
from tinhgon_web.apparatus.registers import EMPTY, Head
from tinhgon_web.apparatus.services.linking import last_entry, lock_journal, write_entries
from tinhgon_web.apparatus.services.projecting import write_changes
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents import selectors as documents

RECORDER = "user-"
"""What the journal puts before the key of the account that recorded an entry."""


class UnableToRecordUnseen(ValueError):
    """Others have written about the same units since the form was shown. Carries their entries and the new head."""

    def __init__(self, seqs: tuple[int, ...], head: Head) -> None:
        super().__init__(f"entries {', '.join(map(str, seqs))} were recorded since about the same units")
        self.seqs, self.head = seqs, head


@attrs.frozen(slots=True)
class Recorded:
    """What was recorded: the numbers of the first and last entry. `again`: by an earlier sending of the same form."""

    first: int
    last: int
    again: bool = False

    @property
    def seqs(self) -> range:
        """The entries' numbers."""
        return range(self.first, self.last + 1)


@attrs.frozen(slots=True)
class Made:
    """Two registers and what differs between them."""

    before: Register
    after: Register
    changed: Changed


def record(
    *,
    acting: User,
    events: Sequence[events.Event],
    recorded_at: dt.datetime,
    note: str = "",
    seen: Head | None = None,
    once: str = "",
) -> Recorded:
    """Append events to the journal and bring the projection up to date, all or nothing, with one audit line.

    Args:
        acting: whose act it is; the journal knows them by opaque id.
        events: what happened, in order. A moment before the last entry's is taken as that entry's.
        recorded_at: the moment, with its zone.
        note: why, for the audit line.
        seen: the head of the journal when the form was shown; None where nobody looked.
        once: a form's own key; sent again with it by the same person, nothing more is recorded.

    Raises:
        UnableToFold: an event contradicts the register.
        UnableToReadEvent: a field has a value that a journal cannot hold.
        UnableToRecordUnseen: others have written about the same units after `seen`.
    """
    if not events:
        raise ValueError("there is nothing to record")
    with transaction.atomic():
        lock_journal()
        earlier = sent(acting, once)
        if earlier is not None:
            return earlier
        last = last_entry()
        made = _made(last, entries := _chained(events, recorded_at, _by(acting), last))
        if seen is not None:
            _check_seen(seen, made)
        _write(made, entries)
        _remember(acting, once, entries, recorded_at)
        _audit(acting, made, entries, note)
    registers.keep((entries[-1].seq, entries[-1].hash), made.after)
    return Recorded(entries[0].seq, entries[-1].seq)


def as_if(drafts: Sequence[events.Event], upto: Head | None = None) -> Made:
    """What events would make of the register, without writing them; a reorganisation need not be signed.

    Raises:
        UnableToFold: an event contradicts the register.
    """
    before = registers.register(registers.head() if upto is None else upto)
    after = overlay(before, drafts)
    return Made(before, after, changed(before, after))


def _by(acting: User) -> str:
    return f"{RECORDER}{acting.pk}"


def _chained(
    new: Sequence[events.Event], recorded_at: dt.datetime, by: str, last: Entry | None
) -> list[Entry]:
    """The events as the next links, each as it will be read again."""
    moment = recorded_at if last is None else max(recorded_at, last.recorded_at)
    read = (codec.from_json(codec.to_json(event)) for event in new)
    return list(chain(((event, moment.astimezone(dt.UTC), by) for event in read), last))


def _made(last: Entry | None, entries: Sequence[Entry]) -> Made:
    before = registers.register(EMPTY if last is None else (last.seq, last.hash))
    after = fold_onto(before, [(entry.seq, entry.event) for entry in entries])
    return Made(before, after, changed(before, after))


def _write(made: Made, entries: Sequence[Entry]) -> None:
    cited = documents.by_id(entry.event.citation.document for entry in entries)
    write_entries(entries, cited)
    write_changes(made.before, made.after, [(entry.seq, entry.event) for entry in entries], made.changed)
    transaction.on_commit(recorded.tell, robust=True)


def _check_seen(seen: Head, made: Made) -> None:
    seqs = unseen(seen, made)
    if seqs:
        raise UnableToRecordUnseen(seqs, registers.head())


def unseen(seen: Head, made: Made) -> tuple[int, ...]:
    """The entries recorded after `seen` about the units that what was `made` speaks of or changes."""
    recorded = len(made.before.source)
    if recorded <= seen[0]:
        return ()
    ours = {unit for unit, _ in named(made.after, made.after.source[recorded:])} | made.changed.told
    later = Mention.objects.filter(seq__gt=seen[0], unit__in=ours)
    return tuple(later.order_by("seq").values_list("seq", flat=True).distinct())


def _key(acting: User, once: str) -> str:
    return f"{acting.pk}:{once}"


def sent(acting: User, once: str) -> Recorded | None:
    """What was recorded by a form of somebody's that carried this key, if it was."""
    found = Submission.objects.filter(key=_key(acting, once)).first() if once else None
    return None if found is None else Recorded(found.first, found.last, again=True)


def _remember(acting: User, once: str, entries: Sequence[Entry], recorded_at: dt.datetime) -> None:
    if once:
        Submission.objects.create(
            key=_key(acting, once), first=entries[0].seq, last=entries[-1].seq, at=recorded_at
        )


def _audit(acting: User, made: Made, entries: Sequence[Entry], note: str) -> None:
    """One line for all that was recorded; its place is the first unit spoken of."""
    first, last = entries[0].seq, entries[-1].seq
    spoken = named(made.after, [(entry.seq, entry.event) for entry in entries])
    audit.write(
        acting=acting,
        verb="record",
        what=("entries", f"{first}" if first == last else f"{first}-{last}"),
        after={"events": list(dict.fromkeys(entry.event.name for entry in entries)), "note": note},
        place=next((unit for unit, _ in spoken), ""),
    )
