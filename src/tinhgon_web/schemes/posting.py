"""Whether a scheme was posted for its people. An app above this one knows: the consultation, once a round is opened."""

from __future__ import annotations

from collections.abc import Callable

Known = Callable[[int], bool]
_known: dict[str, Known] = {}


def register(known: Known) -> None:
    """Have `known(scheme id)` asked; called when an app starts."""
    _known[f"{known.__module__}.{known.__qualname__}"] = known


def is_posted(scheme: int) -> bool:
    """Whether anybody knows that a scheme was posted."""
    return any(known(scheme) for known in _known.values())
