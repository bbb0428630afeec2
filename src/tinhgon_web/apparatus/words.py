"""What an event says, as one short sentence for the officer who reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhgon.figures import CATALOGUE
from tinhgon.registry import events, kinds
from tinhgon.registry.state import Register
from tinhgon_web.core.templatetags.tinhgon import local, number, plain_day

_FEW = 4


def describe(event: events.Event, register: Register, people: Mapping[str, str]) -> str:
    """The event in words, with units by the names they had on its day, and people by name where it is known."""
    return _TELL[type(event)](event, _Names(register, event.effective_on, people))


def person_of(event: events.Event, register: Register) -> str:
    """The opaque id of the person an event speaks of, empty when of none."""
    if isinstance(event, events.HoldingStarted):
        return event.person
    if isinstance(event, events.HoldingEnded):
        holding = register.holdings.get(event.holding)
        return "" if holding is None else holding.person
    return person_of(event.replacement, register) if isinstance(event, events.Corrected) else ""


class _Names:
    def __init__(self, register: Register, on: dt.date, people: Mapping[str, str]) -> None:
        self.register, self.on, self.people = register, on, people

    def before(self) -> _Names:
        """The names of the day before: an act speaks of what it found."""
        return _Names(self.register, self.on - dt.timedelta(days=1), self.people)

    def person(self, id_: str) -> str:
        return self.people.get(id_, id_)

    def unit(self, id_: str) -> str:
        unit = self.register.unit(id_)
        return id_ if unit is None else unit.name(self.on)

    def units(self, ids: Iterable[str]) -> str:
        return _several([self.unit(id_) for id_ in ids])

    def post(self, id_: str) -> str:
        post = self.register.posts.get(id_)
        if post is None:
            return id_
        return f"{post.title} ({self.unit(post.unit.at(self.on) or post.unit[0].value)})"


def _several(names: list[str]) -> str:
    shown = ", ".join(names[:_FEW])
    if len(names) <= _FEW:
        return shown
    return _("%(shown)s and %(more)d more") % {"shown": shown, "more": len(names) - _FEW}


def kind_name(kind: str) -> str:
    """The name of a kind of unit."""
    return local(kinds.KINDS[kind], "")


def role_name(role: str) -> str:
    """The name of a post's role."""
    return local(kinds.ROLES[role], "")


def indicator_name(code: str) -> str:
    """The name of an indicator; one that the catalogue does not know is shown by its code."""
    indicator = CATALOGUE.get(code)
    return code if indicator is None else local((indicator.vi, indicator.en), "")


def event_name(kind: str) -> str:
    """The name of a kind of event."""
    named = {
        "unit_opened": _("unit recorded"),
        "fact_changed": _("fact changed"),
        "unit_moved": _("unit moved"),
        "measure_recorded": _("measure recorded"),
        "headcount_recorded": _("headcount recorded"),
        "posts_opened": _("posts opened"),
        "posts_closed": _("posts closed"),
        "holding_started": _("post taken up"),
        "holding_ended": _("post left"),
        "reorganised": _("reorganisation"),
        "proposed": _("proposal"),
        "proposal_withdrawn": _("proposal withdrawn"),
        "claim_made": _("number reported"),
        "corrected": _("correction"),
        "annulled": _("annulment"),
        "deduplicated": _("duplicate records joined"),
    }
    return named[kind]


def fact_name(fact: str) -> str:
    """The name of a fact, measure or headcount; an attribute nobody named here is shown as it is spelled."""
    group, colon, rest = fact.partition(":")
    if colon and group == "measure":
        return local(kinds.MEASURES[rest][:2], "")
    if colon and group == "headcount":
        return _("Headcount: %(category)s") % {"category": local(kinds.HEADCOUNTS[rest], "")}
    named = {
        "name": _("Name"),
        "kind": _("Kind"),
        "code": _("Code"),
        "parent": _("Under"),
        "parent:party": _("Under, in the Party"),
        "region": _("Region"),
        "border": _("On the border"),
        "island": _("On an island"),
        "mountain": _("In the mountains"),
        "special": _("Special conditions"),
        "sector": _("Sector"),
        "autonomy": _("Autonomy group"),
        "class": _("Class of the administrative unit"),
        "commune": _("Stands in"),
        "exception": _("Specific factor"),
        "word": _("Called"),
        "function": _("Function"),
    }
    return named.get(fact, fact)


