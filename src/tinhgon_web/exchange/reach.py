"""Which unit of an event lies outside the places somebody may edit."""

from __future__ import annotations

from collections.abc import Iterator

from tinhgon.registry import events
from tinhgon.registry.state import Register
from tinhgon_web.apparatus.scope import Scope

EVERYTHING = "*"


class Reach:
    """Asked of events in the order of recording; a unit opened inside somebody's places is theirs from then on."""

    def __init__(self, scope: Scope, register: Register) -> None:
        self.scope, self.register = scope, register
        self._new: set[str] = set()
        self._posts: dict[str, str] = {}
        self._holdings: dict[str, str] = {}

    def outside(self, event: events.Event) -> str:
        """The first unit an event concerns that may not be touched; "" for none."""
        if self.scope.everything:
            return ""
        for unit in self._units(event):
            if unit not in self._new and not self.scope.holds(unit):
                return unit
        self._learn(event)
        return ""

    def _learn(self, event: events.Event) -> None:
        if isinstance(event, events.UnitOpened):
            self._new.add(event.unit)
        elif isinstance(event, events.PostsOpened):
            self._posts.update((post.post, event.unit) for post in event.posts)
        elif isinstance(event, events.HoldingStarted):
            self._holdings[event.holding] = event.post
        elif isinstance(event, events.Reorganised):
            self._new.update(out.unit for out in event.outputs)
            self._posts.update((post.post, post.unit) for post in event.new_posts)

    def _units(self, event: events.Event) -> Iterator[str]:
        """The units an event concerns; a new one by those it stands under, one without a place as `EVERYTHING`."""
        match event:
            case events.UnitOpened():
                yield from event.parents.values() or (EVERYTHING,)
                if self.register.unit(event.unit) is not None:
                    yield event.unit
            case events.UnitMoved():
                yield from (event.unit, event.parent)
            case events.Reorganised():
                yield from self._of_act(event)
            case events.HoldingStarted():
                yield self._home(event.post)
            case events.HoldingEnded():
                yield self._home(self._post_of(event.holding))
            case events.PostsClosed():
                yield from map(self._home, event.posts)
            case _:
                yield getattr(event, "unit", EVERYTHING)

    def _of_act(self, act: events.Reorganised) -> Iterator[str]:
        yield from act.inputs
        for out in act.outputs:
            if self.register.unit(out.unit) is not None:
                yield out.unit
            yield from out.parents.values()
        yield from (*act.children, *act.children.values())
        yield from map(self._home, act.posts_moved)

    def _post_of(self, holding: str) -> str:
        known = self.register.holdings.get(holding)
        return known.post if known is not None else self._holdings.get(holding, "")

    def _home(self, post: str) -> str:
        known = self.register.posts.get(post)
        return known.unit.last if known is not None else self._posts.get(post, EVERYTHING)
