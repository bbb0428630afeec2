"""Reorganisations: an act with a document turns units into others, and places what hangs on those that close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon import text
from tinhgon.registry import events, kinds
from tinhgon.registry.state import KIND, Post, Unit
from tinhgon_web.apparatus.models import Person
from tinhgon_web.doors.changing import kind_choices
from tinhgon_web.doors.door import Door
from tinhgon_web.doors.fields import CleanField, NumberField, UnitField

_CLOSE = ""
_PARTS = 4
_WHOLE = 100


class Act(Door):
    """What all acts share: the units that go in, and the places for what hangs on those that close."""

    must_cite, is_act = True, True
    act = ""
    asks_others = True

    def made(self) -> None:
        """The units beside it, and where the posts of those that close go."""
        self.fields["signed_on"].required = True
        if self.asks_others:
            self.fields["others"] = forms.MultipleChoiceField(
                label=_("With which units"),
                choices=[(unit.id, unit.name(self.standing.on)) for unit in self._beside()],
                widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
                required=False,
            )
            self.fields["another"] = UnitField(
                register=self.standing.register,
                on=self.standing.on,
                label=_("And one from elsewhere"),
                required=False,
            )
        self.further()
        if self.is_bound and self.data.get("placing"):
            self._ask_places()

    def further(self) -> None:
        """Fields of one kind of act."""

    def _beside(self) -> list[Unit]:
        """Open units of the same family under the same unit."""
        register, unit = self.standing.register, self.standing.unit
        family = kinds.FAMILY[unit.facts[KIND].last]
        parent = unit.facts["parent"].last if "parent" in unit.facts else None
        under = (
            register.units[id_]
            for id_ in register.children_ever.get((kinds.ADMINISTRATIVE, parent or ""), ())
        )
        found = [
            one
            for one in under
            if one.closed_on is None
            and one is not unit
            and one.facts["parent"].last == parent
            and kinds.FAMILY[one.facts[KIND].last] == family
        ]
        return sorted(found, key=lambda one: text.sort_key(one.name(self.standing.on)))

    def inputs(self) -> list[str]:
        """The units that go in, this one first."""
        said = getattr(self, "cleaned_data", {})
        chosen = [*said.get("others", ()), *filter(None, [said.get("another")])]
        return list(dict.fromkeys([self.standing.unit.id, *chosen]))

    def closing(self) -> list[str]:
        """The inputs that close."""
        return []

    def targets(self) -> list[tuple[str, str]]:
        """(id, name) of the units that posts may go to."""
        return []

    def clean(self) -> dict[str, Any]:
        """With another unit, where the act needs one."""
        said: dict[str, Any] = super().clean() or {}
        if self.asks_others and not self.errors and len(self.inputs()) < 2:
            self.add_error("others", _("Choose at least one other unit."))
        return said

    @property
    def needs_more(self) -> bool:
        """Where the posts of closing units go, when they have some and were not asked about."""
        if self.data.get("placing") or not self._loose_posts():
            return False
        self._ask_places()
        return True

    def _loose_posts(self) -> list[Post]:
        register, closing = self.standing.register, self.closing()
        posts = (register.posts[id_] for unit in closing for id_ in register.posts_ever.get(unit, ()))
        return [post for post in posts if post.closed_on is None and post.unit.last in closing]

    def _ask_places(self) -> None:
        """A choice for each post: closed, or moved with its holder."""
        asked = self._asked()
        people = {one.person for post in asked for one in post.holdings if one.closed_on is None}
        names = dict(Person.objects.filter(id__in=people).values_list("id", "name"))
        targets = self._asked_targets()
        for post in asked:
            holder = next((one.person for one in post.holdings if one.closed_on is None), "")
            unit = self.standing.register.units[post.unit.last].name(self.standing.on)
            held = f" – {names.get(holder, holder)}" if holder else ""
            self.fields[f"post:{post.id}"] = forms.ChoiceField(
                label=f"{post.title}, {unit}{held}",
                choices=[
                    (_CLOSE, _("closes; its holder leaves it")),
                    *((id_, _("moves to %(unit)s") % {"unit": name}) for id_, name in targets),
                ],
                required=False,
            )

    def _asked(self) -> list[Post]:
        """The posts asked about: of the filled form, or as named by what was sent."""
        if hasattr(self, "cleaned_data"):
            return self._loose_posts()
        named = (name[5:] for name in self.data if name.startswith("post:"))
        return [self.standing.register.posts[id_] for id_ in named if id_ in self.standing.register.posts]

    def _asked_targets(self) -> list[tuple[str, str]]:
        if hasattr(self, "cleaned_data"):
            return self.targets()
        wanted = {value for name, value in self.data.items() if name.startswith("post:") and value}
        return [(id_, id_) for id_ in sorted(map(str, wanted))]

    def posts_moved(self) -> dict[str, str]:
        """Post -> unit, of the posts that do not close."""
        said = {name[5:]: value for name, value in self.cleaned_data.items() if name.startswith("post:")}
        return {post: unit for post, unit in said.items() if unit}

    def reorganised(self, outputs: Iterable[events.Output], **more: Any) -> list[events.Event]:
        """The act."""
        made = events.Reorganised(
            act=self.act,
            inputs=tuple(self.inputs()),
            outputs=tuple(outputs),
            posts_moved=self.posts_moved(),
            **more,
            **self.common(),
        )
        return [made]

    def name_of(self, id_: str) -> str:
        """A unit's name on the day shown."""
        return self.standing.register.units[id_].name(self.standing.on)


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
        for child in self._children():
            self.fields[f"child:{child.id}"] = forms.ChoiceField(
                label=child.name(self.standing.on),
                choices=[
                    ("", "–"),
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
        return self.reorganised(outputs, flows=tuple(flows), children=children)


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
        return self.reorganised([], children={child.id: heir for child in children_of(self)} if heir else {})


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


def children_of(door: Door) -> list[Unit]:
    """The units that stand under the unit now."""
    register, unit = door.standing.register, door.standing.unit.id
    found = (register.units[id_] for id_ in register.children_ever.get((kinds.ADMINISTRATIVE, unit), ()))
    under = [one for one in found if one.closed_on is None and one.facts["parent"].last == unit]
    return sorted(under, key=lambda one: text.sort_key(one.name(door.standing.on)))


def parents_of(unit: Unit) -> dict[str, str]:
    """Hierarchy -> the unit above."""
    facts = {kinds.ADMINISTRATIVE: "parent", kinds.PARTY: "parent:party"}
    above = {hierarchy: unit.facts[fact].last for hierarchy, fact in facts.items() if fact in unit.facts}
    return {hierarchy: parent for hierarchy, parent in above.items() if parent}


ACTS: Mapping[str, type[Act]] = {act.what: act for act in (Merge, Absorb, Split, Transfer, Dissolve)}
