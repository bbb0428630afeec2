"""What events would do, told before they are recorded: what opens, closes, moves, and what no longer fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs
from django.utils.translation import gettext as _

from tinhgon.figures import figures, findings_of
from tinhgon.registry import kinds
from tinhgon.registry.state import Holding, Register, Unit
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import words
from tinhgon_web.apparatus.models import Person
from tinhgon_web.apparatus.services.recording import Made
from tinhgon_web.core.templatetags.tinhgon import local, number, valued

_LAW = Rulebook.load()
_SHOWN = 200
_MANY = 20_000


@attrs.frozen(slots=True)
class Effect:
    """One thing that would change: which unit, what of it, from what to what."""

    unit: str
    name: str
    what: str
    old: str = ""
    new: str = ""


@attrs.frozen(slots=True)
class Effects:
    """All that would change, as a page shows it. `more` effects beyond the first are only counted."""

    closes: list[Effect]
    opens: list[Effect]
    changes: list[Effect]
    people: list[Effect]
    standards: list[Effect]
    warnings: list[Effect]
    figures: list[Effect]
    more: int

    @property
    def nothing(self) -> bool:
        """Whether nothing at all would change."""
        return not any((self.closes, self.opens, self.changes, self.people, self.standards, self.figures))


def effects(made: Made, on: dt.date) -> Effects:
    """Tell the difference between two registers on a day."""
    names = _Names(made)
    units = sorted(made.changed.units)
    closes = [*_closed_units(made, units, on), *_closed_posts(made, names, on)]
    opens = [*_opened_units(made, names, units, on), *_opened_posts(made, names, on)]
    changes = [*_changed_facts(made, names, units, on), *_moved_posts(made, names, on)]
    people = list(_people(made, names, on))
    return Effects(
        closes=closes[:_SHOWN],
        opens=opens[:_SHOWN],
        changes=changes[:_SHOWN],
        people=people[:_SHOWN],
        standards=list(_standards(made, names, units, on)),
        warnings=[*_released(made), *_warnings(made, on)],
        figures=list(_figures(made, on)),
        more=sum(max(0, len(group) - _SHOWN) for group in (closes, opens, changes, people)),
    )


class _Names:
    """Names of units, posts and people, of both registers."""

    def __init__(self, made: Made) -> None:
        self._made = made
        people = {
            holding.person
            for register in (made.before, made.after)
            for post in made.changed.seats
            if post in register.posts
            for holding in register.posts[post].holdings
        }
        self._people = dict(Person.objects.filter(id__in=people).values_list("id", "name")) if people else {}

    def unit(self, id_: str, on: dt.date) -> str:
        """A unit's name on a day."""
        unit = self._made.after.units.get(id_) or self._made.before.units.get(id_)
        return id_ if unit is None else unit.name(on)

    def person(self, id_: str) -> str:
        """A person's name, or their opaque id."""
        return self._people.get(id_, id_)


def _is_open(register: Register, id_: str, on: dt.date) -> bool:
    return id_ in register.units and register.units[id_].is_open(on)


def _closed_units(made: Made, units: Iterable[str], on: dt.date) -> Iterator[Effect]:
    for id_ in units:
        if _is_open(made.before, id_, on) and not _is_open(made.after, id_, on):
            yield Effect(id_, made.before.units[id_].name(on), _("the unit closes"))


def _opened_units(made: Made, names: _Names, units: Iterable[str], on: dt.date) -> Iterator[Effect]:
    for id_ in units:
        if _is_open(made.after, id_, on) and not _is_open(made.before, id_, on):
            kind = words.kind_name(made.after.units[id_].kind(on))
            yield Effect(id_, names.unit(id_, on), _("the unit opens"), new=kind)


def _stands(register: Register, post: str, on: dt.date) -> str:
    """The unit a post stands in on a day; empty when it is not open."""
    found = register.posts.get(post)
    return found.unit.at(on) or "" if found is not None and found.is_open(on) else ""


def _closed_posts(made: Made, names: _Names, on: dt.date) -> Iterator[Effect]:
    for id_ in sorted(made.changed.posts):
        before, after = _stands(made.before, id_, on), _stands(made.after, id_, on)
        if before and not after:
            title = made.before.posts[id_].title
            yield Effect(before, names.unit(before, on), _("post closes: %(post)s") % {"post": title})


def _opened_posts(made: Made, names: _Names, on: dt.date) -> Iterator[Effect]:
    for id_ in sorted(made.changed.posts):
        before, after = _stands(made.before, id_, on), _stands(made.after, id_, on)
        if after and not before:
            title = made.after.posts[id_].title
            yield Effect(after, names.unit(after, on), _("post opens: %(post)s") % {"post": title})


def _moved_posts(made: Made, names: _Names, on: dt.date) -> Iterator[Effect]:
    for id_ in sorted(made.changed.posts):
        before, after = _stands(made.before, id_, on), _stands(made.after, id_, on)
        if before and after and before != after:
            told = _("post moves: %(post)s") % {"post": made.after.posts[id_].title}
            yield Effect(after, names.unit(after, on), told, names.unit(before, on), names.unit(after, on))


def _changed_facts(made: Made, names: _Names, units: Iterable[str], on: dt.date) -> Iterator[Effect]:
    def said(facts: dict[str, object], fact: str) -> str:
        return (
            "–"
            if facts.get(fact) is None
            else words.fact_value(fact, facts[fact], lambda id_: names.unit(id_, on))
        )

    for id_ in units:
        if not (_is_open(made.before, id_, on) and _is_open(made.after, id_, on)):
            continue
        old, new = (_facts(register.units[id_], on) for register in (made.before, made.after))
        for fact in dict.fromkeys((*old, *new)):
            if old.get(fact) != new.get(fact):
                yield Effect(
                    id_, names.unit(id_, on), words.fact_name(fact), said(old, fact), said(new, fact)
                )


