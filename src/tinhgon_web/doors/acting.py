"""What all acts share: the units that go in, and the places for what hangs on those that close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tinhgon import text
from tinhgon.registry import events, kinds
from tinhgon.registry.state import KIND, Post, Unit
from tinhgon_web.apparatus import words
from tinhgon_web.apparatus.selectors.history import people_named
from tinhgon_web.doors.door import Door
from tinhgon_web.doors.fields import CleanField, UnitField

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

    def full_clean(self) -> None:
        """What was asked because of the first answers is read after them, and kept when those have faults."""
        super().full_clean()
        if not self.is_bound or not self.data.get("placing"):
            return
        for name in self._ask_places():
            try:
                self.cleaned_data[name] = self.fields[name].clean(self[name].data)
            except ValidationError as fault:
                self.add_error(name, fault)

    def _loose_posts(self) -> list[Post]:
        register, closing = self.standing.register, self.closing()
        posts = (register.posts[id_] for unit in closing for id_ in register.posts_ever.get(unit, ()))
        return [post for post in posts if post.closed_on is None and post.unit.last in closing]

    def _ask_places(self) -> list[str]:
        """A choice for each post (closed, or moved with its holder) and one new post; the names of the fields."""
        before, posts = set(self.fields), self._loose_posts()
        held = {post.id: one for post in posts for one in post.holdings if one.closed_on is None}
        names = people_named(one.person for one in held.values())
        told = {post: f"{names.get(one.person, one.person)}" for post, one in held.items()}
        targets = self.targets()
        moves = [(id_, _("moves to %(unit)s") % {"unit": name}) for id_, name in targets]
        for post in posts:
            unit = self.name_of(post.unit.last)
            holder = f" – {told[post.id]}" if post.id in told else ""
            self.fields[f"post:{post.id}"] = forms.ChoiceField(
                label=f"{post.title}, {unit}{holder}",
                choices=[(_CLOSE, _("closes; its holder leaves it")), *moves],
                required=False,
            )
        if targets and posts:
            self._ask_new_post(
                [(held[post.id].id, f"{told[post.id]}, {post.title}") for post in posts if post.id in held]
            )
        self.in_order()
        return [name for name in self.fields if name not in before]

    def _ask_new_post(self, leaving: list[tuple[str, str]]) -> None:
        """One post that opens with the act, and which of those who leave theirs takes it up."""
        roles = [(role, words.role_name(role)) for role in kinds.ROLES]
        self.fields["new_title"] = CleanField(label=_("New post that opens with the act"), required=False)
        self.fields["new_role"] = forms.ChoiceField(label=_("Its role"), choices=roles, required=False)
        self.fields["new_holder"] = forms.ChoiceField(
            label=_("Who takes it up"), choices=[("", _("nobody yet")), *leaving], required=False
        )

    def placed(self) -> dict[str, Any]:
        """The posts that move, the post that opens, and who takes it up."""
        said = self.cleaned_data
        found: dict[str, Any] = {"posts_moved": self.posts_moved()}
        if said.get("new_title"):
            post = self.standing.new_id("post")
            [target, *_others] = self.targets()
            found["new_posts"] = (events.NewPost(post, said["new_role"], said["new_title"], target[0]),)
            if said.get("new_holder"):
                new = self.standing.new_id("holding")
                found["holders"] = (events.Placement(said["new_holder"], post, new),)
        return found

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
            **self.placed(),
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
