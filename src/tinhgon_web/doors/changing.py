"""Changes: the world moved. Each form is one event about the unit it is opened from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tinhgon import text
from tinhgon.registry import events, kinds
from tinhgon.registry.state import KIND, Post
from tinhgon_web.apparatus import words
from tinhgon_web.apparatus.models import Person
from tinhgon_web.doors.door import Door
from tinhgon_web.doors.fields import CleanField, NumberField, UnitField

_TERRITORY_FACTS = ("code", "class", "mountain", "border", "island", "special", "exception", "region", "word")
_BODY_FACTS = ("code", "sector", "autonomy", "function", "commune")
_FLAGS = frozenset({"mountain", "border", "island", "special"})
_YES, _NO = frozenset({"yes", "co", "x", "1"}), frozenset({"no", "khong", "0", ""})
_MOST_POSTS = 20


def kind_choices(family: str) -> list[tuple[str, str]]:
    """The kinds of a family, by name."""
    found = [
        (kind.code, words.kind_name(kind.code)) for kind in kinds.KINDS.values() if kind.family == family
    ]
    return sorted(found, key=lambda pair: text.sort_key(pair[1]))


class Rename(Door):
    """Another name from a day: an act, with the day it was signed."""

    what, must_cite, is_act = "doi-ten", True, True
    title = CleanField(label=_("New name"))

    def made(self) -> None:
        """Signed it must be."""
        self.fields["signed_on"].required = True

    def drafts(self) -> list[events.Event]:
        """A renaming."""
        unit = self.standing.unit.id
        out = events.Output(unit, title=self.cleaned_data["title"])
        return [events.Reorganised(act="rename", inputs=(unit,), outputs=(out,), **self.common())]


class Convert(Door):
    """Another kind from a day, with or without another name."""

    what, must_cite, is_act = "doi-loai", True, True
    kind = forms.ChoiceField(label=_("New kind"))
    title = CleanField(label=_("New name, if it changes"), required=False)

    def made(self) -> None:
        """Only kinds of the same family."""
        self.fields["signed_on"].required = True
        family = kinds.FAMILY[self.standing.unit.facts[KIND].last]
        self.fields["kind"] = forms.ChoiceField(label=_("New kind"), choices=kind_choices(family))

    def drafts(self) -> list[events.Event]:
        """A conversion."""
        unit, said = self.standing.unit.id, self.cleaned_data
        out = events.Output(unit, kind=said["kind"], title=said["title"])
        return [events.Reorganised(act="convert", inputs=(unit,), outputs=(out,), **self.common())]


class ChangeFact(Door):
    """A code or another fact takes a new value, or ends."""

    what = "thuoc-tinh"
    fact = forms.ChoiceField(label=_("Fact"))
    value = CleanField(
        label=_("New value"),
        required=False,
        help_text=_("Left empty, the fact ends. Where it is yes or no, write yes or no."),
    )

    def made(self) -> None:
        """The facts this kind of unit has."""
        is_place = self.standing.unit.facts[KIND].last in kinds.TERRITORIES
        facts = _TERRITORY_FACTS if is_place else _BODY_FACTS
        choices = [(fact, words.fact_name(fact)) for fact in facts]
        self.fields["fact"] = forms.ChoiceField(label=_("Fact"), choices=choices)

    def drafts(self) -> list[events.Event]:
        """The new value."""
        fact, value = self.cleaned_data["fact"], self.cleaned_data["value"]
        if fact in _FLAGS:
            value = "yes" if text.fold(value) in _YES else ""
        return [events.FactChanged(unit=self.standing.unit.id, fact=fact, value=value, **self.common())]

    def clean(self) -> dict[str, Any]:
        """Yes or no, where only that can be."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("fact") in _FLAGS and text.fold(said.get("value", "")) not in _YES | _NO:
            self.add_error("value", _("Write yes or no."))
        return said


class Move(Door):
    """Another unit above it."""

    what = "cap-tren"
    hierarchy = forms.ChoiceField(
        label=_("In which hierarchy"),
        choices=[(kinds.ADMINISTRATIVE, _("Administration")), (kinds.PARTY, _("Party"))],
    )

    def made(self) -> None:
        """Any unit may be written; the engine refuses what cannot be."""
        self.fields["parent"] = UnitField(
            register=self.standing.register, on=self.standing.on, label=_("New unit above")
        )

    def drafts(self) -> list[events.Event]:
        """A move."""
        said = self.cleaned_data
        moved = events.UnitMoved(
            unit=self.standing.unit.id, parent=said["parent"], hierarchy=said["hierarchy"], **self.common()
        )
        return [moved]