def _facts(unit: Unit, on: dt.date) -> dict[str, object]:
    """Everything a unit is and has on a day, under the names words know."""
    return {
        **{name: line.at(on) for name, line in unit.facts.items()},
        **{f"measure:{name}": line.at(on) for name, line in unit.measures.items()},
        **{f"headcount:{name}": line.at(on) for name, line in unit.headcounts.items()},
    }


def _people(made: Made, names: _Names, on: dt.date) -> Iterator[Effect]:
    for post in sorted(made.changed.seats):
        old, new = _holder(made.before, post, on), _holder(made.after, post, on)
        before, after = (one.person if one else "" for one in (old, new))
        if before == after:
            continue
        register = made.after if post in made.after.posts else made.before
        title, unit = (
            register.posts[post].title,
            _stands(register, post, on) or register.posts[post].unit[-1].value,
        )
        if before:
            left = _("%(person)s leaves: %(post)s") % {"person": names.person(before), "post": title}
            yield Effect(unit, names.unit(unit, on), left, new=_elsewhere(made.after, before, names, on))
        if after:
            taken = _("%(person)s takes up: %(post)s") % {"person": names.person(after), "post": title}
            yield Effect(unit, names.unit(unit, on), taken)


def _holder(register: Register, post: str, on: dt.date) -> Holding | None:
    return register.posts[post].holder(on) if post in register.posts else None


def _elsewhere(register: Register, person: str, names: _Names, on: dt.date) -> str:
    """What else somebody holds after it."""
    held = [one for one in register.holdings_of.get(person, []) if one.is_open(on)]
    if not held:
        return _("holds no post any more")
    posts = [register.posts[one.post] for one in held]
    told = "; ".join(f"{post.title}, {names.unit(post.unit.at(on) or '', on)}" for post in posts)
    return _("goes on as: %(posts)s") % {"posts": told}


def _standards(made: Made, names: _Names, units: Iterable[str], on: dt.date) -> Iterator[Effect]:
    """Units whose standing against the standard of the day differs."""
    for id_ in units:
        old, new = (_finding(register, id_, on) for register in (made.before, made.after))
        told = [(_band(one), one.text if one else "") for one in (old, new)]
        if told[0][0] != told[1][0] and new is not None:
            yield Effect(id_, names.unit(id_, on), told[1][1], told[0][0], told[1][0])


@attrs.frozen(slots=True)
class _Found:
    band: str | None
    text: str


def _finding(register: Register, id_: str, on: dt.date) -> _Found | None:
    unit = register.units.get(id_)
    found = None if unit is None else next(findings_of(register, _LAW, on, [unit]), None)
    return None if found is None else _Found(found.finding.band, local(found.finding, "reason"))


def _band(found: _Found | None) -> str:
    named = {
        "meets": _("meets the standard"),
        "may": _("from half of the standard"),
        "must": _("under half of the standard"),
    }
    return "–" if found is None or found.band is None else named.get(found.band, found.band)


def _warnings(made: Made, on: dt.date) -> Iterator[Effect]:
    """What the law does not refuse and an officer should look at."""
    for id_ in sorted(made.changed.told):
        unit = made.after.units.get(id_)
        if unit is None or not unit.is_open(on):
            continue
        had, has = (_has_head(register, id_, on) for register in (made.before, made.after))
        if had and not has:
            yield Effect(id_, unit.name(on), _("nobody heads it any more"))
        for category, line in unit.headcounts.items():
            assigned, present = line.at(on) or (None, None)
            if present is not None and present > assigned:
                told = _("more people than posts assigned (%(category)s)")
                yield Effect(
                    id_,
                    unit.name(on),
                    told % {"category": local(kinds.HEADCOUNTS[category], "")},
                    number(assigned),
                    number(present),
                )


def _released(made: Made) -> Iterator[Effect]:
    """Posts assigned that no unit has after an act."""
    for seq, done in made.after.effects.items():
        if seq > len(made.before.source):
            for category, count in done.headcount_released.items():
                told = {"count": number(count), "category": local(kinds.HEADCOUNTS[category], "")}
                yield Effect("", _("released"), _("posts assigned: %(count)s (%(category)s)") % told)


def _has_head(register: Register, id_: str, on: dt.date) -> bool:
    heads = (kinds.HEAD, kinds.SECRETARY, kinds.CHAIR)
    return any(post.role in heads and post.holder(on) for post in register.posts_on(id_, on))


def _province(made: Made, on: dt.date) -> str | None:
    """The top of what is changed: of a whole country only one province's figures are computed."""
    for id_ in sorted(made.changed.told & made.before.units.keys() & made.after.units.keys()):
        above = list(made.before.ancestors(id_, on))
        return above[-1].id if above else id_
    return None


def _figures(made: Made, on: dt.date) -> Iterator[Effect]:
    """The figures of the window of the latest report that would be others."""
    starts = [(claim.end, claim.start) for claim in made.before.claims.values() if claim.start <= on]
    start = max(starts)[1] if starts else dt.date(on.year, 1, 1)
    place = _province(made, on) if len(made.after.units) > _MANY else None
    old, new = (figures(register, _LAW, start, on, place=place) for register in (made.before, made.after))
    for before, after in zip(old, new, strict=True):
        if before.value != after.value:
            values = (valued(one.value, one.kind) for one in (before, after))
            yield Effect("", local(after, "name"), local(after, "unit"), *values)
