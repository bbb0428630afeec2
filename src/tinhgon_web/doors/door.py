"""What all doors share: the form of one event, with the days it holds from and the clause it cites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import attrs
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.citations import Citation
from tinhgon.registry import events
from tinhgon.registry.state import Register, Unit
from tinhgon_web.doors.fields import CleanField, DayField, DocumentField


@attrs.frozen(slots=True)
class Standing:
    """Where a form is opened: the register as it is, the day shown, the unit, and the form's own key."""

    register: Register
    on: dt.date
    place: Unit | None
    once: str
    entry: tuple[int, events.Event] | None = None

    @property
    def unit(self) -> Unit:
        """The unit the form is about.

        Raises:
            LookupError: the entry speaks of no unit.
        """
        if self.place is None:
            raise LookupError("this form is about no unit")
        return self.place

    def new_id(self, kind: str, number: int = 0) -> str:
        """An opaque id for something new; the same whenever the same form is read."""
        return f"{kind}-{self.once[:16]}{f'-{number}' if number else ''}"


class Door(forms.Form):
    """A form that becomes events. `must_cite`: without a document it is refused."""

    what: ClassVar[str] = ""
    must_cite: ClassVar[bool] = False
    is_act: ClassVar[bool] = False
    asking: ClassVar[str | Promise] = ""
    """What the form says when it `needs_more`."""
    basis: ClassVar[tuple[str, ...]] = ("effective_on", "signed_on", "operating_on", "document", "clause")

    effective_on = DayField(label=_("Holds from"), help_text=_("Day, month, year: 09/10/2019"))
    signed_on = DayField(label=_("Signed on"), required=False)
    operating_on = DayField(label=_("Operating from"), required=False)
    document = DocumentField(
        label=_("Document"),
        required=False,
        help_text=_(
            "Its number, or some words of it. Left empty, the entry is listed as lacking a document."
        ),
    )
    clause = CleanField(label=_("Clause"), required=False, help_text=_("As in: Article 1, point 2"))

    def __init__(self, standing: Standing, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        self.standing = standing
        more["initial"] = {"effective_on": standing.on, **more.get("initial", {})}
        super().__init__(data, label_suffix="", **more)
        if not self.is_act:
            del self.fields["signed_on"], self.fields["operating_on"]
        if self.must_cite:
            self.fields["document"].required = True
            self.fields["document"].help_text = _("Its number, or some words of it.")
        self.made()
        self.in_order()

    def in_order(self) -> None:
        """What happened first, then its days and its clause."""
        self.order_fields([name for name in self.fields if name not in self.basis])

    def made(self) -> None:
        """Add the fields that depend on the unit; for those that have some."""

    def drafts(self) -> list[events.Event]:
        """The events the filled form says."""
        raise NotImplementedError

    def people(self) -> dict[str, str]:
        """Opaque id -> name of people the form tells of for the first time."""
        return {}

    @property
    def needs_more(self) -> bool:
        """Whether what was filled in asks for further fields, which stand in the form now."""
        return False

    def common(self) -> dict[str, Any]:
        """The fields every event has."""
        said = self.cleaned_data
        found = {
            "effective_on": said["effective_on"],
            "citation": Citation(said.get("document") or "", said.get("clause") or ""),
        }
        if self.is_act:
            found |= {"signed_on": said.get("signed_on"), "operating_on": said.get("operating_on")}
        return found
