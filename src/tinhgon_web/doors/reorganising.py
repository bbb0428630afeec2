"""Reorganisations: an act with a document turns units into others, and places what hangs on those that close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.registry import events, kinds
from tinhgon.registry.state import KIND, Unit
from tinhgon_web.apparatus import words
from tinhgon_web.doors.acting import Act, children_of, headcounts_of, parents_of
from tinhgon_web.doors.changing import kind_choices
from tinhgon_web.doors.fields import CleanField, NumberField, UnitField

_PARTS = 4
_WHOLE = 100


class Absorb(Act):
    """Others join this unit, which goes on."""

    what, act = "nhap-vao", "absorb"

    def further(self) -> None:
        """It may be renamed with it."""
        self.fields["title"] = CleanField(label=_("New name, if it changes"), required=False)

    def closing(self) -> list[str]:
        """All but this unit."""
        return self.inputs()[1:]

    def targets(self) -> list[tuple[str, str]]:
        """This unit."""
        return [(self.standing.unit.id, self.name_of(self.standing.unit.id))]

    def drafts(self) -> list[events.Event]:
        """An absorption."""
        return self.reorganised([events.Output(self.standing.unit.id, title=self.cleaned_data["title"])])


class Merge(Act):
    """This unit and others become a new one."""

    what, act = "sap-nhap", "merge"

    def further(self) -> None:
        """The new unit."""
        unit = self.standing.unit
        kind = unit.facts[KIND].last
        self.fields["title"] = CleanField(label=_("Name of the new unit"))
        self.fields["kind"] = forms.ChoiceField(
            label=_("Its kind"), choices=kind_choices(kinds.FAMILY[kind]), initial=kind
        )
        self.fields["code"] = CleanField(label=_("Its code"), required=False, max_length=20)

    def closing(self) -> list[str]:
        """All that go in."""
        return self.inputs()

    def targets(self) -> list[tuple[str, str]]:
        """The new unit."""
        return [(self.standing.new_id("unit"), self.cleaned_data.get("title", ""))]

    def drafts(self) -> list[events.Event]:
        """A merger, under the units this one stands under."""
        said = self.cleaned_data
        out = events.Output(
            self.standing.new_id("unit"),
            said["kind"],
            said["title"],
            said["code"],
            parents_of(self.standing.unit),
        )
        return self.reorganised([out])


class Split(Act):
    """This unit is divided into several, of which it may be one."""

    what, act, asks_others = "chia-tach", "split", False

    def further(self) -> None:
        """The parts with their shares, and who gets the units under it."""
        self.fields["stays"] = forms.BooleanField(
            label=_("This unit goes on as one of the parts"), required=False
        )
        self.fields["share"] = NumberField(
            whole=False, required=False, label=_("Its part of the people, in per cent")
        )
        for part in range(1, _PARTS + 1):
            number = {"n": part}
            self.fields[f"title_{part}"] = CleanField(
                label=_("Name of new unit %(n)s") % number, required=part == 1
            )
            self.fields[f"share_{part}"] = NumberField(
                whole=False, required=part == 1, label=_("Share of new unit %(n)s, in per cent") % number
            )
        for category in headcounts_of(self):
            for part in range(1, _PARTS + 1):
                told = {"n": part, "category": words.fact_name(f"headcount:{category}")}
                label = _("%(category)s in new unit %(n)s") % told
                self.fields[f"headcount:{category}:{part}"] = NumberField(required=False, label=label)
        for child in self._children():
            self.fields[f"child:{child.id}"] = forms.ChoiceField(
                label=child.name(self.standing.on),
                choices=[
                    ("", _("not moved")),
                    *((str(part), _("to new unit %(n)s") % {"n": part}) for part in range(1, _PARTS + 1)),
                ],
                required=False,
            )

    def _children(self) -> list[Unit]:
        return children_of(self)

    def clean(self) -> dict[str, Any]:
        """The shares come to a whole."""
        said: dict[str, Any] = super().clean() or {}
        shares = [
            said.get("share") if said.get("stays") else None,
            *(said.get(f"share_{n}") for n in self._numbers()),
        ]
        total = sum(share for share in shares if share)
        if not self.errors and abs(total - _WHOLE) > 1e-6:
            self.add_error("share_1", _("The shares come to %(total)s, not 100.") % {"total": f"{total:g}"})
        return said

    def _numbers(self) -> list[int]:
        said = self.cleaned_data
        return [n for n in range(1, _PARTS + 1) if said.get(f"title_{n}")]

    def closing(self) -> list[str]:
        """This unit, unless it stays."""
        return [] if self.cleaned_data.get("stays") else [self.standing.unit.id]

    def targets(self) -> list[tuple[str, str]]:
        """The new units."""
        said = self.cleaned_data
        return [(self._part(n), said[f"title_{n}"]) for n in self._numbers()]

    def _part(self, number: int) -> str:
        return self.standing.new_id("unit", number)

    def drafts(self) -> list[events.Event]:
        """A division."""
        said, unit = self.cleaned_data, self.standing.unit
        kind, parents = unit.facts[KIND].last, parents_of(unit)
        outputs = [
            events.Output(self._part(n), kind, said[f"title_{n}"], "", parents) for n in self._numbers()
        ]
        flows = [events.Flow(unit.id, self._part(n), said[f"share_{n}"] / _WHOLE) for n in self._numbers()]
        if said["stays"]:
            outputs.insert(0, events.Output(unit.id))
            flows.insert(0, events.Flow(unit.id, unit.id, said["share"] / _WHOLE))
        chosen = {name[6:]: value for name, value in said.items() if name.startswith("child:") and value}
        children = {child: self._part(int(part)) for child, part in chosen.items()}
        return self.reorganised(
            outputs, flows=tuple(flows), children=children, headcounts=tuple(self._headcounts())
        )

    def _headcounts(self) -> Iterator[events.HeadcountPlacement]:
        """What the new units get; the rest stays with this one or, when it closes, is released."""
        said = self.cleaned_data
        for category, assigned in headcounts_of(self).items():
            given = {n: said.get(f"headcount:{category}:{n}") or 0 for n in self._numbers()}
            if said["stays"] and not any(given.values()):
                continue
            for n, count in given.items():
                yield events.HeadcountPlacement(self._part(n), category, count)
            rest = assigned - sum(given.values())
            if rest > 0:
                yield events.HeadcountPlacement(
                    self.standing.unit.id if said["stays"] else "", category, rest
                )


class Dissolve(Act):
    """This unit ends; what stands under it goes elsewhere."""

    what, act, asks_others = "giai-the", "dissolve", False

    def further(self) -> None:
        """Where the units under it go."""
        if children_of(self):
            parent = self.standing.unit.facts["parent"].last if "parent" in self.standing.unit.facts else ""
            self.fields["heir"] = UnitField(
                register=self.standing.register,
                on=self.standing.on,
                label=_("The units under it go to"),
                initial=parent,
            )

    def closing(self) -> list[str]:
        """This unit."""
        return [self.standing.unit.id]

    def targets(self) -> list[tuple[str, str]]:
        """The unit above."""
        parent = self.standing.unit.facts["parent"].last if "parent" in self.standing.unit.facts else None
        return [(parent, self.name_of(parent))] if parent else []

    def drafts(self) -> list[events.Event]:
        """A dissolution."""
        heir = self.cleaned_data.get("heir")
        children = {child.id: heir for child in children_of(self)} if heir else {}
        released = (events.HeadcountPlacement("", category, n) for category, n in headcounts_of(self).items())
        return self.reorganised([], children=children, headcounts=tuple(released))


class Transfer(Act):
    """A part of this unit goes to another; both go on."""

    what, act, asks_others = "dieu-chinh", "transfer", False

    def further(self) -> None:
        """To whom, how much, and which of the units under it."""
        beside = [(unit.id, unit.name(self.standing.on)) for unit in self._beside()]
        self.fields["to"] = forms.ChoiceField(label=_("To which unit"), choices=beside)
        self.fields["share"] = NumberField(whole=False, label=_("Share of the people that goes, in per cent"))
        children = [(unit.id, unit.name(self.standing.on)) for unit in children_of(self)]
        if children:
            self.fields["children"] = forms.MultipleChoiceField(
                label=_("Units under it that go along"),
                choices=children,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Some, but not all."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not 0 < said["share"] < _WHOLE:
            self.add_error("share", _("More than 0 and less than 100: whoever goes whole is merged."))
        return said

    def inputs(self) -> list[str]:
        """Both."""
        return [self.standing.unit.id, self.cleaned_data["to"]]

    def drafts(self) -> list[events.Event]:
        """A transfer of a part."""
        said, here = self.cleaned_data, self.standing.unit.id
        share = said["share"] / _WHOLE
        flows = (
            events.Flow(here, here, 1 - share),
            events.Flow(here, said["to"], share),
            events.Flow(said["to"], said["to"]),
        )
        outputs = [events.Output(here), events.Output(said["to"])]
        return self.reorganised(
            outputs, flows=flows, children=dict.fromkeys(said.get("children", ()), said["to"])
        )


ACTS: Mapping[str, type[Act]] = {act.what: act for act in (Merge, Absorb, Split, Transfer, Dissolve)}