class Measure(Door):
    """Households, people or area as counted on a day."""

    what = "so-lieu"

    def made(self) -> None:
        """One field for each measure."""
        for measure in kinds.MEASURES:
            label = words.fact_name(f"measure:{measure}")
            whole = measure in kinds.COUNTS
            self.fields[measure] = NumberField(whole=whole, required=False, label=label)
        self.fields["effective_on"].label = _("Counted on")

    def clean(self) -> dict[str, Any]:
        """At least one."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and all(said.get(measure) is None for measure in kinds.MEASURES):
            self.add_error("households", _("Write at least one number."))
        return said

    def drafts(self) -> list[events.Event]:
        """What was counted."""
        said = {name: self.cleaned_data[name] for name in kinds.MEASURES}
        measures = {name: value for name, value in said.items() if value is not None}
        return [events.MeasureRecorded(unit=self.standing.unit.id, measures=measures, **self.common())]


class Headcount(Door):
    """Posts assigned and people present, of one category."""

    what = "bien-che"
    category = forms.ChoiceField(label=_("Category"))
    assigned = NumberField(label=_("Assigned"))
    present = NumberField(label=_("Present"), required=False)

    def made(self) -> None:
        """The categories by name."""
        choices = [(code, vi_en[0]) for code, vi_en in kinds.HEADCOUNTS.items()]
        self.fields["category"] = forms.ChoiceField(label=_("Category"), choices=choices)

    def drafts(self) -> list[events.Event]:
        """The headcount."""
        names = ("category", "assigned", "present")
        said = {name: self.cleaned_data[name] for name in names}
        return [events.HeadcountRecorded(unit=self.standing.unit.id, **said, **self.common())]


class OpenPosts(Door):
    """New posts of one title."""

    what = "mo-chuc-danh"
    role = forms.ChoiceField(label=_("Role"))
    title = CleanField(label=_("Title of the posts"))
    number = NumberField(label=_("How many"), initial=1)

    def made(self) -> None:
        """The roles by name."""
        choices = [(role, words.role_name(role)) for role in kinds.ROLES]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)

    def clean_number(self) -> int:
        """From one to a few."""
        number: int = self.cleaned_data["number"]
        if not 1 <= number <= _MOST_POSTS:
            raise ValidationError(_("From 1 to %(most)s.") % {"most": _MOST_POSTS})
        return number

    def drafts(self) -> list[events.Event]:
        """The posts, each with an id of its own."""
        said, standing = self.cleaned_data, self.standing
        posts = tuple(
            events.NewPost(standing.new_id("post", index), said["role"], said["title"])
            for index in range(1, said["number"] + 1)
        )
        return [events.PostsOpened(unit=standing.unit.id, posts=posts, **self.common())]


class ClosePosts(Door):
    """Posts that are no more; whoever holds one leaves it."""

    what = "cham-dut-chuc-danh"

    def made(self) -> None:
        """The posts that are open."""
        self.fields["posts"] = forms.MultipleChoiceField(
            label=_("Posts"), choices=post_choices(self), widget=forms.CheckboxSelectMultiple
        )

    def drafts(self) -> list[events.Event]:
        """One decision."""
        return [events.PostsClosed(posts=tuple(self.cleaned_data["posts"]), **self.common())]


class StartHolding(Door):
    """Somebody takes up a vacant post. The journal gets an opaque id; the name stays in the list of people."""

    what = "nhan-chuc-danh"
    asking = _("There is somebody of this name already: say whether it is them.")
    name = CleanField(label=_("Who takes it up"), help_text=_("Full name"))
    NEW: ClassVar[str] = "new"

    def made(self) -> None:
        """The vacant posts, and the people of the name written, when there are some."""
        vacant = [(id_, title) for id_, title in post_choices(self, vacant=True)]
        self.fields["post"] = forms.ChoiceField(label=_("Post"), choices=vacant)
        known = self._known() if self.is_bound else []
        if known:
            choices = [(person.pk, self._told(person)) for person in known]
            self.fields["person"] = forms.ChoiceField(
                label=_("Which person of this name"),
                choices=[*choices, (self.NEW, _("Somebody not listed yet"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def _known(self) -> list[Person]:
        name = text.clean(str(self.data.get("name", "")))
        return list(Person.objects.filter(name__iexact=name).order_by("id")[:20]) if name else []

    def _told(self, person: Person) -> str:
        """A name with the posts held: two people may have one name."""
        held = self.standing.register.holdings_of.get(person.pk, [])
        posts = [holding.post for holding in held if holding.closed_on is None]
        titles = "; ".join(_post_title(self, self.standing.register.posts[post]) for post in posts)
        return f"{person.name} ({titles or _('holds no post')})"

    @property
    def needs_more(self) -> bool:
        """Which of several people it is."""
        return "person" in self.fields and not self.cleaned_data.get("person")

    @property
    def _person(self) -> str:
        chosen = self.cleaned_data.get("person") or self.NEW
        return self.standing.new_id("person") if chosen == self.NEW else str(chosen)

    def people(self) -> dict[str, str]:
        """The person, when nobody listed was chosen."""
        new = self.standing.new_id("person")
        return {new: self.cleaned_data["name"]} if self._person == new else {}

    def drafts(self) -> list[events.Event]:
        """The holding, by opaque ids."""
        started = events.HoldingStarted(
            holding=self.standing.new_id("holding"),
            person=self._person,
            post=self.cleaned_data["post"],
            **self.common(),
        )
        return [started]


class EndHolding(Door):
    """Somebody leaves a post."""

    what = "thoi-chuc-danh"
    reason = CleanField(label=_("Reason"), required=False, help_text=_("As in: retired, moved, resigned"))

    def made(self) -> None:
        """The posts that somebody holds."""
        held = [(id_, title) for id_, title in post_choices(self, vacant=False)]
        self.fields["post"] = forms.ChoiceField(label=_("Post and holder"), choices=held)

    def drafts(self) -> list[events.Event]:
        """The end of the holding of that post."""
        post = self.standing.register.posts[self.cleaned_data["post"]]
        [holding] = [one.id for one in post.holdings if one.closed_on is None]
        return [events.HoldingEnded(holding=holding, reason=self.cleaned_data["reason"], **self.common())]


class OpenUnit(Door):
    """A new unit under this one."""

    what = "mo-don-vi"
    kind = forms.ChoiceField(label=_("Kind"))
    title = CleanField(label=_("Name"))
    code = CleanField(label=_("Code"), required=False, max_length=20)

    def made(self) -> None:
        """Every kind; the engine refuses what cannot stand here."""
        choices = [
            (name, kind_choices(family))
            for family, names in kinds.FAMILIES.items()
            for name in [str(names[0])]
        ]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=choices)

    def drafts(self) -> list[events.Event]:
        """The unit, with an id that says nothing."""
        standing, said = self.standing, self.cleaned_data
        opened = events.UnitOpened(
            unit=standing.new_id("unit"),
            kind=said["kind"],
            title=said["title"],
            code=said["code"],
            parents={kinds.ADMINISTRATIVE: standing.unit.id},
            **self.common(),
        )
        return [opened]


def open_posts(door: Door) -> list[Post]:
    """The posts that stand in the unit and nothing has closed yet."""
    register, unit = door.standing.register, door.standing.unit.id
    found = (register.posts[id_] for id_ in register.posts_ever.get(unit, ()))
    return [post for post in found if post.closed_on is None and post.unit.last == unit]


def post_choices(door: Door, vacant: bool | None = None) -> list[tuple[str, str]]:
    """The posts of the unit with their holders; only vacant ones, or only held ones."""
    posts = [
        post
        for post in open_posts(door)
        if vacant is None or vacant != any(one.closed_on is None for one in post.holdings)
    ]
    people = {one.person for post in posts for one in post.holdings if one.closed_on is None}
    names = dict(Person.objects.filter(id__in=people).values_list("id", "name")) if people else {}
    return [(post.id, _held_title(post, names)) for post in posts]


def _held_title(post: Post, names: Mapping[str, str]) -> str:
    holders = [names.get(one.person, one.person) for one in post.holdings if one.closed_on is None]
    return f"{post.title} – {holders[0]}" if holders else post.title


def _post_title(door: Door, post: Post) -> str:
    unit = door.standing.register.units[post.unit.last]
    return f"{post.title}, {unit.name(door.standing.on)}"


FACTUAL: tuple[type[Door], ...] = (Rename, Convert, ChangeFact, Move, Measure, Headcount, OpenUnit)
STAFFING: tuple[type[Door], ...] = (OpenPosts, ClosePosts, StartHolding, EndHolding)
CHANGES: Mapping[str, type[Door]] = {door.what: door for door in (*FACTUAL, *STAFFING)}
