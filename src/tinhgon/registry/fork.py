"""A register to go on with, beside one that stays as it is: what is reached for is copied, the rest is shared.

The fold changes units, posts and holdings in place. On a fork it changes copies of the few it touches, so that a
register that others read can be the start of the next one.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from tinhgon.registry.state import Holding, Post, Register, Unit
from tinhgon.registry.timeline import Timeline

Key = TypeVar("Key")
Value = TypeVar("Value")


class _Shared(dict[Key, Value]):
    """A dict over another's values: each is copied when it is first reached for."""

    def __init__(self, values: dict[Key, Value], copied: Callable[[Value], Value]) -> None:
        super().__init__(values)
        self._copied = copied
        self.own: set[Key] = set()

    def __getitem__(self, key: Key) -> Value:
        value = super().__getitem__(key)
        if key in self.own:
            return value
        self.own.add(key)
        value = self._copied(value)
        super().__setitem__(key, value)
        return value

    def __setitem__(self, key: Key, value: Value) -> None:
        self.own.add(key)
        super().__setitem__(key, value)

    def get(self, key: Key, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def setdefault(self, key: Key, default: Any = None) -> Any:
        if key not in self:
            self[key] = default
        return self[key]


def forked(base: Register) -> Register:
    """A register to be changed, started from one that is not; a register like others once it is `settled`."""
    return _Fork(base).register


def settled(register: Register) -> Register:
    """The same register with plain dicts, as a fold makes them."""
    for name, value in vars(register).items():
        if isinstance(value, _Shared):
            setattr(register, name, dict(value))
    return register


class _Fork:
    """The copies made for one fork."""

    def __init__(self, base: Register) -> None:
        self.register = fork = copy.copy(base)
        self._posts = fork.posts = _Shared(base.posts, self._post)
        self._holdings = fork.holdings = _Shared(base.holdings, self._holding)
        self._held = fork.holdings_of = _Shared(base.holdings_of, list)
        fork.units = _Shared(base.units, _unit)
        fork.proposals = _Shared(base.proposals, copy.copy)
        fork.proposals_of = _Shared(base.proposals_of, list)
        fork.children_ever = _Shared(base.children_ever, dict)
        fork.posts_ever = _Shared(base.posts_ever, dict)
        fork.codes = _Shared(base.codes, dict)
        fork.flows_from = _Shared(base.flows_from, list)
        fork.flows_to = _Shared(base.flows_to, list)
        fork.claims, fork.effects = dict(base.claims), dict(base.effects)
        fork.event_by_seq = dict(base.event_by_seq)
        fork.flows, fork.source, fork.applied = list(base.flows), list(base.source), list(base.applied)

    def _post(self, post: Post) -> Post:
        """A post is copied with its holdings, wherever they are listed."""
        new = post.copied()
        new.unit = Timeline(post.unit)
        new.holdings = [self._take(holding) for holding in post.holdings]
        return new

    def _take(self, holding: Holding) -> Holding:
        new = holding.copied()
        self._holdings[holding.id] = new
        held = self._held[holding.person]
        held[held.index(holding)] = new
        return new

    def _holding(self, holding: Holding) -> Holding:
        """A holding is copied with its post."""
        post = self._posts[holding.post]
        return next(one for one in post.holdings if one.id == holding.id)


def _unit(unit: Unit) -> Unit:
    new = unit.copied()
    for group in ("facts", "measures", "headcounts"):
        lines: dict[str, Timeline] = getattr(unit, group)
        setattr(new, group, {name: Timeline(line) for name, line in lines.items()})
    return new
