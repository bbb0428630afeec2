"""The record was wrong: correct an entry, annul entries, join two records of one unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tinhgon.citations import Citation
from tinhgon.registry import events, kinds
from tinhgon_web.apparatus import words
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.doors.door import Door
from tinhgon_web.doors.fields import CleanField, NumberField, UnitField

ONE, TOGETHER, DOCUMENT = "mot", "cung-luc", "van-ban"


class Correct(Door):
    """What an entry should have said: its days, its clause, its values. The rest stays as it was recorded."""

    what = "dinh-chinh"
    reason = CleanField(label=_("Why the entry was wrong"))

    def made(self) -> None:
        """The fields of that entry's event, filled in as it says now."""
        event = self.event
        if event.signed_on is None and not isinstance(event, events.Reorganised):
            for name in ("signed_on", "operating_on"):
                self.fields.pop(name, None)
        for name, (field, value) in _mendable(event, self).items():
            self.fields[name] = field
            self.initial[name] = value
        for name in ("effective_on", "signed_on", "operating_on"):
            self.initial[name] = getattr(event, name)
        self.initial["document"], self.initial["clause"] = event.citation.document, event.citation.clause
        self.order_fields([name for name in self.fields if name not in (*self.basis, "reason")])

    is_act = True  # the days of an act stand there unless the event is none

    @property
    def event(self) -> events.Event:
        """The event as it holds now: as recorded, or as corrected before."""
        if self.standing.entry is None:
            raise LookupError("a correction is opened from an entry")
        seq, event = self.standing.entry
        return self.standing.register.event_by_seq.get(seq, event)

    def clean(self) -> dict[str, Any]:
        """Something must change."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and self._replacement() == self.event:
            raise ValidationError(_("Nothing was changed: mend a field, or annul the entry."))
        return said

    def _replacement(self) -> events.Event:
        said = self.cleaned_data
        days = {name: said[name] for name in ("effective_on", "signed_on", "operating_on") if name in said}
        cited = Citation(said["document"] or self.event.citation.document, said["clause"])
        return attrs.evolve(_mended(self.event, said), **days, citation=cited)

    def drafts(self) -> list[events.Event]:
        """The correction."""
        replacement = self._replacement()
        assert self.standing.entry is not None
        corrected = events.Corrected(
            effective_on=replacement.effective_on,
            citation=replacement.citation,
            target=self.standing.entry[0],
            replacement=replacement,
            reason=self.cleaned_data["reason"],
        )
        return [corrected]


Mendable = dict[str, tuple[forms.Field, Any]]


def _mendable(event: events.Event, door: Door) -> Mendable:
    """The values of an event that can be mended, as fields with what they say now."""
    match event:
        case events.UnitOpened():
            return {
                "title": (CleanField(label=_("Name")), event.title),
                "code": (CleanField(label=_("Code"), required=False, max_length=20), event.code),
            }
        case events.FactChanged():
            label = words.fact_name(event.fact)
            return {"value": (CleanField(label=label, required=False), event.value)}
        case events.UnitMoved():
            above = UnitField(register=door.standing.register, on=door.standing.on, label=_("New unit above"))
            return {"parent": (above, event.parent)}
        case events.MeasureRecorded():
            return {
                f"measure:{name}": (
                    NumberField(whole=name in kinds.COUNTS, label=words.fact_name(f"measure:{name}")),
                    value,
                )
                for name, value in event.measures.items()
            }
        case events.HeadcountRecorded():
            return {
                "assigned": (NumberField(label=_("Assigned")), event.assigned),
                "present": (NumberField(label=_("Present"), required=False), event.present),
            }
        case events.HoldingEnded():
            return {"ended": (CleanField(label=_("Reason"), required=False), event.reason)}
        case events.Reorganised():
            return {
                f"title:{out.unit}": (CleanField(label=_("Name of the unit that comes out")), out.title)
                for out in event.outputs
                if out.title
            }
    return {}


def _mended(event: events.Event, said: Mapping[str, Any]) -> events.Event:
    """The event with the values written."""
    match event:
        case events.UnitOpened():
            return attrs.evolve(event, title=said["title"], code=said["code"])
        case events.FactChanged():
            return attrs.evolve(event, value=said["value"])
        case events.UnitMoved():
            return attrs.evolve(event, parent=said["parent"])
        case events.MeasureRecorded():
            return attrs.evolve(event, measures={name: said[f"measure:{name}"] for name in event.measures})
        case events.HeadcountRecorded():
            return attrs.evolve(event, assigned=said["assigned"], present=said["present"])
        case events.HoldingEnded():
            return attrs.evolve(event, reason=said["ended"])
        case events.Reorganised():
            titles = {out.unit: said.get(f"title:{out.unit}", out.title) for out in event.outputs}
            outputs = tuple(attrs.evolve(out, title=titles[out.unit]) for out in event.outputs)
            return attrs.evolve(event, outputs=outputs)
    return event


class Annul(Door):
    """Entries that never held: one, all recorded with it at one time, or all that cite its document."""

    what = "huy"
    WIDEST: ClassVar[int] = 20_000
    reason = CleanField(label=_("Why it never held"))

    def made(self) -> None:
        """How far it goes, where more than the one entry hang together."""
        del self.fields["effective_on"]
        row = self._row
        wider = {
            TOGETHER: _("all recorded with it at one time"),
            DOCUMENT: _("all that cite its document"),
        }
        counts = {which: len(self._targets(row, which)) for which in wider}
        choices = [(which, f"{wider[which]} ({count})") for which, count in counts.items() if count > 1]
        self.fields["which"] = forms.ChoiceField(
            label=_("What is annulled"),
            choices=[(ONE, _("this entry alone")), *choices],
            initial=ONE,
            widget=forms.RadioSelect if choices else forms.HiddenInput,
        )
        self.order_fields(["which", "reason"])

    @property
    def _row(self) -> JournalEntry:
        assert self.standing.entry is not None
        return JournalEntry.objects.get(seq=self.standing.entry[0])

    def _targets(self, row: JournalEntry, which: str) -> list[int]:
        """The entries, as far as they still hold; an annulment of an annulment stays alone."""
        rows = JournalEntry.objects.filter(seq=row.seq)
        if which == TOGETHER:
            rows = JournalEntry.objects.filter(recorded_at=row.recorded_at, by=row.by)
        elif which == DOCUMENT and row.document_id:
            rows = JournalEntry.objects.filter(document_id=row.document_id)
        found = list(rows.order_by("seq").values_list("seq", flat=True)[: self.WIDEST])
        holding = self.standing.register.event_by_seq
        return [seq for seq in found if seq == row.seq or seq in holding]

    def drafts(self) -> list[events.Event]:
        """One annulment of all of them."""
        said, row = self.cleaned_data, self._row
        annulled = events.Annulled(
            effective_on=self.standing.on,
            citation=Citation(said.get("document") or "", said.get("clause") or ""),
            targets=tuple(self._targets(row, said["which"])),
            reason=said["reason"],
        )
        return [annulled]


class Duplicate(Door):
    """Two records are one unit: one is kept, what hangs on the other is hung on it."""

    what = "gop-ban-trung"
    KEEP_THIS, KEEP_OTHER = "nay", "kia"
    keep = forms.ChoiceField(
        label=_("Which record is kept"),
        choices=[(KEEP_THIS, _("this record")), (KEEP_OTHER, _("the other record"))],
        widget=forms.RadioSelect,
        initial=KEEP_THIS,
    )

    def made(self) -> None:
        """The other record."""
        del self.fields["effective_on"]
        self.fields["other"] = UnitField(
            register=self.standing.register, on=self.standing.on, label=_("The other record of this unit")
        )
        self.order_fields(["other", "keep"])

    def drafts(self) -> list[events.Event]:
        """The joining of both."""
        said, this = self.cleaned_data, self.standing.unit.id
        keep, drop = (this, said["other"]) if said["keep"] == self.KEEP_THIS else (said["other"], this)
        joined = events.Deduplicated(
            effective_on=self.standing.on,
            citation=Citation(said.get("document") or "", said.get("clause") or ""),
            keep=keep,
            duplicates=(drop,),
        )
        return [joined]
