"""What is worked out once of a register, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from tinhgon.registry.state import Register

Value = TypeVar("Value")


def remembered(make: Callable[[Register], Value]) -> Callable[[Register], Value]:
    """The same function, asked once for each register; of a register that others read nothing ever changes."""
    known: WeakKeyDictionary[Register, Value] = WeakKeyDictionary()

    @wraps(make)
    def look_up(register: Register) -> Value:
        if register not in known:
            known[register] = make(register)
        return known[register]

    return look_up