def fact_value(fact: str, value: Any, names: Callable[[str], str]) -> str:
    """The value of a fact as people read it; `names` turns a unit's id into its name."""
    if fact == "kind":
        return kind_name(value)
    if fact.startswith("parent"):
        return names(value)
    if fact.startswith("measure:"):
        return _measured(fact.partition(":")[2], value)
    if fact.startswith("headcount:"):
        return _headcount(*value)
    if fact in ("class", "autonomy"):
        return (
            _("class %(number)s") % {"number": value}
            if fact == "class"
            else _("group %(number)s") % {"number": value}
        )
    return names(value) if fact == "commune" else _value_name(value)


def _measured(measure: str, value: float) -> str:
    """A measure with its unit, for households and people only in Vietnamese: in English its name says it."""
    unit = kinds.MEASURES[measure][2]
    return f"{number(value)} {unit}" if get_language() == "vi" or unit == "km²" else number(value)


def _headcount(assigned: int, present: int | None) -> str:
    told = {"assigned": number(assigned), "present": number(present)}
    if present is None:
        return _("%(assigned)s assigned") % told
    return _("%(assigned)s assigned, %(present)s present") % told


def _value_name(value: str) -> str:
    named = {
        "yes": _("yes"),
        "no": _("no"),
        "tay_nguyen": _("Central Highlands"),
        "agriculture": _("agriculture"),
        "culture": _("culture"),
        "education": _("education"),
        "health": _("health"),
        "other": _("other"),
        "inspection": _("inspection"),
        "propaganda": _("propaganda"),
        "political_centre": _("political centre"),
        "border_security": _("border and security"),
        "ethnic": _("ethnic customs"),
        "resettlement": _("resettlement"),
        "terrain": _("divided terrain"),
    }
    return named.get(value, str(value))


def _unit_opened(event: events.UnitOpened, names: _Names) -> str:
    parent = event.parents.get(kinds.ADMINISTRATIVE) or event.parents.get(kinds.PARTY)
    told = {
        "kind": kind_name(event.kind),
        "name": event.title,
        "parent": names.unit(parent) if parent else "",
    }
    if parent:
        return _("Recorded: %(name)s (%(kind)s) under %(parent)s") % told
    return _("Recorded: %(name)s (%(kind)s)") % told


def _fact_changed(event: events.FactChanged, names: _Names) -> str:
    told = {"unit": names.unit(event.unit), "fact": fact_name(event.fact)}
    if not event.value:
        return _("%(unit)s: %(fact)s ends") % told
    return _("%(unit)s: %(fact)s becomes %(value)s") % {
        **told,
        "value": fact_value(event.fact, event.value, names.unit),
    }


def _unit_moved(event: events.UnitMoved, names: _Names) -> str:
    return _("%(unit)s moves under %(parent)s") % {
        "unit": names.unit(event.unit),
        "parent": names.unit(event.parent),
    }


def _measure_recorded(event: events.MeasureRecorded, names: _Names) -> str:
    counted = "; ".join(
        f"{fact_name(f'measure:{measure}')} {fact_value(f'measure:{measure}', value, names.unit)}"
        for measure, value in event.measures.items()
    )
    return _("%(unit)s counted: %(counted)s") % {"unit": names.unit(event.unit), "counted": counted}


def _headcount_recorded(event: events.HeadcountRecorded, names: _Names) -> str:
    return _("%(unit)s: %(category)s, %(headcount)s") % {
        "unit": names.unit(event.unit),
        "category": local(kinds.HEADCOUNTS[event.category], ""),
        "headcount": _headcount(event.assigned, event.present),
    }


def _posts_opened(event: events.PostsOpened, names: _Names) -> str:
    return _("%(unit)s: posts opened: %(posts)s") % {
        "unit": names.unit(event.unit),
        "posts": _tallied([post.title for post in event.posts]),
    }


def _posts_closed(event: events.PostsClosed, names: _Names) -> str:
    if len(event.posts) == 1:
        return _("Post closed: %(post)s") % {"post": names.post(event.posts[0])}
    posts = (names.register.posts.get(id_) for id_ in event.posts)
    titles = [post.title for post in posts if post is not None]
    return _("%(count)s posts closed: %(posts)s") % {
        "count": number(len(event.posts)),
        "posts": _tallied(titles),
    }


