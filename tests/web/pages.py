"""Every address of the site, for the tests that walk them all."""

from __future__ import annotations

EVERY = {
    "home": "/",
    "reports:review": "/so-ket/",
    "reports:figure": "/so-ket/divisions/",
    "reports:export": "/so-ket/divisions.csv",
    "apparatus:tree": "/bo-may/",
    "apparatus:branch": "/bo-may/nhanh/h/",
    "apparatus:search": "/bo-may/tim/?q=dak",
    "apparatus:unit": "/bo-may/don-vi/x1v1/",
    "apparatus:journal": "/bo-may/nhat-ky/",
    "apparatus:entry": "/bo-may/nhat-ky/40/",
    "documents:list": "/van-ban/",
    "document": "/van-ban/qd1/",
}
"""View -> an address of it. A new view that answers GET must be given one."""

ANSWER_POST = {"core:language", "core:theme"}
FRAGMENTS = {"apparatus:branch", "apparatus:search"}
WHOLE = {
    name: address for name, address in EVERY.items() if name not in FRAGMENTS | {"home", "reports:export"}
}


def at(address: str, **params: str) -> str:
    """An address with parameters added (ho_so stands for ho-so)."""
    added = "&".join(f"{name.replace('_', '-')}={value}" for name, value in params.items())
    return f"{address}{'&' if '?' in address else '?'}{added}"
