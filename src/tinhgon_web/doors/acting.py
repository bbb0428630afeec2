"""What all acts share: the units that go in, and the places for what hangs on those that close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon import text
from tinhgon.registry import events, kinds
from tinhgon.registry.state import KIND, Post, Unit
from tinhgon_web.apparatus.models import Person
from tinhgon_web.doors.door import Door
from tinhgon_web.doors.fields import UnitField

_CLOSE = ""


class Act(Door):
    """What all acts share: the units that go in, and the places for what hangs on those that close."""

    must_cite, is_act = True, True
    asking = _("Say of each post of a unit that closes where it goes, with whoever holds it.")
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
        self.in_order()

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


def children_of(door: Door) -> list[Unit]:
    """The units that stand under the unit now."""
    register, unit = door.standing.register, door.standing.unit.id
    found = (register.units[id_] for id_ in register.children_ever.get((kinds.ADMINISTRATIVE, unit), ()))
    under = [one for one in found if one.closed_on is None and one.facts["parent"].last == unit]
    return sorted(under, key=lambda one: text.sort_key(one.name(door.standing.on)))


def headcounts_of(door: Door) -> dict[str, int]:
    """Category -> posts assigned to the unit now, where there are some."""
    last = {category: line.last for category, line in door.standing.unit.headcounts.items()}
    return {category: counted[0] for category, counted in last.items() if counted and counted[0]}


def parents_of(unit: Unit) -> dict[str, str]:
    """Hierarchy -> the unit above."""
    facts = {kinds.ADMINISTRATIVE: "parent", kinds.PARTY: "parent:party"}
    above = {hierarchy: unit.facts[fact].last for hierarchy, fact in facts.items() if fact in unit.facts}
    return {hierarchy: parent for hierarchy, parent in above.items() if parent}
