"""Compiled functions: numba behind one typed decorator, so that mypy still sees the signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Compiled = TypeVar("Compiled", bound=Callable[..., object])


def compiled(function: Compiled) -> Compiled:
    """The function in machine code, kept on disk; it takes numbers, arrays and named tuples of them."""
    return cast(Compiled, numba.njit(cache=True)(function))