def _tallied(titles: list[str]) -> str:
    """Titles, each once, with how often it comes."""
    counts = {title: titles.count(title) for title in dict.fromkeys(titles)}
    return _several([title if count == 1 else f"{title} × {count}" for title, count in counts.items()])


def _holding_started(event: events.HoldingStarted, names: _Names) -> str:
    return _("%(person)s takes up: %(post)s") % {
        "person": names.person(event.person),
        "post": names.post(event.post),
    }


def _holding_ended(event: events.HoldingEnded, names: _Names) -> str:
    holding = names.register.holdings.get(event.holding)
    told = {
        "person": event.holding if holding is None else names.person(holding.person),
        "post": event.holding if holding is None else names.post(holding.post),
        "reason": event.reason,
    }
    if event.reason:
        return _("%(person)s leaves: %(post)s (%(reason)s)") % told
    return _("%(person)s leaves: %(post)s") % told


def _reorganised(event: events.Reorganised, names: _Names) -> str:
    going_on = [out.unit for out in event.outputs]
    told = {
        "inputs": names.before().units(event.inputs),
        "others": names.before().units(id_ for id_ in event.inputs if id_ not in going_on),
        "outputs": _several([out.title or names.unit(out.unit) for out in event.outputs]),
    }
    return _acts().get(event.act, _("Rearranged: %(inputs)s → %(outputs)s")) % told


def _acts() -> dict[str, str]:
    return {
        "merge": _("Merged: %(inputs)s → %(outputs)s"),
        "absorb": _("%(others)s joined %(outputs)s"),
        "split": _("Split: %(inputs)s → %(outputs)s"),
        "dissolve": _("Dissolved: %(inputs)s"),
        "transfer": _("Part transferred: %(inputs)s"),
        "rename": _("Renamed: %(inputs)s → %(outputs)s"),
        "convert": _("Converted: %(inputs)s → %(outputs)s"),
    }


def _proposed(event: events.Proposed, names: _Names) -> str:
    return _("Proposed (%(scheme)s): %(act)s") % {
        "scheme": event.scheme,
        "act": _reorganised(event.reorganisation, names),
    }


def _proposal_withdrawn(event: events.ProposalWithdrawn, names: _Names) -> str:
    del names
    return _("Proposal %(proposal)s withdrawn %(reason)s") % {
        "proposal": event.proposal,
        "reason": event.reason,
    }


def _claim_made(event: events.ClaimMade, names: _Names) -> str:
    del names
    return _("Reported: %(indicator)s %(value)s, from %(start)s to %(end)s") % {
        "indicator": indicator_name(event.indicator),
        "value": number(event.value),
        "start": plain_day(event.start),
        "end": plain_day(event.end),
    }


def _corrected(event: events.Corrected, names: _Names) -> str:
    return _("Corrects entry %(target)s: %(replacement)s %(reason)s") % {
        "target": number(event.target),
        "replacement": describe(event.replacement, names.register, names.people),
        "reason": f"({event.reason})" if event.reason else "",
    }


def _annulled(event: events.Annulled, names: _Names) -> str:
    del names
    return _("Annuls entry %(targets)s (%(reason)s)") % {
        "targets": ", ".join(map(number, event.targets)),
        "reason": event.reason,
    }


def _deduplicated(event: events.Deduplicated, names: _Names) -> str:
    return _("Records of one unit joined: %(duplicates)s → %(keep)s") % {
        "duplicates": ", ".join(event.duplicates),
        "keep": names.unit(event.keep),
    }


_TELL: dict[type[events.Event], Callable[[Any, _Names], str]] = {
    events.UnitOpened: _unit_opened,
    events.FactChanged: _fact_changed,
    events.UnitMoved: _unit_moved,
    events.MeasureRecorded: _measure_recorded,
    events.HeadcountRecorded: _headcount_recorded,
    events.PostsOpened: _posts_opened,
    events.PostsClosed: _posts_closed,
    events.HoldingStarted: _holding_started,
    events.HoldingEnded: _holding_ended,
    events.Reorganised: _reorganised,
    events.Proposed: _proposed,
    events.ProposalWithdrawn: _proposal_withdrawn,
    events.ClaimMade: _claim_made,
    events.Corrected: _corrected,
    events.Annulled: _annulled,
    events.Deduplicated: _deduplicated,
}
