"""Every address of the site and who may ask for it, read from `addresses/NAMESPACE.yaml`, for the tests that walk them.

An entry is VIEW: {address, method, who, …}; its fields are described in `Page`.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import yaml

FOLDER = Path(__file__).with_name("addresses")
ROOT_NAMESPACE = "root"
METHODS = ("GET", "POST")


@attrs.frozen(slots=True)
class Page:
    """An address of one view, as the tests ask for it.

    who: the roles that may, "everybody" (also nobody logged in) or "signed in".
    method: GET, POST or both as a list; a page that takes no POST must refuse one.
    fragment: a part of a page; answer: "page", "file" (an export) or "redirect".
    unit: the unit the address is about: out of its scope the answer is 403 (or 404).
    post: what a POST sends, so that it is not refused as empty.
    library: a page whose inside is not ours: not looked at for links, days and inline parts.
    """

    name: str
    address: str
    who: frozenset[str]
    methods: tuple[str, ...] = ("GET",)
    fragment: bool = False
    answer: str = "page"
    unit: str = ""
    post: dict[str, str] = attrs.field(factory=dict)
    library: bool = False
    days: bool = True


def _page(name: str, entry: dict[str, object]) -> Page:
    fields = dict(entry)
    who, method = fields.pop("who"), fields.pop("method", "GET")
    methods = tuple(method) if isinstance(method, list) else (str(method),)
    roles = frozenset(who) if isinstance(who, list) else frozenset({str(who)})
    return Page(name=name, who=roles, methods=methods, **fields)  # type: ignore[arg-type]  # fields come by name


def _read() -> dict[str, Page]:
    found: dict[str, Page] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, entry in entries.items():
            whole = name if path.stem == ROOT_NAMESPACE else f"{path.stem}:{name}"
            found[whole] = _page(whole, entry)
    return found


PAGES = _read()
GETS = {name: page for name, page in PAGES.items() if "GET" in page.methods}
_OURS = {name: page for name, page in GETS.items() if not page.library}
EVERY = {name: page.address for name, page in _OURS.items()}
"""View -> an address of it, of the views that answer GET."""
FRAGMENTS = {name for name, page in _OURS.items() if page.fragment and page.days}
WHOLE = {
    name: page.address
    for name, page in _OURS.items()
    if page.days and not page.fragment and page.answer == "page"
}
"""The pages in the frame, which obey both days."""


def namespace(name: str) -> str:
    """The namespace a view's name is in."""
    return name.rpartition(":")[0] or ROOT_NAMESPACE


def at(address: str, **params: str) -> str:
    """An address with parameters added (ho_so stands for ho-so)."""
    added = "&".join(f"{name.replace('_', '-')}={value}" for name, value in params.items())
    return f"{address}{'&' if '?' in address else '?'}{added}"
