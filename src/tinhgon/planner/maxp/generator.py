"""The planner's own random numbers (splitmix64, Steele, Lea and Flood 2014): the same on every machine and version."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled

State = npt.NDArray[np.uint64]
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)


def started(seed: int) -> State:
    """A generator's state, to be passed to `below` and `fraction`, which move it on."""
    return np.array([seed % 2**64], np.uint64)


@compiled
def draw(state: State) -> np.uint64:
    """64 random bits."""
    state[0] += _STEP
    bits = state[0]
    bits = (bits ^ (bits >> np.uint64(30))) * _MIX_A
    bits = (bits ^ (bits >> np.uint64(27))) * _MIX_B
    mixed: np.uint64 = bits ^ (bits >> np.uint64(31))
    return mixed


@compiled
def below(state: State, limit: int) -> int:
    """A whole number from 0 to limit - 1."""
    return int(draw(state) % np.uint64(limit))


@compiled
def fraction(state: State) -> float:
    """A number from 0 up to, not including, 1."""
    return float(draw(state) >> np.uint64(11)) * 2.0**-53
